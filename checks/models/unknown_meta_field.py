from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Edit, Finding, Fix, Place, Related
from linter.project import Project
from linter.project.models import Model
from linter.project.near import near
from linter.project.queries.in_models import FOR_DATES, Wrong
from linter.project.queries.suggestions import did_you_mean
from linter.span import Span


class UnknownMetaField(Check):
    """An option of a model or of its field names a field that the model does not have, or that cannot be meant there.

    `unique_together`, `index_together`, the `fields` and `include` of indexes and constraints, `order_with_respect_to`;
    `to_field`, `through_fields`, `unique_for_date` and its like, the two fields of a `GenericForeignKey` and of a
    `GenericRelation`. They take fields of the model's own table: no paths, no relations of other models, nothing that a
    parent with a table of its own has. Django's checks refuse most of it, so no command of `manage.py` runs any more:

    ```text
    app.Ticket: (models.E012) 'indexes' refers to the nonexistent field 'created_at'.
    app.Ticket: (models.E013) 'unique_together' refers to a ManyToManyField 'watchers', but ManyToManyFields are not permitted in 'unique_together'.
    app.Bug: (models.E016) 'unique_together' refers to field 'title' which is not local to model 'Bug'.
    ```

    `order_with_respect_to` fails when the class is made (`FieldDoesNotExist: Ticket has no field named 'queue'`);
    `unique_for_date` only when a form validates a row (`'Ticket' object has no attribute 'day'`).

    What stands in `ordering`, `get_latest_by`, conditions, expressions and `limit_choices_to` is a path as in queries, and
    is judged with these.

    ## Bad

    ```python
    # file: app/models.py
    from django.db import models


    class Ticket(models.Model):
        title = models.CharField(max_length=100)
        created = models.DateTimeField(auto_now_add=True)

        class Meta:
            indexes = [models.Index(fields=["-created_at"], name="ticket_created")]
    ```

    ## Good

    ```python
    # file: app/models.py
    from django.db import models


    class Ticket(models.Model):
        title = models.CharField(max_length=100)
        created = models.DateTimeField(auto_now_add=True)

        class Meta:
            indexes = [models.Index(fields=["-created"], name="ticket_created")]
    ```

    ## Silent when

    - the model is open: something may give it fields that were not seen;
    - the name is worked out at run time, or the index or constraint is of a class that is not Django's;
    - no installed app registers the model, or it is in tests;
    - every model is abstract that the option reaches.

    ## Fix

    Unsafe: the one field with a name like it.
    """

    summary = "an option of a model or field that names a field which the model does not have"
    severity = "error"
    fixable = True

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        for wrong in project.queries.in_models.wrong.get(path, ()):
            yield self.report(project, path, wrong)

    def report(self, project: Project, path: str, wrong: Wrong) -> Finding:
        name = wrong.name.lstrip("-") if wrong.option == "indexes" else wrong.name
        place, is_written = _place(project, path, wrong, name)
        names = near(name, _names(wrong.model)) if wrong.why == "missing" else []
        related = []
        if wrong.model is not wrong.owner and not wrong.model.symbol.unit.is_library:
            related.append(Related(project.class_place(wrong.model.symbol), f"`{wrong.model.name}` is defined here"))
        fix = Fix(False, (Edit(place, names[0]),), f"use `{names[0]}`") if len(names) == 1 and is_written else None
        return self.finding(
            place,
            f"`{wrong.option}` of `{wrong.owner.name}` names `{name}`, {_WHY[wrong.why].format(wrong.model.name)}",
            runtime=_runtime(wrong, name),
            help=did_you_mean(names),
            related=related,
            fix=fix,
        )


_WHY = {
    "missing": "which is no field of `{}`",
    "many": "a relation to many rows, which is no column of `{}`",
    "inherited": "which is in the table of a parent of `{}`",
}


def _place(project: Project, path: str, wrong: Wrong, name: str) -> tuple[Place, bool]:
    """The name itself where it stands as it is, else the whole expression."""
    span = wrong.span
    text = project.source(path).data[span.start : span.end]
    if len(text) > 1 and text[:1] in (b'"', b"'") and text[1:-1].lstrip(b"-") == name.encode():
        return project.place(path, Span(span.end - 1 - len(name.encode()), span.end - 1)), True
    return project.place(path, span), False


def _names(model: Model) -> set[str]:
    return {name for field in model.fields.values() for name in (field.name, field.attname)}


def _runtime(wrong: Wrong, name: str) -> str:
    option, model = wrong.option, wrong.model.name
    if wrong.why == "many":
        return (
            f"(models.E013) '{option}' refers to a ManyToManyField '{name}', but ManyToManyFields are not permitted in "
            f"'{option}'."
        )
    if wrong.why == "inherited":
        return f"(models.E016) '{option}' refers to field '{name}' which is not local to model '{model}'."
    if option in FOR_DATES:
        return f"'{model}' object has no attribute '{name}'"
    said = {
        "to_field": f"(fields.E312) The to_field '{name}' doesn't exist on the related model '{wrong.model.label}'.",
        "through_fields": f"(fields.E338) The intermediary model '{wrong.model.label}' has no field '{name}'.",
        "ct_field": f"(contenttypes.E002) The GenericForeignKey content type references the nonexistent field '{model}.{name}'.",
        "fk_field": f"(contenttypes.E001) The GenericForeignKey object ID references the nonexistent field '{name}'.",
    }
    if option in ("order_with_respect_to", "content_type_field", "object_id_field"):
        return f"{model} has no field named '{name}'"
    return said.get(option) or f"(models.E012) '{option}' refers to the nonexistent field '{name}'."
