from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Finding, Fix
from linter.project import Project
from linter.project.queries import Site
from linter.project.queries.runtime import runtime
from linter.project.queries.suggestions import did_you_mean, meant, missing


class UnknownOrderBy(Check):
    """A query is ordered by a field that the model does not have.

    The names in `order_by()`, `latest()`, `earliest()`, `distinct()`, `dates()` and `datetimes()` are paths of fields, with
    a sign before them and transforms behind, but no lookups. A wrong one raises as soon as that line runs:

    ```text
    django.core.exceptions.FieldError: Cannot resolve keyword 'printed_at' into field. Choices are: author, author_id, id, printed, tags, title
    ```

    So are those in `ordering` and `get_latest_by` of a model's `Meta`; of the first Django's checks say `(models.E015) 'ordering'
    refers to the nonexistent field, related field, or lookup 'printed_at'.`, of the second nothing.

    A transform that is not registered for the field does so too:

    ```text
    django.core.exceptions.FieldError: Cannot resolve keyword 'lower' into field. Join on 'title' not permitted.
    ```

    ## Bad

    ```python
    # file: app/models.py
    from django.db import models


    class Author(models.Model):
        name = models.CharField(max_length=200)


    class Book(models.Model):
        title = models.CharField(max_length=200)
        printed = models.DateTimeField(null=True)
        author = models.ForeignKey(Author, models.CASCADE)
        tags = models.ManyToManyField("Tag")


    class Tag(models.Model):
        word = models.CharField(max_length=200)
    ```

    ```python
    # file: app/code.py
    from app.models import Book


    def newest():
        return Book.objects.order_by("-printed_at")
    ```

    ## Good

    ```python
    # file: app/models.py
    from django.db import models


    class Author(models.Model):
        name = models.CharField(max_length=200)


    class Book(models.Model):
        title = models.CharField(max_length=200)
        printed = models.DateTimeField(null=True)
        author = models.ForeignKey(Author, models.CASCADE)
        tags = models.ManyToManyField("Tag")


    class Tag(models.Model):
        word = models.CharField(max_length=200)
    ```

    ```python
    # file: app/code.py
    from app.models import Book


    def newest():
        return Book.objects.order_by("-printed")
    ```

    ## Silent when

    - it is not known which model is asked, or one of several possible ones has the name;
    - the model may have fields that were not seen;
    - the queryset has an annotation of that name, or may have annotations that were not seen;
    - the code expects the error (`except FieldError`, `assertRaises(FieldError)`), or stands in a migration.

    ## Fix

    Where exactly one name of the model is near, the part is changed to it. It needs `--unsafe-fixes`: what the author meant
    is a guess.
    """

    summary = "a query ordered by a field that the model does not have"
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
            missing(site),
            runtime=runtime(site),
            help=did_you_mean(names),
            related=project.queries.related(site),
            fix=Fix(False, (edit,), f"use `{names[0]}`") if edit is not None else None,
        )
