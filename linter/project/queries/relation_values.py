"""Values that are given to forward relations to one row: `Book(author=…)`, `book.author = …`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from linter.facts import syntax as s
from linter.project.flow.scopes import Scope
from linter.project.imports.modules import is_test
from linter.project.queries.methods import CREATES_OR_GETS, DEFAULTS
from linter.project.queries.writing import is_plain
from linter.project.types import NONE, Constant, Scalar, Type, members

if TYPE_CHECKING:
    from linter.project import Project
    from linter.project.models.model import Field, Model
    from linter.project.queries import OrmCall

# Values of fields, and of the columns of relations. A `str` or `int` is none of them: it may be what an annotation says,
# or what stands for the keys of a dict.
_SCALARS = frozenset({
    "key", "AutoField", "BigAutoField", "SmallAutoField", "BooleanField", "CharField", "TextField", "SlugField", "EmailField",
    "URLField", "UUIDField", "IntegerField", "BigIntegerField", "SmallIntegerField", "PositiveIntegerField",
    "PositiveBigIntegerField", "PositiveSmallIntegerField", "FloatField", "DecimalField", "DateField", "DateTimeField",
})  # fmt: skip
_SINGLE = frozenset({"foreign_key", "one_to_one"})


class Given(msgspec.Struct, frozen=True):
    """`at`: the keyword, the key of a dict, or the attribute. `value` is None where it is no single expression."""

    model: Model
    field: Field
    kind: Type
    value: s.Expr | None
    scope: Scope
    at: int


def keys_given(project: Project, path: str) -> Iterator[Given]:
    """Where one file gives a relation something that can only be a key, or another plain value. A test that does so fails,
    and tells its author: their many rows are not looked at."""
    if is_test(path):
        return
    for made in project.queries.calls(path):
        if made.asked and (made.method in ("create", "__init__") or made.method in CREATES_OR_GETS):
            for name, value, at in written(made):
                field = _relation(project, made, name)
                if field is not None:
                    kind = project.flow.expression(made.scope, value)
                    if is_key(kind) or _is_made(value):
                        yield Given(made.asked[0].model, field, kind, value, made.scope, at)
    for stored in project.queries.stores(path):
        if stored.is_forward and stored.field.field_class.kind in _SINGLE:
            kind = project.flow.value_of(stored.definition, stored.scope.activation)
            if is_key(kind) or _is_made(stored.value):
                yield Given(stored.model, stored.field, kind, stored.value, stored.scope, stored.at)


def written(made: OrmCall) -> Iterator[tuple[str, s.Expr, int]]:
    """What a call writes to a row: names, values, and the place of each name."""
    for keyword in made.call.keywords:
        if keyword.name in DEFAULTS and made.method in CREATES_OR_GETS:
            if isinstance(keyword.value, s.Dict):
                for key, value in keyword.value.items:
                    if isinstance(key, s.Str):
                        yield key.value, value, key.at
        elif keyword.name:
            yield keyword.name, keyword.value, keyword.at


def _relation(project: Project, made: OrmCall, name: str) -> Field | None:
    """The relation that a keyword names, where it names one on every model that may be meant."""
    found = [kind.model.fields.get(name) for kind in made.asked]
    first = found[0]
    if first is None or any(field is None or field.declared is not first.declared for field in found):
        return None
    if first.field_class.kind not in _SINGLE or not is_plain(first):
        return None
    uncertain = any(project.queries.overrides.may_know(kind, made.method, name) for kind in made.asked)
    return None if uncertain else first


def is_key(kind: Type) -> bool:
    """Whether a value is never a row, nor anything else that a relation takes."""
    given = [member for member in members(kind) if member != NONE]
    return bool(given) and all(
        isinstance(member, Constant) or (isinstance(member, Scalar) and member.name in _SCALARS) for member in given
    )


def _is_made(value: s.Expr | None) -> bool:
    """Whether an expression plainly makes a number or a text: `int(…)`, `f"…"`."""
    if isinstance(value, s.Call):
        return isinstance(value.func, s.Name) and value.func.id in ("int", "str", "len")
    return isinstance(value, s.FString)
