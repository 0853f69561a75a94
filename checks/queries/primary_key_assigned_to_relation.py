from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.facts import syntax as s
from linter.finding import Edit, Finding, Fix, Related
from linter.project import Project
from linter.project.expected import is_expected
from linter.project.queries.relation_values import Given, keys_given
from linter.project.types import NONE, Constant, Scalar, members
from linter.span import Span


class PrimaryKeyAssignedToRelation(Check):
    """A relation to one row is given a primary key where it takes the row itself.

    Queries take either (`filter(author=3)`); a row that is made or changed does not:

    ```text
    ValueError: Cannot assign "3": "Book.author" must be a "Author" instance.
    ```

    The column's own attribute takes the key: `author_id`. In `get_or_create(author=3)` the lookup works, so it fails only
    when there is no such row yet.

    ## Bad

    ```python
    # file: app/models.py
    from django.db import models


    class Author(models.Model):
        name = models.CharField(max_length=50)


    class Book(models.Model):
        title = models.CharField(max_length=50)
        author = models.ForeignKey(Author, on_delete=models.CASCADE)


    def add(title, author: Author):
        Book.objects.create(title=title, author=author.pk)
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


    def add(title, author: Author):
        Book.objects.create(title=title, author_id=author.pk)
    ```

    ## Silent when

    - it is not known whether the value is a row, or not known what is made or assigned to;
    - the relation is not Django's own, the model has a `__setattr__`, or its `__init__` or its manager's `create` may take the
      keyword for itself;
    - the value is a text or a number only by its annotation;
    - the code expects the error: it stands in a `try` that catches it; or it is a test, which fails by itself.

    ## Fix

    The name is changed to the attribute of the column (`author_id`). Safe where the value is plainly a key (`author.pk`,
    `author_id`, a number); there is none where the relation points at another column of the related table.
    """

    summary = "a primary key given to a relation that takes a row"
    severity = "error"
    fixable = True

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        for given in keys_given(project, path):
            activation = given.scope.activation
            if given.field.related is not None and not is_expected(
                activation.unit, given.at, activation.function, ("ValueError",)
            ):
                yield self.report(project, path, given)

    def report(self, project: Project, path: str, given: Given) -> Finding:
        field = given.field
        assert field.related is not None
        name, related = f"{given.model.name}.{field.name}", field.related.name
        return self.finding(
            project.place(path, _span(project, path, given)),
            f"`{name}` is given {'a primary key' if _is_key(given) else 'a plain value'}, not a row of `{related}`",
            runtime=f'{_assigned(given)}"{name}" must be a "{related}" instance.',
            help=f"use `{field.attname}`" if _is_key(given) else "",
            related=() if field.owner.unit.is_library else [Related(field.place, f"`{field.name}` is declared here")],
            fix=_fix(project, path, given),
        )


def _span(project: Project, path: str, given: Given) -> Span:
    """Where the relation is named, without the quotes of a key."""
    span = given.scope.span(given.at)
    is_quoted = project.source(path).data[span.start : span.start + 1] in (b'"', b"'")
    return Span(span.start + 1, span.end - 1) if is_quoted else span


def _assigned(given: Given) -> str:
    return f'Cannot assign "{given.kind.value!r}": ' if isinstance(given.kind, Constant) else ""


def _is_key(given: Given) -> bool:
    """Whether the value is plainly a key."""
    value = given.value
    name = value.name if isinstance(value, s.Attr) else value.id if isinstance(value, s.Name) else ""
    if name in ("pk", "id") or name.endswith(("_id", "_pk")):
        return True
    return all(_is_key_type(member) for member in members(given.kind) if member != NONE)


def _is_key_type(member: object) -> bool:
    if isinstance(member, Constant):
        return isinstance(member.value, int) and not isinstance(member.value, bool)
    return isinstance(member, Scalar) and (member.name == "key" or member.name.endswith("AutoField"))


def _fix(project: Project, path: str, given: Given) -> Fix | None:
    field = given.field
    if not _is_key(given) or field.option("to_field") is not None:
        return None
    span, name = _span(project, path, given), field.name.encode()
    start = span.end - len(name)
    if project.source(path).data[start : span.end] != name:
        return None
    place = project.place(path, Span(start, start + len(name)))
    return Fix(True, (Edit(place, field.attname),), f"use `{field.attname}`")
