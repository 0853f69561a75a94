from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from checks.admin_forms_serializers._names import NameCheck
from linter.finding import Finding
from linter.project import Project
from linter.project.declarations.wrong import Wrong


class UnresolvedSerializerSource(NameCheck):
    """A field of a serializer reads its value from an attribute or a method that is not there.

    `source="author.nmae"` is followed through the row's attributes when a row is given out. Where one is missing, the
    request fails:

    ```text
    AttributeError: Got AttributeError when attempting to get a value for field `author_name` on serializer `BookSerializer`.
    The serializer field might be named incorrectly and not match any attribute or key on the `Book` instance.
    Original exception text was: 'Author' object has no attribute 'nmae'.
    ```

    A field that is read-only, or not required, is *left out of the response* without a word instead (a warning). A
    `SerializerMethodField` without its method, and a `source` that repeats the field's name, fail at once:

    ```text
    AttributeError: 'BookSerializer' object has no attribute 'get_total'
    AssertionError: It is redundant to specify `source='title'` on field 'CharField' in serializer 'BookSerializer', because it is the same as the field name. Remove the `source` keyword argument.
    ```

    ## Bad

    ```python
    # file: app/models.py
    from django.db import models


    class Author(models.Model):
        name = models.CharField(max_length=100)


    class Book(models.Model):
        author = models.ForeignKey(Author, models.CASCADE)
    ```

    ```python
    # file: app/serializers.py
    from rest_framework import serializers

    from app.models import Book


    class BookSerializer(serializers.ModelSerializer):
        author_name = serializers.CharField(source="author.names")

        class Meta:
            model = Book
            fields = ["author_name"]
    ```

    ## Good

    ```python
    # file: app/models.py
    from django.db import models


    class Author(models.Model):
        name = models.CharField(max_length=100)


    class Book(models.Model):
        author = models.ForeignKey(Author, models.CASCADE)
    ```

    ```python
    # file: app/serializers.py
    from rest_framework import serializers

    from app.models import Book


    class BookSerializer(serializers.ModelSerializer):
        author_name = serializers.CharField(source="author.name")

        class Meta:
            model = Book
            fields = ["author_name"]
    ```

    ## Silent when

    - the serializer is no ModelSerializer (what it is given is not known), or reads its fields itself
      (`to_representation`, `get_fields`);
    - the field is `write_only`, or takes input and has no `source`, or has a `default` and no `source`: a constant;
    - anything annotates the name, assigns an attribute of it, or says it as a key: rows may be given as dicts;
    - the serializer, the field's class or the model may have names that were not seen;
    - the class stands in a test.

    ## Fix

    Where exactly one name is near, the name is changed to it. It needs `--unsafe-fixes`: what the author meant is a guess.
    """

    summary = "a field of a serializer that reads an attribute or calls a method which is not there"
    severity = "error"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        for wrong in project.declarations.sources.wrong(path):
            yield self._said(project, wrong)

    def _said(self, project: Project, wrong: Wrong) -> Finding:
        message, runtime, help = _SAID[wrong.problem]
        words = {
            "cls": wrong.cls.name,
            "model": wrong.model.name if wrong.model is not None else "",
            "part": wrong.part,
            "field": wrong.target,
        }
        asked = replace(wrong, part="") if wrong.problem == "redundant" else wrong
        severity = "warning" if wrong.problem == "omitted" else None
        return self.report(
            project, asked, message.format(**words), runtime.format(**words), help.format(**words), severity  # type: ignore[arg-type]
        )  # fmt: skip


# By problem: what is, what the framework says, what to do.
_SAID = {
    "missing": (
        "`{model}` has no attribute `{part}`",
        "AttributeError: Got AttributeError when attempting to get a value for field `{field}` on serializer `{cls}`.",
        "",
    ),
    "omitted": ("`{model}` has no attribute `{part}`, so `{field}` is left out or replaced by its default", "", ""),
    "no-method": (
        "`{cls}` has no method `{part}`",
        "AttributeError: '{cls}' object has no attribute '{part}'",
        "define `{part}(self, instance)`",
    ),
    "redundant": (
        "`source` repeats the name of the field",
        "AssertionError: It is redundant to specify `source='{part}'` on field '{field}' in serializer '{cls}', because it is "
        "the same as the field name. Remove the `source` keyword argument.",
        "remove `source`",
    ),
}
