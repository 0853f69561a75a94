from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Finding, Fix, Related
from linter.project import Project
from linter.project.models.model import Reverse
from linter.project.queries import Site
from linter.project.queries.kinds import is_guess, queried_as, read_as
from linter.project.queries.runtime import runtime
from linter.project.queries.verdicts import Vocabulary


class ReverseNameMixup(Check):
    """A relation from another model is called by its name for instances where a query asks, or the other way round.

    Django gives the other end of a foreign key two names. Instances have `author.book_set`, and so do
    `prefetch_related()` and templates. Queries have `book`: `filter(book__title=…)`, `order_by("book__title")`,
    `Count("book")`. A `related_name` is both, but for a `related_query_name`. The wrong one is a server error:

    ```text
    django.core.exceptions.FieldError: Cannot resolve keyword 'book_set' into field. Choices are: book, id, name
    ```

    `prefetch_related("book")` raises too, but only when there are rows, so it may well pass the tests:

    ```text
    AttributeError: Cannot find 'book' on Author object, 'book' is an invalid parameter to prefetch_related()
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
    from app.models import Author


    def writers_of(title):
        return Author.objects.filter(book_set__title=title)
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
    from app.models import Author


    def writers_of(title):
        return Author.objects.filter(book__title=title)
    ```

    ## Silent when

    - it is not known which model is asked, or one of several possible ones has the name;
    - the model may have fields that were not seen;
    - the queryset has an annotation of that name, or may have annotations that were not seen;
    - the code expects the error (`except FieldError`, `assertRaises(FieldError)`), or stands in a migration.

    ## Fix

    The name is replaced by the relation's other one. That is safe, for there is only one. Where the wrong name is neither
    of the two (`book_set`, though the relation has a `related_name`), it needs `--unsafe-fixes`.
    """

    summary = "a relation called by the wrong one of its two names"
    severity = "error"
    fixable = True

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        for site in project.queries.mistakes(path, self.name):
            yield self.report(project, site)

    def report(self, project: Project, site: Site) -> Finding:
        model = site.verdict.model
        assert model is not None
        is_query = site.vocabulary is not Vocabulary.PREFETCH
        reverse = queried_as(model, site.wrong) if is_query else read_as(model, site.wrong)
        assert reverse is not None
        right = reverse.query_name if is_query else reverse.accessor
        edit = project.queries.edit(site, right)
        there, here = ("instances of", "queries call") if is_query else ("queries of", "instances have")
        message = f"`{site.wrong}` is a name for {there} `{model.name}`, {here} the relation `{right}`"
        if is_guess(model, site.wrong):
            message = f"`{model.name}` has no relation `{site.wrong}`, {here} it `{right}`"
        return self.finding(
            project.queries.place(site),
            message,
            runtime=runtime(site),
            help=f"use `{right}`",
            related=self.related(reverse),
            fix=Fix(not is_guess(model, site.wrong), (edit,), f"use `{right}`") if edit is not None else None,
        )

    def related(self, reverse: Reverse) -> Iterator[Related]:
        if not reverse.field.owner.unit.is_library:
            yield Related(reverse.field.place, f"the relation from `{reverse.model.name}` is defined here")
