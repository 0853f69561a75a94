"""The columns and relationships of a SQLModel class: annotations and `Field(…)`, by SQLModel's own rules."""

from __future__ import annotations

from msgspec.structs import replace

from linter.project.sqlalchemy import vocabulary
from linter.project.sqlalchemy.annotations import Annotation
from linter.project.sqlalchemy.columns import Columns
from linter.project.sqlalchemy.families import Family, family_of
from linter.project.sqlalchemy.schema import Column
from linter.project.sqlalchemy.values import (
    NONE,
    Arg,
    Const,
    Items,
    Lib,
    Made,
    Mapping,
    Site,
    UnknownValue,
    Value,
    flag_of,
    text_of,
)
from linter.project.units import ClassSymbol


def column_of(name: str, annotation: Annotation, value: Value | None, site: Site, columns: Columns) -> Column:
    """The column of a field. `value` is what it is set to: a `Field(…)`, a default, or None for a bare annotation."""
    field = _field(value, annotation)
    if field is None:
        column = Column(name, name, site, _type(annotation), annotation=annotation)
        column.family = _family(annotation)
        column.nullable = annotation.optional
        column.vague = isinstance(value, UnknownValue)
        return column
    given = field.arguments.keywords
    if "sa_column" in given:
        made = columns.values.arg(given["sa_column"])
        if isinstance(made, Made) and made.kind in vocabulary.COLUMNS:
            read = columns.read(made, name)
            if read is not None:
                return read
        return Column(name, name, site, None, None, None, None, None, [], True)
    column = Column(name, name, site, _type(annotation), maker="Field", annotation=annotation)
    column.family = _family(annotation)
    column.given = {word: columns.values.looked_at(arg, field) for word, arg in given.items()}
    column.primary_key = _flag(columns, given.get("primary_key"), False)
    column.index = _flag(columns, given.get("index"), False)
    column.unique = _flag(columns, given.get("unique"), False)
    implied = False if column.primary_key else annotation.optional
    column.nullable = _flag(columns, given.get("nullable"), implied)
    if "sa_type" in given:
        own_type = columns.values.arg(given["sa_type"])
        column.type, column.family = columns.type_name(own_type), columns.family(own_type)
    if (key := given.get("foreign_key")) is not None:
        target = columns.values.arg(key)
        if target != NONE and target is not None:
            ondelete = text_of(columns.values.arg(given.get("ondelete")) or NONE)
            reference = columns.reference(target, columns.values.looked_at(key, field).site, ondelete)
            reference.given = {"ondelete": column.given["ondelete"]} if "ondelete" in column.given else {}
            column.foreign_keys.append(reference)
    _extra(column, field, columns)
    column.vague = column.vague or not field.arguments.whole
    return column


def _extra(column: Column, field: Made, columns: Columns) -> None:
    """`sa_column_args` and `sa_column_kwargs`, handed to the Column as they are."""
    given = field.arguments.keywords
    args = columns.values.arg(given.get("sa_column_args"))
    if args is not None:
        items = args.items if isinstance(args, Items) else ()
        column.vague = column.vague or not isinstance(args, Items) or not args.whole
        for item in items:
            if isinstance(item, Made) and item.kind == "ForeignKey":
                column.foreign_keys.append(columns.foreign_key(item))
            column.vague = column.vague or isinstance(item, UnknownValue)
    kwargs = columns.values.arg(given.get("sa_column_kwargs"))
    if kwargs is None:
        return
    if isinstance(kwargs, Mapping):
        spread = {k: replace(given["sa_column_kwargs"], given=v) for k, v in kwargs.entries.items()}
        column.given = {**column.given, **{k: columns.values.looked_at(arg, field) for k, arg in spread.items()}}
    if not isinstance(kwargs, Mapping) or not kwargs.whole:
        column.vague = True
        column.nullable = None
    entries = kwargs.entries if isinstance(kwargs, Mapping) else {}
    column.name = text_of(entries.get("name", NONE)) or column.name
    column.key = text_of(entries.get("key", NONE)) or (column.name if "name" in entries else column.key)
    for flag in ("nullable", "primary_key", "index", "unique"):
        if flag in entries:
            setattr(column, flag, flag_of(entries[flag]))


def _field(value: Value | None, annotation: Annotation) -> Made | None:
    for candidate in (value, *annotation.extras):
        if isinstance(candidate, Made) and candidate.kind in ("Field", "FieldInfo"):
            return candidate
        if (
            isinstance(candidate, Made)
            and isinstance(candidate.func, Lib)
            and candidate.func.dotted == "pydantic.Field"
        ):
            return candidate
    return None


def _type(annotation: Annotation) -> str | None:
    if isinstance(annotation.target, Lib):
        name = annotation.target.dotted.removeprefix("builtins.")
        return "AutoString" if name == "str" else vocabulary.PYTHON_TYPES.get(name)
    return "Enum" if isinstance(annotation.target, ClassSymbol) else None


def _family(annotation: Annotation) -> Family | None:
    name = _type(annotation)
    return family_of(name) if name is not None else None


def _flag(columns: Columns, arg: Arg | None, default: bool | None) -> bool | None:
    if arg is None:
        return default
    value = columns.values.arg(arg)
    if value == NONE:
        return False
    return value.value if isinstance(value, Const) and isinstance(value.value, bool) else None
