"""Which fields of a model no two rows share: what a lookup must give for at most one row to come."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from linter.project.constants import CallValue, ListValue, Number, Origin, Text, Value, Values, walk_values
from linter.project.models.arguments import Argument, Unsaid, is_none

if TYPE_CHECKING:
    from linter.project.models.model import Field, Model


class Key(msgspec.Struct, frozen=True):
    """`is_strict`: no two rows have equal values of these fields. Otherwise only some rows (a condition), or something
    made of the values (`Lower("email")`, the day of a date), is unique."""

    fields: frozenset[str]
    is_strict: bool = True


class Uniqueness(msgspec.Struct, frozen=True):
    """`is_open`: something else may be unique too."""

    keys: tuple[Key, ...] = ()
    is_open: bool = False


OPEN = Uniqueness(is_open=True)


def uniqueness(model: Model) -> Uniqueness:
    if model.concrete is not model:
        return model.concrete.uniqueness
    if model.open or model.assembly.unread or not model.meta.is_whole:
        return OPEN
    found = [_of_fields(model), *_of_meta(model), *(parent.uniqueness for parent, _ in model.assembly.parents)]
    keys = dict.fromkeys(key for each in found for key in each.keys)
    return Uniqueness(tuple(keys), any(each.is_open for each in found))


def _of_fields(model: Model) -> Uniqueness:
    keys: list[Key] = []
    is_open = False
    for field in model.assembly.local.values():
        if field.unique or field.primary_key:
            keys.append(Key(frozenset({field.name})))
        is_open = is_open or field.unique is None
        keys.extend(_for_a_day(model, field))
    return Uniqueness(tuple(keys), is_open)


def _for_a_day(model: Model, field: Field) -> Iterator[Key]:
    """`SlugField(unique_for_date="published")`."""
    for option in ("unique_for_date", "unique_for_month", "unique_for_year"):
        given = field.option(option)
        if isinstance(given, Argument) and not is_none(given):
            other = model.index.text(given)
            yield Key(frozenset({field.name, other} if other else {field.name}), is_strict=False)
        elif isinstance(given, Unsaid):
            yield Key(frozenset({field.name}), is_strict=False)


def _of_meta(model: Model) -> Iterator[Uniqueness]:
    for option, read in (("unique_together", _together), ("constraints", _constraints)):
        given = model.meta.option(option)
        if given is not None:
            yield read(model.index.project.settings.constants.expression(given.unit, given.expr))


def _together(values: Values) -> Uniqueness:
    """`unique_together = (("a", "b"), ("c", "d"))`, or one flat pair."""
    keys: list[Key] = []
    is_open = False
    for value in values:
        if not isinstance(value, ListValue):
            is_open = True
            continue
        rows = [item for values in value.items for item in values]
        if rows and all(isinstance(row, Text) for row in rows):
            rows = [value]
        for row in rows:
            names = _names(row)
            is_open = is_open or names is None or value.is_open
            keys.extend([Key(names)] if names else [])
    return Uniqueness(tuple(keys), is_open)


def _constraints(values: Values) -> Uniqueness:
    keys: list[Key] = []
    is_open = False
    for value in values:
        if not isinstance(value, ListValue):
            is_open = True
            continue
        is_open = is_open or value.is_open
        for item in (item for values in value.items for item in values):
            key = _constraint(item)
            is_open = is_open or (key is None and not _is_check(item))
            keys.extend([key] if key is not None else [])
    return Uniqueness(tuple(keys), is_open)


def _constraint(value: Value) -> Key | None:
    """`UniqueConstraint(fields=…, condition=…)`, `UniqueConstraint(Lower("email"), "tenant")`."""
    if not isinstance(value, CallValue) or value.name.rpartition(".")[2] != "UniqueConstraint":
        return None
    keywords = dict(value.keywords)
    if value.args:
        return Key(frozenset(_mentioned(value.args)), is_strict=False)
    fields = keywords.get("fields", ())
    names = _names(fields[0]) if len(fields) == 1 else None
    if names is None:
        return None
    condition = keywords.get("condition", ())
    return Key(names, is_strict=all(value == Number(None) for value in condition))


def _is_check(value: Value) -> bool:
    return isinstance(value, CallValue) and value.name.rpartition(".")[2] == "CheckConstraint"


def _names(value: Value) -> frozenset[str] | None:
    """The strings of a list of known ones; None where one of them is not known."""
    if not isinstance(value, ListValue) or value.is_open:
        return None
    items = [item[0].value for item in value.items if len(item) == 1 and isinstance(item[0], Text) and item[0].complete]
    return frozenset(items) if len(items) == len(value.items) else None


def _mentioned(values: tuple[Values, ...]) -> Iterator[str]:
    for value in walk_values(value for some in values for value in some):
        if isinstance(value, Text):
            yield value.value.lstrip("-")


class Nullable(msgspec.Struct, frozen=True):
    """A field that may be null in a constraint that is to make several fields unique; `origin` is where that names it."""

    field: Field
    origin: Origin


def nullable(model: Model) -> Iterator[Nullable]:
    """The one field that lets rows in which one of the model's own constraints is to keep out: null is not equal to null.

    Where all fields may be null, or another constraint says the same of another field instead (`UNIQUE (device, name)` beside
    `UNIQUE (module, name)`), the constraint is meant for the rows that have a value."""
    if not model.meta.is_own or model.open or model.concrete is not model:
        return
    keys = [key.fields for key in model.uniqueness.keys]
    for row in _rows(model):
        names = frozenset(text.value for text in row)
        fields = [(text, model.fields.get(text.value)) for text in row]
        lacking = [(text, field) for text, field in fields if field is not None and field.null is True]
        if len(lacking) != 1 or len(row) < 2 or None in [field for _, field in fields]:
            continue
        (text, field), rest = lacking[0], names - {lacking[0][0].value}
        if text.origin is not None and field is not None and not any(key != names and rest <= key for key in keys):
            yield Nullable(field, text.origin)


def _rows(model: Model) -> Iterator[list[Text]]:
    """The fields of each constraint that says nothing of nulls, nor of which rows it is about."""
    for option in ("unique_together", "constraints"):
        given = model.meta.option(option)
        values = model.index.project.settings.constants.expression(given.unit, given.expr) if given is not None else ()
        for value in walk_values(values):
            if option == "unique_together" and isinstance(value, ListValue):
                yield _texts(value)
            elif isinstance(value, CallValue) and value.name.rpartition(".")[2] == "UniqueConstraint":
                keywords = dict(value.keywords)
                fields = keywords.get("fields", ())
                if not value.args and not {"condition", "nulls_distinct", "expressions"} & keywords.keys():
                    yield from (_texts(names) for names in fields if isinstance(names, ListValue))


def _texts(value: ListValue) -> list[Text]:
    return [item[0] for item in value.items if len(item) == 1 and isinstance(item[0], Text)]
