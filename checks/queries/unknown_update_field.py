from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Edit, Finding, Fix
from linter.project import Project
from linter.project.queries import Site
from linter.project.queries.suggestions import did_you_mean, meant
from linter.project.queries.verdicts import Fault
from linter.project.queries.writing_errors import runtime


class UnknownUpdateField(Check):
    """An update names a column that the model does not have.

    `save(update_fields=…)`, `update()`, `bulk_update()` and `bulk_create(update_fields=…)` write columns of one table.
    After a field was renamed or removed, each of them fails as soon as it runs:

    ```text
    ValueError: The following fields do not exist in this model, are m2m fields, primary keys, or are non-concrete fields: history
    ```

    (the primary keys are named from Django 5.0 on; `update()` and `bulk_update()` say `Profile has no field named
    'history'`). Properties, many-to-many relations and relations from other models have no column either. A string where a
    list is asked for, as in `update_fields="title"` and `update_fields=("title")`, is a list of its letters.

    ## Bad

    ```python
    # file: app/models.py
    from django.db import models


    class Profile(models.Model):
        phone = models.CharField(max_length=30)
        time_zone = models.CharField(max_length=50)


    def set_time_zone(name):
        profile = Profile.objects.get(phone="112")
        profile.time_zone = name
        profile.save(update_fields=["timezone"])
    ```

    ## Good

    ```python
    # file: app/models.py
    from django.db import models


    class Profile(models.Model):
        phone = models.CharField(max_length=30)
        time_zone = models.CharField(max_length=50)


    def set_time_zone(name):
        profile = Profile.objects.get(phone="112")
        profile.time_zone = name
        profile.save(update_fields=["time_zone"])
    ```

    ## Silent when

    - it is not known what is saved, or one of several possible models has the column; a variable of unknown type counts as
      a row of the model that it is named after where no model at all has every column of the list;
    - the model may have fields that were not seen;
    - the model's own `save()` changes `update_fields` or does not hand it on, or the manager has an `update` of its own;
    - the list is put together in a way that cannot be followed;
    - the code expects the error: it stands in a `try` that catches it, or in a test that asserts it.

    ## Fix

    Where exactly one column has a name like it, the name is changed to that one; it needs `--unsafe-fixes`, because what the
    author meant is a guess. A string is made a list of one name, which is safe.
    """

    summary = "an update of a column that the model does not have"
    severity = "error"
    fixable = True

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        for site in project.queries.mistakes(path, self.name):
            yield self.report(project, site)

    def report(self, project: Project, site: Site) -> Finding:
        is_text = site.verdict.why is Fault.LETTERS
        names = [] if is_text else meant(site)
        return self.finding(
            project.place(site.path, site.span) if is_text else project.queries.place(site),
            _message(site),
            runtime=runtime(site),
            help=f'make it a list: `["{site.name}"]`' if is_text else did_you_mean(names),
            related=project.queries.related(site),
            fix=_fix(project, site, names),
        )


def _message(site: Site) -> str:
    model, why, name = site.verdict.model, site.verdict.why, site.name
    assert model is not None
    if why is Fault.LETTERS:
        return f"the letters of `{name}` are taken for names of fields of `{model.name}`"
    if why is Fault.MISSING:
        return f"`{model.name}` has no field `{name}`"
    if why is Fault.KEY:
        return f"`{name}` is the primary key of `{model.name}`, which cannot be changed here"
    if why is Fault.NO_COLUMN:
        return f"`{model.name}.{name}` is a relation without a column"
    if why is Fault.REVERSE:
        return f"`{name}` is a relation to `{model.name}`, not a column of it"
    return f"`{model.name}.{name}` is not a field"


def _fix(project: Project, site: Site, names: list[str]) -> Fix | None:
    if site.verdict.why is Fault.LETTERS:
        place = project.place(site.path, site.span)
        text = project.source(site.path).data[site.span.start : site.span.end].decode()
        return Fix(True, (Edit(place, f"[{text}]"),), "make it a list")
    edit = project.queries.edit(site, names[0]) if len(names) == 1 else None
    return Fix(False, (edit,), f"use `{names[0]}`") if edit is not None else None
