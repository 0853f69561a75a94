from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Finding, Related
from linter.project import Project
from linter.project.models.model import Model
from linter.project.queries import Site
from linter.project.queries.kinds import computed
from linter.project.queries.runtime import runtime
from linter.project.units import FunctionSymbol


class PropertyInQuery(Check):
    """A query asks the database for something that only Python computes: a property or method of the model.

    ```text
    django.core.exceptions.FieldError: Cannot resolve keyword 'is_printed' into field. Choices are: author, author_id, id, printed, tags, title
    ```

    The database knows columns. A query can ask for the fields that the property is computed from, or have them computed by
    the database as an annotation.

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

        @property
        def is_printed(self):
            return self.printed is not None


    class Tag(models.Model):
        word = models.CharField(max_length=200)
    ```

    ```python
    # file: app/code.py
    from app.models import Book


    def shelf():
        return Book.objects.filter(is_printed=True)
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

        @property
        def is_printed(self):
            return self.printed is not None


    class Tag(models.Model):
        word = models.CharField(max_length=200)
    ```

    ```python
    # file: app/code.py
    from app.models import Book


    def shelf():
        return Book.objects.filter(printed__isnull=False)
    ```

    ## Silent when

    - it is not known which model is asked, or one of several possible ones has the name;
    - the model may have fields that were not seen;
    - the queryset has an annotation of that name, or may have annotations that were not seen;
    - the code expects the error (`except FieldError`, `assertRaises(FieldError)`), or stands in a migration.
    """

    summary = "a query for a property or method of the model"
    severity = "error"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        for site in project.queries.mistakes(path, self.name):
            yield self.report(project, site)

    def report(self, project: Project, site: Site) -> Finding:
        model = site.verdict.model
        assert model is not None
        kind = computed(model, site.wrong)
        return self.finding(
            project.queries.place(site),
            f"`{model.name}.{site.wrong}` is a {kind}, which no query knows",
            runtime=runtime(site),
            help="ask for the fields that it is computed from, or annotate it",
            related=self.related(project, model, site.wrong),
        )

    def related(self, project: Project, model: Model, name: str) -> Iterator[Related]:
        symbol = model.member(name)
        if isinstance(symbol, FunctionSymbol) and not symbol.unit.is_library:
            yield Related(project.place(symbol.unit.path, symbol.span), f"the {computed(model, name)} is defined here")
