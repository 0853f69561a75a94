from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Edit, Finding, Fix, Related
from linter.project import Project
from linter.project.history import HistoricalModel
from linter.project.history.asked import Lacking
from linter.project.near import near
from linter.project.queries import Site
from linter.project.queries.kinds import is_computed
from linter.project.queries.runtime import runtime
from linter.project.queries.suggestions import did_you_mean, meant
from linter.project.queries.verdicts import Vocabulary


class UnknownHistoricalField(Check):
    """Code that a migration runs asks a model for a field, method or manager that the model does not have at that point.

    `apps.get_model()` gives the model as the migrations before this point have left it: a field that a later migration adds
    is not there yet, one that an earlier migration or operation removes is gone. It has no methods, properties and managers
    of the class in `models.py` either, but for managers with `use_in_migrations`. What fails is the next deployment, or the
    next new database, since old migrations run again on every new one:

    ```text
    FieldError: Cannot resolve keyword 'published' into field. Choices are: id, is_published, status, title
    TypeError: Article() got unexpected keyword arguments: 'status'
    AttributeError: 'Article' object has no attribute 'publish'
    AttributeError: 'Manager' object has no attribute 'published'
    ```

    The operations of all migrations before it are replayed, along the dependencies between apps: fields and models that are
    created, altered, renamed and removed, `SeparateDatabaseAndState`, squashed migrations. Names in calls of the ORM are
    judged, attributes that are read from rows, and what is asked of the class and its managers.

    ## Bad

    ```python
    # file: app/migrations/0001_initial.py
    from django.db import migrations, models


    class Migration(migrations.Migration):
        initial = True
        dependencies = []
        operations = [
            migrations.CreateModel(
                name="Article",
                fields=[
                    ("id", models.BigAutoField(primary_key=True)),
                    ("title", models.CharField(max_length=100)),
                    ("is_published", models.BooleanField(default=False)),
                ],
            ),
        ]
    ```

    ```python
    # file: app/migrations/0002_article_status.py
    from django.db import migrations, models


    def set_status(apps, schema_editor):
        Article = apps.get_model("app", "Article")
        Article.objects.filter(published=True).update(status="published")


    class Migration(migrations.Migration):
        dependencies = [("app", "0001_initial")]
        operations = [
            migrations.AddField("article", "status", models.CharField(max_length=20, default="draft")),
            migrations.RunPython(set_status, migrations.RunPython.noop),
        ]
    ```

    ## Good

    ```python
    # file: app/migrations/0001_initial.py
    from django.db import migrations, models


    class Migration(migrations.Migration):
        initial = True
        dependencies = []
        operations = [
            migrations.CreateModel(
                name="Article",
                fields=[
                    ("id", models.BigAutoField(primary_key=True)),
                    ("title", models.CharField(max_length=100)),
                    ("is_published", models.BooleanField(default=False)),
                ],
            ),
        ]
    ```

    ```python
    # file: app/migrations/0002_article_status.py
    from django.db import migrations, models


    def set_status(apps, schema_editor):
        Article = apps.get_model("app", "Article")
        Article.objects.filter(is_published=True).update(status="published")


    class Migration(migrations.Migration):
        dependencies = [("app", "0001_initial")]
        operations = [
            migrations.AddField("article", "status", models.CharField(max_length=20, default="draft")),
            migrations.RunPython(set_status, migrations.RunPython.noop),
        ]
    ```

    ## Silent when

    - the migrations of the model's app were not read, as those of installed packages, or hold operations that are worked
      out at run time, or that are neither Django's nor leave the state alone;
    - the name may come from a migration that is neither surely before this one nor surely after it;
    - a base that the migration names was not found;
    - the code is run by several migrations, and one of them would find the name;
    - the name is given at run time: an annotation, `obj.name = …` in the same file, `hasattr(obj, "name")`;
    - the failure is caught, or it is a row that is asked for more in a squashed migration: there are no rows yet.

    ## Fix

    Unsafe: the one field with a name like it.
    """

    summary = "a field, method or manager that a model does not have when the migration runs"
    severity = "error"
    fixable = True

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        if path not in project.history.paths:
            return
        for site in project.history.asked.unknown_fields(path):
            yield self.report_field(project, path, site)
        for lacking in project.history.asked.lacking(path):
            yield self.report_attribute(project, path, lacking)

    def report_field(self, project: Project, path: str, site: Site) -> Finding:
        model, name, place = site.verdict.model, site.wrong, project.queries.place(site)
        if not isinstance(model, HistoricalModel):
            kind = site.verdict.field.type if site.verdict.field is not None else "a relation"
            return self.finding(place, f"`{name}` is no lookup of {kind}, nor a transform", runtime=runtime(site))
        is_there = name in model.fields or name in model.query_names
        names = [] if is_there else meant(site)
        edit = project.queries.edit(site, names[0]) if len(names) == 1 else None
        return self.finding(
            place,
            f"`{name}` is no {'relation to one row' if is_there else 'field'} of `{model.name}` at this point of the migrations",
            runtime=runtime(site) or _raised(site, model),
            help=_help(model, name, names),
            related=_related(project, model, name),
            fix=Fix(False, (edit,), f"use `{names[0]}`") if edit is not None else None,
        )

    def report_attribute(self, project: Project, path: str, lacking: Lacking) -> Finding:
        model, name = lacking.models[0], lacking.name
        names = near(name, _attributes(model)) if lacking.owner == "instance" else []
        place = project.place(path, lacking.span)
        today = project.models.labelled(f"{model.app_label}.{model.name}")
        is_of_class = any(is_computed(each, name) or name in each.managers for each in today)
        help = "historical models have none of the methods and managers of their class" if is_of_class else ""
        fix = Fix(False, (Edit(place, names[0]),), f"use `{names[0]}`") if len(names) == 1 else None
        owner = f"the manager of `{model.name}`" if lacking.owner == "manager" else f"`{model.name}`"
        return self.finding(
            place,
            f"{owner} has no attribute `{name}` at this point of the migrations",
            runtime=_missing(lacking, model),
            help=help or _help(model, name, names),
            related=_related(project, model, name),
            fix=fix if not is_of_class else None,
        )


def _attributes(model: HistoricalModel) -> set[str]:
    return {name for field in model.fields.values() for name in (field.name, field.attname)} | set(model.accessors)


def _help(model: HistoricalModel, name: str, names: list[str]) -> str:
    change = model.index.history.change(model, name)
    if change is not None:
        return {
            "later": f"`{change.migration.name}` adds it later: run this code after it",
            "earlier": f"`{change.migration.name}` has removed it by then: run this code before it",
        }[change.when]
    return did_you_mean(names)


def _related(project: Project, model: HistoricalModel, name: str) -> Iterator[Related]:
    change = model.index.history.change(model, name)
    if change is not None:
        unit = change.migration.unit
        verb = "is added" if change.when == "later" else "is removed"
        yield Related(project.place(unit.path, unit.span(change.at)), f"`{name}` {verb} here")
    else:
        yield Related(project.class_place(model.symbol), f"`{model.name}` is created here")


def _raised(site: Site, model: HistoricalModel) -> str:
    if site.vocabulary is Vocabulary.COLUMNS and site.method == "save":
        return (
            "The following fields do not exist in this model, are m2m fields, primary keys, or are "
            f"non-concrete fields: {site.wrong}"
        )
    if site.vocabulary is Vocabulary.COLUMNS:
        return f"{model.name} has no field named '{site.wrong}'"
    return f"{model.name}() got unexpected keyword arguments: '{site.wrong}'"


def _missing(lacking: Lacking, model: HistoricalModel) -> str:
    if lacking.owner == "class":
        return f"type object '{model.name}' has no attribute '{lacking.name}'"
    owner = model.name
    if lacking.owner == "manager":
        manager = model.default_manager
        owner = manager.cls.dotted.rpartition(".")[2] if manager is not None else "Manager"
    return f"'{owner}' object has no attribute '{lacking.name}'"
