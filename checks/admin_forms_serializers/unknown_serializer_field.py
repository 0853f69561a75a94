from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from checks.admin_forms_serializers._names import NameCheck
from linter.finding import Edit, Finding, Fix
from linter.project import Project
from linter.project.declarations.wrong import Wrong


class UnknownSerializerField(NameCheck):
    """A ModelSerializer of Django REST framework names a field that neither it nor its model has.

    Nothing is looked at when the module is imported. The first request that uses the serializer fails:

    ```text
    django.core.exceptions.ImproperlyConfigured: Field name `titel` is not valid for model `Book` in `app.serializers.BookSerializer`.
    AssertionError: The field 'shelf' was declared on serializer BookSerializer, but has not been included in the 'fields' option.
    AssertionError: The field 'titel' was included on serializer BookSerializer in the 'exclude' option, but does not match any model field.
    TypeError: The `fields` option must be a list or tuple or "__all__". Got str.
    ```

    A wrong name in `read_only_fields` or `extra_kwargs` is ignored without a word, so that everybody may write the field that
    was meant; and `validate_titel()` is never called (these are warnings). A relation from elsewhere goes by its accessor
    here (`book_set`), not by the name that queries use (`book`).

    ## Bad

    ```python
    # file: app/models.py
    from django.db import models


    class Book(models.Model):
        title = models.CharField(max_length=100)
    ```

    ```python
    # file: app/serializers.py
    from rest_framework import serializers

    from app.models import Book


    class BookSerializer(serializers.ModelSerializer):
        class Meta:
            model = Book
            fields = ["id", "titel"]
    ```

    ## Good

    ```python
    # file: app/models.py
    from django.db import models


    class Book(models.Model):
        title = models.CharField(max_length=100)
    ```

    ```python
    # file: app/serializers.py
    from rest_framework import serializers

    from app.models import Book


    class BookSerializer(serializers.ModelSerializer):
        class Meta:
            model = Book
            fields = ["id", "title"]
    ```

    ## Silent when

    - the model has an attribute of that name, or may have: a property, a method, what any code assigns to some object;
    - the serializer or its model may have names that were not seen: a base that was not read, a metaclass, a decorator;
    - the serializer makes its fields itself (`get_fields`, `get_field_names`, `build_field`, …), or writes itself by a
      `to_representation()` that asks for none;
    - the class stands in a test.

    ## Fix

    A string that should be a tuple becomes one; that is safe. Where exactly one name is near, a wrong name is changed to it,
    which needs `--unsafe-fixes`: what the author meant is a guess.
    """

    summary = "a serializer that names a field which neither it nor its model has"
    severity = "error"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        for wrong in project.declarations.serializers.wrong(path):
            if wrong.path == path:
                yield self._said(project, wrong)

    def _said(self, project: Project, wrong: Wrong) -> Finding:
        message, runtime = _SAID[wrong.problem]
        words = {
            "cls": wrong.cls.name,
            "dotted": wrong.cls.dotted,
            "model": wrong.model.name if wrong.model is not None else "",
            "name": wrong.name,
            "option": wrong.option,
        }
        help = f'add "{wrong.name}" to `fields`' if wrong.problem == "left-out" else ""
        found = self.report(
            project,
            wrong if wrong.problem != "left-out" else replace(wrong, part=""),
            message.format(**words),
            runtime.format(**words),
            help,
            None if runtime else "warning",
        )
        return _as_tuple(found, wrong) if wrong.problem == "string" else found


def _as_tuple(finding: Finding, wrong: Wrong) -> Finding:
    from msgspec.structs import replace

    fix = Fix(True, (Edit(finding.place, f'("{wrong.name}",)'),), "make it a tuple")
    return replace(finding, help=f'write `("{wrong.name}",)`', fix=fix)


# By problem: what is, and what the framework says ("" where it says nothing).
_SAID = {
    "missing": (
        "neither `{cls}` nor `{model}` has `{name}`",
        "ImproperlyConfigured: Field name `{name}` is not valid for model `{model}` in `{dotted}`.",
    ),
    "excludes-nothing": (
        "`{model}` has no field `{name}`",
        "AssertionError: The field '{name}' was included on serializer {cls} in the 'exclude' option, but does not match "
        "any model field.",
    ),
    "left-out": (
        "`{name}` is declared but not in `fields`",
        "AssertionError: The field '{name}' was declared on serializer {cls}, but has not been included in the 'fields' "
        "option.",
    ),
    "string": (
        "`{option}` of `{cls}` is a string, not a list of names",
        'TypeError: The `fields` option must be a list or tuple or "__all__". Got str.',
    ),
    "not-read-only": ("neither `{cls}` nor `{model}` has `{name}`, so nothing is made read-only", ""),
    "unused-key": ("neither `{cls}` nor `{model}` has `{name}`, so this entry of `{option}` has no effect", ""),
    "never-called": ("`{cls}` has no field `{name}`, so `{option}` is never called", ""),
}
