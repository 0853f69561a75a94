from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Finding, Fix
from linter.project import Project
from linter.project.queries import Site
from linter.project.queries.members import related_model
from linter.project.queries.runtime import runtime
from linter.project.queries.suggestions import did_you_mean, is_one_letter_off, meant, missing


class UnsupportedLookup(Check):
    """A query asks a field for a lookup or transform that this kind of field does not have.

    `title__contain` is a slip for `title__contains`; `title__year` asks a text for its year; `title__lower` would work if
    the project had registered `Lower`, which Django does not do by itself. On a relation only `exact`, `in`, `gt`, `gte`,
    `lt`, `lte` and `isnull` may stand: for anything else a field of the related model must be named first. When the line
    runs, Django raises

    ```text
    django.core.exceptions.FieldError: Unsupported lookup 'contain' for CharField or join on the field not permitted, perhaps you meant contains or icontains?
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


    def search(text):
        return Book.objects.filter(title__contain=text)
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


    def search(text):
        return Book.objects.filter(title__contains=text)
    ```

    ## Silent when

    - it is not known which model is asked, or one of several possible ones has the name;
    - the model may have fields that were not seen;
    - the field's class is not one of Django's own, or brings lookups of its own;
    - the field is a JSON or HStore field, where any key may follow, or an array or a range;
    - the project registers lookups, and the name is not simply misspelt;
    - the lookup belongs to `django.contrib.postgres`, and that app is installed or may be;
    - the code expects the error (`except FieldError`, `assertRaises(FieldError)`), or stands in a migration.

    ## Fix

    A misspelt lookup is replaced. Where exactly one lookup is a single letter away, the fix is safe; else it needs
    `--unsafe-fixes`.
    """

    summary = "a lookup that the field does not have"
    severity = "error"
    fixable = True

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        for site in project.queries.mistakes(path, self.name):
            yield self.report(project, site)

    def report(self, project: Project, site: Site) -> Finding:
        names = meant(site)
        near_by = [name for name in names if is_one_letter_off(site.wrong, name)]
        chosen = near_by if len(near_by) == 1 else names
        edit = project.queries.edit(site, chosen[0]) if len(chosen) == 1 else None
        return self.finding(
            project.queries.place(site),
            missing(site),
            runtime=runtime(site),
            help=did_you_mean(names) or self.way_out(site),
            related=project.queries.related(site),
            fix=Fix(len(near_by) == 1, (edit,), f"use `{chosen[0]}`") if edit is not None else None,
        )

    def way_out(self, site: Site) -> str:
        model = related_model(site.verdict.before)
        return f"name a field of `{model.name}` first" if model is not None else ""
