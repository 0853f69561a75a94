from __future__ import annotations

import re
from collections.abc import Iterator

from linter.check import Check
from linter.finding import Edit, Finding, Fix, Related
from linter.project import Project
from linter.project.expected import is_expected
from linter.project.queries import Site
from linter.project.queries.stores import Stored
from linter.project.queries.writing_errors import direct_assignment, runtime
from linter.span import Span


class DirectManyToManyAssignment(Check):
    """Something is assigned to a relation to many rows.

    The rows of a `ManyToManyField`, and those that point at a row with a foreign key, are in another table. Assigning to the
    relation, and handing it to `create()` or to the model itself, fails:

    ```text
    TypeError: Direct assignment to the forward side of a many-to-many set is prohibited. Use tags.set() instead.
    ```

    A new row has to be saved before it can have any.

    ## Bad

    ```python
    # file: app/models.py
    from django.db import models


    class Tag(models.Model):
        word = models.CharField(max_length=20)


    class Book(models.Model):
        title = models.CharField(max_length=50)
        tags = models.ManyToManyField(Tag)


    def retag(pk, tags):
        book = Book.objects.get(pk=pk)
        book.tags = tags
    ```

    ## Good

    ```python
    # file: app/models.py
    from django.db import models


    class Tag(models.Model):
        word = models.CharField(max_length=20)


    class Book(models.Model):
        title = models.CharField(max_length=50)
        tags = models.ManyToManyField(Tag)


    def retag(pk, tags):
        book = Book.objects.get(pk=pk)
        book.tags.set(tags)
    ```

    ## Silent when

    - it is not known what is assigned to;
    - the relation is not Django's own: some libraries' relations can be assigned to;
    - the model has a `__setattr__`, a class below it has another attribute of that name, or the manager's own `create` takes
      the keyword for itself;
    - the code expects the error: it stands in a `try` that catches it, or in a test that asserts it.

    ## Fix

    `book.tags = tags` becomes `book.tags.set(tags)`, which is safe. For keywords there is none: the rows can be set only
    once the new row is saved.
    """

    summary = "an assignment to a relation to many rows"
    severity = "error"
    fixable = True

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        for site in project.queries.mistakes(path, self.name):
            yield self.keyword(project, site)
        for stored in project.queries.stores(path):
            if _is_many(stored) and not _is_expected(stored):
                yield self.assignment(project, path, stored)

    def keyword(self, project: Project, site: Site) -> Finding:
        model, field = site.verdict.model, site.verdict.field
        assert model is not None
        assert field is not None
        is_own = site.name in model.fields
        return self.finding(
            project.queries.place(site),
            f"`{model.name}.{site.name}` is a relation to many rows, which cannot be assigned",
            runtime=runtime(site),
            help=f"save the row, then `{site.name}.set(…)`",
            related=() if not is_own or field.owner.unit.is_library else [_declared(site.name, field.place)],
        )

    def assignment(self, project: Project, path: str, stored: Stored) -> Finding:
        field = stored.field
        return self.finding(
            project.place(path, stored.scope.span(stored.at)),
            f"`{stored.model.name}.{stored.name}` is a relation to many rows, which cannot be assigned",
            runtime=direct_assignment(field.many_to_many, stored.is_forward, stored.name, field.name),
            help=f"use `{stored.name}.set(…)`",
            related=() if field.owner.unit.is_library else [_declared(field.name, field.place)],
            fix=_fix(project, path, stored),
        )


def _declared(name: str, place: object) -> Related:
    return Related(place, f"`{name}` is declared here")  # type: ignore[arg-type]


def _is_many(stored: Stored) -> bool:
    return not stored.is_forward or stored.field.field_class.kind in ("many_to_many", "generic_relation")


def _is_expected(stored: Stored) -> bool:
    activation = stored.scope.activation
    return is_expected(activation.unit, stored.at, activation.function, ("TypeError",))


def _fix(project: Project, path: str, stored: Stored) -> Fix | None:
    at = getattr(stored.value, "at", -1)
    if at < 0:
        return None
    target, value = stored.scope.span(stored.at), stored.scope.span(at)
    data = project.source(path).data
    line_start = data.rfind(b"\n", 0, target.start) + 1
    is_alone = not data[line_start : target.start].strip()
    if not is_alone or not re.fullmatch(rb"[ \t]*=[ \t]*", data[target.end : value.start]):
        return None
    if not re.match(rb"[ \t]*(#|;|\r|\n|$)", data[value.end : value.end + 40]):
        return None
    edits = (
        Edit(project.place(path, Span(target.end, value.start)), ".set("),
        Edit(project.place(path, Span(value.end, value.end)), ")"),
    )
    return Fix(True, edits, f"use `{stored.name}.set()`")
