from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Finding, Fix
from linter.project import Project
from linter.project.queries import Site
from linter.project.queries.prefetching import as_prefetch, moved_to_prefetch
from linter.project.queries.runtime import runtime
from linter.project.queries.suggestions import did_you_mean, meant


class InvalidSelectRelated(Check):
    """`select_related()` names something else than a relation to one row.

    It joins, so each part of a name must be a foreign key or one-to-one field by its own name (`author`, not `author_id`),
    or the other end of a one-to-one field. Many-to-many fields, generic foreign keys and the other ends of foreign keys
    are for `prefetch_related()`. Django raises when the rows are read:

    ```text
    django.core.exceptions.FieldError: Invalid field name(s) given in select_related: 'tags'. Choices are: author
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
        return list(Book.objects.select_related("author", "tags"))
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
        return list(Book.objects.select_related("author").prefetch_related("tags"))
    ```

    ## Silent when

    - it is not known which model is asked, or one of several possible ones has the name;
    - the model may have fields that were not seen;
    - the name is that of a `FilteredRelation`;
    - no rows are loaded: `values()`, `count()` or `delete()` follows, and Django forgets what `select_related()` was given;
    - the code expects the error (`except FieldError`, `assertRaises(FieldError)`), or stands in a migration.

    ## Fix

    A relation to many rows is moved into a `prefetch_related()`, and `author_id` becomes `author`; both are safe. A name that
    is only near needs `--unsafe-fixes`.
    """

    summary = "`select_related()` of something that is no relation to one row"
    severity = "error"
    fixable = True

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        for site in project.queries.mistakes(path, self.name):
            yield self.report(project, site)

    def report(self, project: Project, site: Site) -> Finding:
        names = meant(site)
        many = as_prefetch(project, site)
        return self.finding(
            project.queries.place(site),
            self.message(site),
            runtime=runtime(site),
            help=f'use `prefetch_related("{many}")`' if many else did_you_mean(names),
            related=project.queries.related(site),
            fix=self.fix(project, site, names, many),
        )

    def message(self, site: Site) -> str:
        model, wrong = site.verdict.model, site.wrong
        assert model is not None
        field = model.fields.get(wrong)
        if field is not None and not field.is_relation:
            return f"`{model.name}.{wrong}` is no relation"
        if field is not None or wrong in model.query_names or wrong in model.accessors:
            return f"`{model.name}.{wrong}` is no relation to one row"
        return f"`{model.name}` has no relation `{wrong}`"

    def fix(self, project: Project, site: Site, names: list[str], many: str) -> Fix | None:
        if many:
            edit = moved_to_prefetch(project, site, many)
            return Fix(True, (edit,), "prefetch it") if edit is not None else None
        edit = project.queries.edit(site, names[0]) if len(names) == 1 else None
        is_same = site.wrong == f"{names[0]}_id" if names else False
        return Fix(is_same, (edit,), f"use `{names[0]}`") if edit is not None else None
