from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Finding, Related
from linter.project import Project
from linter.project.templates.uncalled import Method


class CallableWithRequiredArguments(Check):
    """A Django template asks for a method that cannot be called without arguments.

    Django calls what can be called, without arguments. Where that is not possible it renders nothing, and says nothing:
    `{{ book.price_in }}` is empty, and a condition on it never holds.

    ## Bad

    ```python
    # file: app/models.py
    from django.db import models


    class Book(models.Model):
        price = models.IntegerField()

        def price_in(self, currency):
            return f"{self.price} {currency}"
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
    <p>Only {{ book.price_in }}</p>
    ```

    ## Good

    ```python
    # file: app/models.py
    from django.db import models


    class Book(models.Model):
        price = models.IntegerField()

        def price_in(self, currency="EUR"):
            return f"{self.price} {currency}"
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
    <p>Only {{ book.price_in }}</p>
    ```

    ## Silent when

    - what the variable is is not known, or in one place that renders the template it is something else;
    - the method has a decorator, or belongs to a library;
    - it is handed to a tag, which may do more with it;
    - Jinja renders the template: it calls nothing by itself.

    ## Fix

    Give the parameters defaults, or write a template tag or filter that passes them.
    """

    summary = "a method that a template cannot call, for it needs arguments"
    severity = "warning"
    kinds = frozenset({"template"})

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        for found in project.templates.uncalled.methods(path):
            yield self.report(project, path, found)

    def report(self, project: Project, path: str, found: Method) -> Finding:
        needed = " and ".join(f"`{name}`" for name in found.parameters)
        symbol = found.function.symbol
        return self.finding(
            project.place(path, found.span),
            f"`{found.name}` of `{found.owner.name}` needs {needed}, so a template shows nothing for it",
            related=[Related(project.place(symbol.unit.path, symbol.span), f"`{found.name}` is defined here")],
        )
