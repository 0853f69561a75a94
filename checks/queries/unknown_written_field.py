from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Finding, Fix
from linter.project import Project
from linter.project.queries import Site
from linter.project.queries.suggestions import did_you_mean, meant
from linter.project.queries.verdicts import Fault
from linter.project.queries.writing_errors import runtime


class UnknownWrittenField(Check):
    """A row is made with a field that its model does not have.

    `Model(…)`, `create(…)` and the `defaults` of `get_or_create()` and `update_or_create()` take fields and properties that
    can be set, nothing else. A field that was renamed or removed, or one that belongs to another model, fails as soon as
    that line makes a row:

    ```text
    TypeError: Notification() got unexpected keyword arguments: 'is_read'
    ```

    `defaults` say `Invalid field name(s) for model Notification: 'is_read'.`, and only when there is no such row yet, which
    is seldom where the code was tried out.

    ## Bad

    ```python
    # file: app/models.py
    from django.db import models


    class Notification(models.Model):
        text = models.CharField(max_length=200)
        read = models.BooleanField(default=False)


    def notify(text):
        Notification.objects.create(text=text, is_read=False)
    ```

    ## Good

    ```python
    # file: app/models.py
    from django.db import models


    class Notification(models.Model):
        text = models.CharField(max_length=200)
        read = models.BooleanField(default=False)


    def notify(text):
        Notification.objects.create(text=text, read=False)
    ```

    ## Silent when

    - it is not known which model is meant, or one of several possible ones has the field;
    - the model may have fields that were not seen: a base class was not found, or something adds fields to it;
    - a property of that name has a setter, or the class has something else of that name that may be one;
    - the model's own `__init__`, or its manager's own `create`, may take the keyword for itself;
    - the keywords come from a dict that is not written there (`**data`);
    - `defaults` stand beside `create_defaults`: they are only assigned to a row that is there, as anything can be;
    - the code expects the error: it stands in a `try` that catches it, or in a test that asserts it.

    ## Fix

    Where exactly one field has a name like it, the name is changed to that one. It needs `--unsafe-fixes`: what the author
    meant is a guess.
    """

    summary = "a row made with a field that its model does not have"
    severity = "error"
    fixable = True

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        for site in project.queries.mistakes(path, self.name):
            yield self.report(project, site)

    def report(self, project: Project, site: Site) -> Finding:
        names = meant(site)
        edit = project.queries.edit(site, names[0]) if len(names) == 1 else None
        return self.finding(
            project.queries.place(site),
            _message(site),
            runtime=runtime(site),
            help=did_you_mean(names),
            related=project.queries.related(site),
            fix=Fix(False, (edit,), f"use `{names[0]}`") if edit is not None else None,
        )


def _message(site: Site) -> str:
    model, why = site.verdict.model, site.verdict.why
    assert model is not None
    if why is Fault.READ_ONLY:
        return f"`{model.name}.{site.name}` is a property without a setter"
    if why is Fault.NO_FIELD:
        return f"`{model.name}.{site.name}` is not a field"
    return f"`{model.name}` has no field `{site.name}`"
