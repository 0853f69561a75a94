from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Finding, Fix
from linter.project import Project
from linter.project.queries import Site
from linter.project.queries.runtime import runtime
from linter.project.queries.suggestions import did_you_mean, elsewhere, meant, missing


class UnknownLookupField(Check):
    """A query asks a model for a field that it does not have.

    After a field was renamed or moved to another model, every name in `filter()`, `exclude()`, `get()`,
    `get_object_or_404()`, `Q()`, `F()`, `Count()` and the like that still says the old one is a server error, as soon as
    that line runs:

    ```text
    django.core.exceptions.FieldError: Cannot resolve keyword 'created_at' into field. Choices are: created, id, read, text
    ```

    Further on in a path Django looks for a lookup instead, and its error does not say that a field is missing:

    ```text
    django.core.exceptions.FieldError: Unsupported lookup 'nme' for ForeignKey or join on the field not permitted.
    ```

    Every part of a path is followed through the models: forward relations by their names, relations from other models by
    their query names, columns by their attributes too (`author_id`).

    ## Bad

    ```python
    # file: app/models.py
    from django.db import models


    class Notification(models.Model):
        text = models.CharField(max_length=200)
        created = models.DateTimeField(auto_now_add=True)
        read = models.BooleanField(default=False)
    ```

    ```python
    # file: app/tasks.py
    from app.models import Notification


    def prune(day):
        Notification.objects.filter(read=True, created_at__lt=day).delete()
    ```

    ## Good

    ```python
    # file: app/models.py
    from django.db import models


    class Notification(models.Model):
        text = models.CharField(max_length=200)
        created = models.DateTimeField(auto_now_add=True)
        read = models.BooleanField(default=False)
    ```

    ```python
    # file: app/tasks.py
    from app.models import Notification


    def prune(day):
        Notification.objects.filter(read=True, created__lt=day).delete()
    ```

    ## Silent when

    - it is not known which model is asked, or one of several possible ones has the name;
    - the model may have fields that were not seen: a base class was not found, something adds fields to it, or an app that
      some settings install has a relation to it;
    - the queryset has an annotation of that name, or may have annotations that were not seen;
    - the project's own manager, queryset or `__init__` may take the keyword for itself;
    - the code expects the error: `except FieldError`, or a test with `assertRaises(FieldError)`;
    - it stands in a migration, which asks models as they once were.

    ## Fix

    Where exactly one name of the model is near, the part is changed to it. It needs `--unsafe-fixes`: what the author meant
    is a guess.
    """

    summary = "a query for a field that the model does not have"
    severity = "error"
    fixable = True

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        for site in project.queries.mistakes(path, self.name):
            yield self.report(project, site)

    def report(self, project: Project, site: Site) -> Finding:
        names = meant(site)
        edit = project.queries.edit(site, names[0]) if len(names) == 1 else None
        there = elsewhere(site)
        return self.finding(
            project.queries.place(site),
            missing(site),
            runtime=runtime(site),
            help=did_you_mean(names or [there] if there else names),
            related=project.queries.related(site),
            fix=Fix(False, (edit,), f"use `{names[0]}`") if edit is not None else None,
        )
