from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Edit, Finding, Fix, Place
from linter.project import Project
from linter.project.templates.uncalled import Manager


class ManagerNotCalled(Check):
    """A template takes the manager of related rows for the rows.

    `book.tags` and `author.book_set` are managers; the rows are `book.tags.all`. A loop over a manager fails with

    ```text
    TypeError: 'ManyRelatedManager' object is not iterable
    ```

    and what does not fail is wrong without a word: a manager is always true, so `{% if book.tags %}` holds for a book without
    any, and Django's `{{ book.tags|length }}` is always 0.

    ## Bad

    ```python
    # file: app/models.py
    from django.db import models


    class Tag(models.Model):
        name = models.CharField(max_length=50)


    class Book(models.Model):
        tags = models.ManyToManyField(Tag)
    ```

    ```python
    # file: app/views.py
    from django.shortcuts import render

    from app.models import Book


    def book(request, pk):
        return render(request, "book.html", {"book": Book.objects.get(pk=pk)})
    ```

    ```html
    {# file: app/templates/book.html #}
    {% for tag in book.tags %}{{ tag.name }} {% endfor %}
    ```

    ## Good

    ```python
    # file: app/models.py
    from django.db import models


    class Tag(models.Model):
        name = models.CharField(max_length=50)


    class Book(models.Model):
        tags = models.ManyToManyField(Tag)
    ```

    ```python
    # file: app/views.py
    from django.shortcuts import render

    from app.models import Book


    def book(request, pk):
        return render(request, "book.html", {"book": Book.objects.get(pk=pk)})
    ```

    ```html
    {# file: app/templates/book.html #}
    {% for tag in book.tags.all %}{{ tag.name }} {% endfor %}
    ```

    ## Silent when

    - what the variable is is not known, or in one place that renders the template it is something else;
    - the relation is no ManyToManyField, ForeignKey or GenericRelation of Django's own;
    - the manager's class was not read, or has `__iter__`, `__len__`, `__bool__` or `__getitem__`;
    - the manager is handed to a tag or another filter.

    ## Fix

    `.all` is added, in Jinja `.all()`. In a condition that needs `--unsafe-fixes`, for another branch will be shown.
    """

    summary = "a loop, condition or length of a related manager instead of its rows"
    severity = "error"
    kinds = frozenset({"template"})
    fixable = True

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        for found in project.templates.uncalled.managers(path):
            yield self.report(project, path, found)

    def report(self, project: Project, path: str, found: Manager) -> Finding:
        is_jinja = project.templates.is_jinja(path)
        place = project.place(path, found.span)
        call = ".all()" if is_jinja else ".all"
        end = Place(place.path, project.source(path).lines.range(found.span._replace(start=found.span.end)))
        fails = found.use == "loop" or (found.use == "length" and is_jinja)
        what = "iterable" if found.use == "loop" else "sized"
        return self.finding(
            place,
            f"`{found.path}` is a manager of `{found.model.name}`{_CONSEQUENCES.get('' if fails else found.use, '')}",
            runtime=_error(found, what) if fails else "",
            help=f"ask it for its rows: `{found.path}{call}`",
            fix=Fix(found.use != "condition", (Edit(end, call),), f"add `{call}`"),
        )


_CONSEQUENCES = {"": ", not its rows", "condition": ", which is always true", "length": ", whose length is always 0"}


def _error(found: Manager, what: str) -> str:
    if what == "sized":
        return f"TypeError: object of type '{found.cls}' has no len()"
    return f"TypeError: '{found.cls}' object is not iterable"
