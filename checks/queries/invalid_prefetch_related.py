from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Finding, Fix
from linter.project import Project
from linter.project.queries import Site
from linter.project.queries.runtime import runtime
from linter.project.queries.suggestions import did_you_mean, meant


class InvalidPrefetchRelated(Check):
    """`prefetch_related()` names something that instances of the model do not have, or that cannot be prefetched.

    It follows attributes of instances: foreign keys, many-to-many fields, the other ends of relations by their names for
    instances (`book_set`). Django looks only when there are rows, so an empty table hides the mistake in tests, and in
    production it raises

    ```text
    AttributeError: Cannot find 'autor' on Book object, 'autor' is an invalid parameter to prefetch_related()
    ```

    and for a plain field at the end of a path

    ```text
    ValueError: 'title' does not resolve to an item that supports prefetching - this is an invalid parameter to prefetch_related().
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


    def shelf():
        return list(Book.objects.prefetch_related("autor", "tags"))
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


    def shelf():
        return list(Book.objects.prefetch_related("author", "tags"))
    ```

    ## Silent when

    - it is not known which model is asked, or one of several possible ones has the name;
    - the model may have fields that were not seen;
    - no rows are loaded: `values()`, `count()` or `delete()` follows;
    - the name is given to instances at run time: `Prefetch(to_attr=…)`, `obj.name = …`, a property or descriptor;
    - the code expects the error (`except FieldError`, `assertRaises(FieldError)`), or stands in a migration.

    ## Fix

    Where exactly one name of the model is near, the part is changed to it. It needs `--unsafe-fixes`: what the author meant
    is a guess.
    """

    summary = "`prefetch_related()` of something that instances do not have"
    severity = "error"
    fixable = True

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        for site in project.queries.mistakes(path, self.name):
            yield self.report(project, site)

    def report(self, project: Project, site: Site) -> Finding:
        model, wrong = site.verdict.model, site.wrong
        assert model is not None
        names = meant(site)
        edit = project.queries.edit(site, names[0]) if len(names) == 1 else None
        is_plain = site.verdict.field is not None
        return self.finding(
            project.queries.place(site),
            f"`{model.name}.{wrong}` is no relation" if is_plain else f"`{model.name}` has no relation `{wrong}`",
            runtime=runtime(site),
            help=did_you_mean(names),
            related=project.queries.related(site),
            fix=Fix(False, (edit,), f"use `{names[0]}`") if edit is not None else None,
        )
