from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Edit, Finding, Fix
from linter.project import Project
from linter.project.expected import is_expected
from linter.project.queries.many_rows import ManyRows, many_rows
from linter.span import Span


class QuerysetInExactLookup(Check):
    """A field is compared with a whole queryset, where the lookup takes one value.

    `author=…` is short for `author__exact=…`. Django refuses a queryset there unless it is cut to one row by `[:1]`:

    ```text
    ValueError: The QuerySet value for an exact lookup must be limited to one result using slicing.
    ```

    To ask for any of the rows is what `__in` is for.

    ## Bad

    ```python
    # file: app/models.py
    from django.db import models


    class Author(models.Model):
        name = models.CharField(max_length=50)


    class Book(models.Model):
        author = models.ForeignKey(Author, on_delete=models.CASCADE)


    def books(name):
        authors = Author.objects.filter(name=name)
        return Book.objects.filter(author=authors)
    ```

    ## Good

    ```python
    # file: app/models.py
    from django.db import models


    class Author(models.Model):
        name = models.CharField(max_length=50)


    class Book(models.Model):
        author = models.ForeignKey(Author, on_delete=models.CASCADE)


    def books(name):
        authors = Author.objects.filter(name=name)
        return Book.objects.filter(author__in=authors)
    ```

    ## Silent when

    - the queryset may be a slice, comes from elsewhere, or may be something else;
    - it is not known what is asked, or the name is none of a field or relation (a JSON value, an annotation);
    - the code expects the error.

    ## Fix

    `__in` is put behind the name. It needs `--unsafe-fixes`: perhaps one row was meant.
    """

    summary = "a whole queryset where a lookup compares with one value"
    severity = "error"
    fixable = True

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        for given in many_rows(project, path):
            activation = given.scope.activation
            if not is_expected(activation.unit, given.at, activation.function, ("ValueError",)):
                yield self._report(project, given)

    def _report(self, project: Project, given: ManyRows) -> Finding:
        start = given.scope.span(given.at).start
        place = project.place(given.scope.unit.path, Span(start, start + len(given.name.encode())))
        name = f"{given.name.removesuffix('__exact')}__in"
        return self.finding(
            place,
            f"`{given.name}` is compared with a whole queryset of `{given.rows.name}`",
            runtime="ValueError: The QuerySet value for an exact lookup must be limited to one result using slicing.",
            help=f"ask for any of the rows: `{name}`",
            fix=Fix(False, (Edit(place, name),), f"write `{name}`"),
        )
