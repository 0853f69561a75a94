from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Finding
from linter.project import Project
from linter.project.declarations.hooks import Forgotten


class CleanMethodWithoutReturn(Check):
    """A `clean_<field>()` of a form, or a `validate_<field>()` of a serializer, ends without returning the value.

    What the method returns replaces what was entered. Nothing returned is None, and that is what the row gets, without a
    word:

    ```text
    >>> form.cleaned_data
    {'isbn': None}
    ```

    Where the model's field must not be blank, a model form refuses everything instead (`This field cannot be null.`); and a
    serializer's `validate()` as a whole is noticed:

    ```text
    AssertionError: .validate() should return the validated data
    ```

    It is an error where no path through the method returns a value, and a warning where just some do not. (A form's
    `clean()` may return nothing.)

    ## Bad

    ```python
    # file: app/models.py
    from django.db import models


    class Book(models.Model):
        isbn = models.CharField(max_length=13, blank=True, null=True)
    ```

    ```python
    # file: app/forms.py
    from django import forms

    from app.models import Book


    class BookForm(forms.ModelForm):
        class Meta:
            model = Book
            fields = ["isbn"]

        def clean_isbn(self):
            isbn = self.cleaned_data["isbn"]
            if not isbn.isdigit():
                raise forms.ValidationError("Digits only.")
    ```

    ## Good

    ```python
    # file: app/models.py
    from django.db import models


    class Book(models.Model):
        isbn = models.CharField(max_length=13, blank=True, null=True)
    ```

    ```python
    # file: app/forms.py
    from django import forms

    from app.models import Book


    class BookForm(forms.ModelForm):
        class Meta:
            model = Book
            fields = ["isbn"]

        def clean_isbn(self):
            isbn = self.cleaned_data["isbn"]
            if not isbn.isdigit():
                raise forms.ValidationError("Digits only.")
            return isbn
    ```

    ## Silent when

    - every path raises, or what is called at its end is named as if it always raised (`fail`, `raise_…`, `abort`);
    - the method takes other arguments, so that it is a helper and no hook;
    - it is not known that there is a field of that name;
    - a path says `return` or `return None`, while others return a value: that is meant so;
    - no row of a model gets the value, and no other code reads it from `cleaned_data`, or some path returns it;
    - the class stands in a test.

    ## Fix

    None: which value is to be returned, the author knows.
    """

    summary = "a `clean_<field>()` or `validate_<field>()` that does not return the value"
    severity = "error"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        for forgotten in project.declarations.hooks.forgotten(path):
            yield self._report(project, path, forgotten)

    def _report(self, project: Project, path: str, forgotten: Forgotten) -> Finding:
        name, field = forgotten.function.node.name, forgotten.field
        value = "value" if forgotten.kind == "serializer" else f'self.cleaned_data["{field}"]'
        runtime = f"{{'{field}': None}}"
        if not field:
            value, runtime = "attrs", "AssertionError: .validate() should return the validated data"
        result = f"`{field}` is None then" if field else "validation fails then"
        where = "" if forgotten.always else " on some paths"
        return self.finding(
            project.place(path, forgotten.span),
            f"`{name}` returns no value{where}, so {result}",
            severity="error" if forgotten.always else "warning",
            runtime=runtime,
            help=f"end it with `return {value}`",
        )
