from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Finding, Related
from linter.project import Project
from linter.project.declarations.changelists import Slow


class QueryInChangelist(Check):
    """A column of the admin's list reads a relation of each row, and every read is a query of its own (N+1 queries).

    The list of the admin shows a hundred rows on a page. What its columns read of other rows (a method in `list_display`, or
    `__str__` where there is none) is asked for a hundred times, unless `list_select_related` or `get_queryset` says to load
    it with the rows. Django does so by itself only where a column is a foreign key, and then not for those that may be NULL.

    ## Bad

    ```python
    # file: app/models.py
    from django.db import models


    class Author(models.Model):
        name = models.CharField(max_length=50)


    class Book(models.Model):
        title = models.CharField(max_length=50)
        author = models.ForeignKey(Author, on_delete=models.CASCADE)
    ```

    ```python
    # file: app/admin.py
    from django.contrib import admin

    from app.models import Book


    @admin.register(Book)
    class BookAdmin(admin.ModelAdmin):
        list_display = ["title", "written_by"]

        def written_by(self, book):
            return book.author.name
    ```

    ## Good

    ```python
    # file: app/models.py
    from django.db import models


    class Author(models.Model):
        name = models.CharField(max_length=50)


    class Book(models.Model):
        title = models.CharField(max_length=50)
        author = models.ForeignKey(Author, on_delete=models.CASCADE)
    ```

    ```python
    # file: app/admin.py
    from django.contrib import admin

    from app.models import Book


    @admin.register(Book)
    class BookAdmin(admin.ModelAdmin):
        list_display = ["title", "written_by"]
        list_select_related = ["author"]

        def written_by(self, book):
            return book.author.name
    ```

    ## Silent when

    - `list_select_related`, `get_queryset` or the manager says to load it, or that cannot be told;
    - the class chooses its columns while it runs (`get_list_display`);
    - a method reads the relation, but not always, or asks a related manager for what cannot be prefetched.

    ## Fix

    Add the relation to `list_select_related`; for many rows (`book.tags.all()`) extend `get_queryset` by `prefetch_related`.
    """

    summary = "a relation that the admin's list loads anew for every row (N+1 queries)"
    severity = "warning"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        for found in project.declarations.changelists.in_file(path):
            yield self.report(project, found)

    def report(self, project: Project, found: Slow) -> Finding:
        one = found.to_one + found.to_many
        what = ", ".join(f"`{name}`" for name in one)
        place = project.class_place(found.cls)
        return self.finding(
            place,
            f"the list asks for {what} once for every row of `{found.model.name}`",
            help=" and ".join(_remedies(found)),
            related=[Related(found.read, "this column reads it")] if found.read != place else [],
        )


def _remedies(found: Slow) -> Iterator[str]:
    if found.to_one:
        yield f"add {', '.join(map(_quoted, found.to_one))} to `list_select_related`"
    if found.to_many:
        yield f"let `get_queryset` do `prefetch_related({', '.join(map(_text, found.to_many))})`"


def _text(name: str) -> str:
    return f'"{name}"'


def _quoted(name: str) -> str:
    return f"`{_text(name)}`"
