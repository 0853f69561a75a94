"""`Column(…)`, `mapped_column(…)` and `ForeignKey(…)`, read from their calls."""

from __future__ import annotations

from linter.facts import syntax as s
from linter.project.sqlalchemy import vocabulary
from linter.project.sqlalchemy.evaluate import Evaluator
from linter.project.sqlalchemy.families import Family, family_of
from linter.project.sqlalchemy.schema import Column, ForeignKey
from linter.project.sqlalchemy.values import (
    NONE,
    UNKNOWN,
    Arg,
    Arguments,
    Const,
    Items,
    Lib,
    Made,
    Member,
    Site,
    UnknownValue,
    Value,
    flag_of,
    text_of,
)
from linter.project.units import ClassSymbol

DEEPEST_TYPE = 5  # decorated types of decorated types

# What may stand among a column's arguments without being its type.
_ITEMS = frozenset({
    "ForeignKey", "Sequence", "Identity", "Computed", "CheckConstraint", "FetchedValue", "DefaultClause", "ColumnDefault",
    "UniqueConstraint", "PrimaryKeyConstraint", "DDL",
})  # fmt: skip


class Columns:
    def __init__(self, values: Evaluator) -> None:
        self.values = values

    # --- columns ---

    def read(self, made: Made, attribute: str = "") -> Column | None:
        """The column that a call makes; None where not even its name can be told. `attribute` names it where it does not."""
        arguments = made.arguments
        positional = list(arguments.positional)
        rest = [self._given(a) for a in positional]
        name = text_of(self._given(arguments.keywords.get("name"))) if "name" in arguments.keywords else attribute
        if rest and "name" not in arguments.keywords:
            first = text_of(rest[0])
            if first is not None:
                name = first
            elif isinstance(rest[0], UnknownValue) and len(rest) > 1 and self._is_type(rest[1]):
                return None  # Column(NAME, Integer)
            if first is not None or rest[0] == NONE:
                rest, positional = rest[1:], positional[1:]
        if not name:
            return None
        key = text_of(self._given(arguments.keywords.get("key"))) if "key" in arguments.keywords else name
        if key is None:
            return None
        column = Column(name, key, made.site, maker=made.kind)
        given = {word: self.values.looked_at(arg, made) for word, arg in arguments.keywords.items()}
        if rest and "type_" not in given and self.values_kind(rest[0]) not in _ITEMS:
            given["type_"] = self.values.looked_at(positional[0], made)
            rest = rest[1:]
        column.given = given
        self._arguments(column, rest, arguments, self._is_reshaped(made))
        return column

    def _arguments(self, column: Column, rest: list[Value], arguments: Arguments, reshaped: bool) -> None:
        type_value = column.given["type_"].value if "type_" in column.given else None
        column.type, column.family = self.type_name(type_value), self.family(type_value)
        column.vague = reshaped or not arguments.all_positional
        for value in rest:
            if isinstance(value, UnknownValue):
                column.vague = True
            elif self.values_kind(value) == "ForeignKey":
                column.foreign_keys.append(self.foreign_key(value))
        unsure = reshaped or not arguments.all_keywords
        column.primary_key = self._flag(arguments, "primary_key", False, unsure)
        column.index = self._flag(arguments, "index", False, unsure)
        column.unique = self._flag(arguments, "unique", False, unsure)
        identity = any(self.values_kind(value) == "Identity" for value in rest)
        implied = None if column.primary_key is None else not column.primary_key and not identity
        column.nullable = self._flag(arguments, "nullable", implied, unsure)
        column.says_nullable = "nullable" in arguments.keywords or unsure

    def _flag(self, arguments: Arguments, name: str, default: bool | None, unsure: bool) -> bool | None:
        given = arguments.keywords.get(name)
        if given is None:
            return None if unsure else default
        value = self.values.arg(given)
        if value == NONE and name in ("index", "unique"):
            return False
        return flag_of(value) if value is not None else None

    def _is_reshaped(self, made: Made) -> bool:
        """Whether a class of the project stands between, which may change the arguments."""
        return isinstance(made.func, ClassSymbol) and "__init__" in made.func.names

    def _is_type(self, value: Value) -> bool:
        return isinstance(value, (Lib, Made, ClassSymbol)) and self.values_kind(value) not in _ITEMS

    def values_kind(self, value: Value) -> str:
        return value.kind if isinstance(value, Made) else ""

    def type_name(self, value: Value | None) -> str | None:
        if isinstance(value, Made):
            if (
                isinstance(value.func, (Lib, Member))
                and _last(value.func) == "as_mutable"
                and value.arguments.positional
            ):
                return self.type_name(self._given(value.arguments.positional[0]))
            if isinstance(value.func, Member):
                return self.type_name(value.func.base)  # String().with_variant(…)
            return self.type_name(value.func)
        if isinstance(value, Lib):
            return value.dotted.rpartition(".")[2]
        return value.name if isinstance(value, ClassSymbol) else None

    def family(self, value: Value | None, depth: int = 0) -> Family | None:
        """What databases make of a type; None where that is not known. One of the project's own is what it decorates."""
        if isinstance(value, Lib):
            return family_of(value.dotted.rpartition(".")[2]) if vocabulary.kind(value.dotted) else None
        if isinstance(value, ClassSymbol) and depth < DEEPEST_TYPE:
            if "load_dialect_impl" in value.names:
                return None
            behind = self.values.member(value, "impl")
            return self.family(behind, depth + 1) if behind is not None else family_of(self.values.kind_of_class(value))
        if isinstance(value, Made):
            if not isinstance(value.func, Member):
                return self.family(value.func, depth)
            if value.func.name == "with_variant" and value.arguments.positional:
                here, there = self.family(value.func.base), self.family(self._given(value.arguments.positional[0]))
                return here if here == there else None
        return None

    def _given(self, arg: Arg | None) -> Value:
        value = self.values.arg(arg)
        return value if value is not None else UNKNOWN

    # --- foreign keys ---

    def foreign_key(self, value: Value) -> ForeignKey:
        assert isinstance(value, Made)
        arguments = value.arguments
        given = arguments.positional[0] if arguments.positional else arguments.keywords.get("column")
        target = self._given(given)
        if self._is_reshaped(value):
            target = UNKNOWN
        ondelete = text_of(self._given(arguments.keywords.get("ondelete")))
        flag = self.values.arg(arguments.keywords.get("link_to_name"))
        by_name = flag is not None and flag_of(flag) is not False
        found = self.reference(target, self._site(given, value), ondelete, by_name)
        found.given = {word: self.values.looked_at(arg, value) for word, arg in arguments.keywords.items()}
        found.whole = arguments.whole and not self._is_reshaped(value)
        return found

    def _site(self, given: Arg | None, made: Made) -> Site:
        """Where an argument is written; where the whole call is, if that cannot be said."""
        at = getattr(given.expr, "at", s.NOWHERE) if given is not None and given.given is None else s.NOWHERE
        return given.scope.site(at) if given is not None and at != s.NOWHERE else made.site

    def reference(self, target: Value, site: Site, ondelete: str | None = None, by_name: bool = False) -> ForeignKey:
        """A target as it is given: a string, the parts of one (since 2.1), or a Column. `site` is where it is given."""
        if isinstance(target, Const) and isinstance(target.value, str):
            return ForeignKey(target.value, None, site, target.origin, ondelete, by_name)
        if isinstance(target, Items) and target.whole:
            parts = [text_of(item) for item in target.items]
            if all(parts):
                return ForeignKey(".".join(p for p in parts if p), None, site, None, ondelete, by_name)
        reference = target if isinstance(target, (Member, Made, ClassSymbol)) else None
        return ForeignKey(None, reference, site, None, ondelete, by_name)


def _last(func: Lib | Member) -> str:
    return func.name if isinstance(func, Member) else func.dotted.rpartition(".")[2]
