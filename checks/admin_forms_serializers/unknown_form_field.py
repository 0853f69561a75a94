from __future__ import annotations

from collections.abc import Iterator

from checks.admin_forms_serializers._names import NameCheck
from linter.finding import Edit, Finding, Fix
from linter.project import Project
from linter.project.declarations.wrong import Wrong


class UnknownFormField(NameCheck):
    """A form speaks of a field that it does not have.

    A name in `Meta.fields` that is neither a field of the model nor declared by the form fails when the module is imported,
    and everything that imports it fails too, the URL configuration as a rule:

    ```text
    django.core.exceptions.FieldError: Unknown field(s) (titel) specified for Book
    django.core.exceptions.FieldError: 'created' cannot be specified for Book model form as it is a non-editable field
    TypeError: BookForm.Meta.fields cannot be a string. Did you mean to type: ('title',)?
    ```

    All the rest goes wrong without a word (and is a warning): `Meta.exclude` excludes nothing, so the field can be edited;
    a key of `widgets`, `labels`, `help_texts`, `error_messages` or `field_classes` has no effect; and a method
    `clean_titel()` is never called, so what it was to forbid is let through.

    ## Bad

    ```python
    # file: app/models.py
    from django.db import models


    class Book(models.Model):
        title = models.CharField(max_length=100)
    ```

    ```python
    # file: app/forms.py
    from django import forms

    from app.models import Book


    class BookForm(forms.ModelForm):
        class Meta:
            model = Book
            fields = ["titel"]
    ```

    ## Good

    ```python
    # file: app/models.py
    from django.db import models


    class Book(models.Model):
        title = models.CharField(max_length=100)
    ```

    ```python
    # file: app/forms.py
    from django import forms

    from app.models import Book


    class BookForm(forms.ModelForm):
        class Meta:
            model = Book
            fields = ["title"]
    ```

    ## Silent when

    - the form may have fields that were not seen: a base that was not read, a metaclass, a decorator, or a method that
      adds fields whose names are not known;
    - the model may have fields that were not seen;
    - the name is a field of the model, though perhaps not of this form;
    - nothing goes wrong (`exclude`, `widgets`, `labels`, …) and no field has nearly that name: what was left behind when a field
      was removed does no harm;
    - a form below this one has the field for which there is a `clean_<name>()`, or the method is called by other code;
    - the class stands in a test.

    ## Fix

    A string that should be a tuple becomes one; that is safe. Where exactly one name is near, a wrong name is changed to it,
    which needs `--unsafe-fixes`: what the author meant is a guess.
    """

    summary = "a form that speaks of a field which it does not have"
    severity = "error"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        for wrong in project.declarations.model_forms.wrong(path):
            if wrong.path == path:
                yield self._said(project, wrong)

    def _said(self, project: Project, wrong: Wrong) -> Finding:
        message, runtime = _SAID[wrong.problem]
        words = {
            "cls": wrong.cls.name,
            "model": wrong.model.name if wrong.model is not None else "",
            "name": wrong.name,
            "option": wrong.option,
        }
        severity = None if runtime else "warning"
        found = self.report(project, wrong, message.format(**words), runtime.format(**words), severity=severity)  # type: ignore[arg-type]
        return _as_tuple(found, wrong) if wrong.problem == "string" else found


def _as_tuple(finding: Finding, wrong: Wrong) -> Finding:
    from msgspec.structs import replace

    fix = Fix(True, (Edit(finding.place, f'("{wrong.name}",)'),), "make it a tuple")
    return replace(finding, help=f'write `("{wrong.name}",)`', fix=fix)


# By problem: what is, and what Django says ("" where it says nothing).
_SAID = {
    "not-in-form": (
        "`{model}` has no field `{name}` that a form could show",
        "FieldError: Unknown field(s) ({name}) specified for {model}",
    ),
    "not-editable": (
        "`{name}` is not editable, so no form can show it",
        "FieldError: '{name}' cannot be specified for {model} model form as it is a non-editable field",
    ),
    "string": (
        "`{option}` of `{cls}` is a string, not a list of names",
        "TypeError: {cls}.{option} cannot be a string. Did you mean to type: ('{name}',)?",
    ),
    "excludes-nothing": ("`{model}` has no field `{name}`, so nothing is excluded", ""),
    "unused-key": ("`{model}` has no field `{name}`, so this entry of `{option}` has no effect", ""),
    "never-called": ("`{cls}` has no field `{name}`, so `{option}` is never called", ""),
}
