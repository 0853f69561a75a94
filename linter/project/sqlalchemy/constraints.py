"""What a table is given: columns, constraints and indexes, in `Table(…)`, in `__table_args__`, or after the fact."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from msgspec.structs import replace

from linter.project.sqlalchemy import vocabulary
from linter.project.sqlalchemy.columns import Columns
from linter.project.sqlalchemy.schema import Column, Constraint, Named, Table
from linter.project.sqlalchemy.values import (
    NONE,
    UNKNOWN,
    Arg,
    Given,
    Items,
    Made,
    Member,
    UnknownValue,
    Value,
    text_of,
)
from linter.project.units import ClassSymbol

# Constraints and indexes, and whether what stands first in their calls is their name.
NAMED_FIRST = {"Index": True, "UniqueConstraint": False, "PrimaryKeyConstraint": False, "ExcludeConstraint": False}


class Constraints:
    """`column_at` must be set before anything is asked."""

    column_at: Callable[[Value], tuple[Table | None, str | None]]

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self.values = columns.values

    def apply(self, table: Table, items: Iterable[Given]) -> None:
        """Add columns and constraints to a table, in order."""
        constraints: list[Made] = []
        for given in items:
            item = given.value
            kind = self.columns.values_kind(item)
            if kind in vocabulary.COLUMNS and isinstance(item, Made):
                column = self.columns.read(item)
                if column is None:
                    table.open = table.open or "a column's name was not understood"
                else:
                    table.columns[column.key] = column
            elif isinstance(item, Made):
                constraints.append(item)
                if not kind:
                    table.args_open = table.args_open or "a constraint was not understood"
            elif isinstance(item, UnknownValue):
                table.open = table.open or "one of its parts was not understood"
        for constraint in constraints:
            self.add(table, constraint)

    def add(self, table: Table, made: Made) -> None:
        if made.kind in NAMED_FIRST:
            found = self._named(table, made)
        elif made.kind == "ForeignKeyConstraint":
            found = self._foreign_keys(table, made)
        elif made.kind.endswith("Constraint"):
            found = Constraint(made.kind, made.site, self._name(made), whole=False)
        else:
            return
        table.constraints.append(found)
        if found.kind == "PrimaryKeyConstraint":
            for named in found.columns:
                if named.column is not None:
                    named.column.primary_key = True
                    if not named.column.says_nullable:
                        named.column.nullable = False

    def _name(self, made: Made) -> str | None:
        return text_of(self.values.arg(made.arguments.keywords.get("name")) or NONE)

    def _named(self, table: Table, made: Made) -> Constraint:
        """An index, or a constraint on columns that are named one by one."""
        arguments = made.arguments
        positional = arguments.positional
        found = Constraint(made.kind, made.site, self._name(made), whole=arguments.all_positional)
        if NAMED_FIRST[made.kind]:
            if positional:
                found.first = self.values.looked_at(positional[0], made)
                found.name = text_of(found.first.value)
            positional = positional[1:]
            found.unique = arguments.keywords.get("unique") is not None and (
                self.values.arg(arguments.keywords["unique"]) != NONE
            )
            found.partial = any(word.endswith("_where") for word in arguments.keywords)
        found.columns = [self._one(table, arg, made) for arg in positional]
        return found

    def _one(self, table: Table, arg: Arg, made: Made) -> Named:
        given = self.values.looked_at(arg, made)
        if made.kind == "ExcludeConstraint":
            pair = given.value.items if isinstance(given.value, Items) else ()
            return self.named(table, replace(given, value=pair[0] if pair else UNKNOWN))
        return self.named(table, given)

    def named(self, table: Table, given: Given) -> Named:
        value = given.value
        while isinstance(value, Made) and isinstance(value.func, Member):
            value = value.func.base  # created.desc()
        return Named(text_of(value), self.column_of(value, table), given.site)

    def column_of(self, value: Value, table: Table) -> Column | None:
        """The column of a table that a string or the Column object itself names."""
        text = text_of(value)
        if text is not None:
            return table.columns.get(text)
        if isinstance(value, Made):
            return next((c for c in table.columns.values() if c.site.key == value.site.key), None)
        if isinstance(value, Member) and isinstance(value.base, Member) and value.base.name in ("c", "columns"):
            return table.columns.get(value.name)
        if isinstance(value, Member):
            if isinstance(value.base, ClassSymbol):  # `cls.owner_id`, while the class is being made
                made = self.values.member(value.base, value.name)
                if isinstance(made, Made) and (found := self.column_of(made, table)) is not None:
                    return found
            home, key = self.column_at(value)
            return table.columns.get(key) if home is table and key is not None else None
        return None

    def _foreign_keys(self, table: Table, made: Made) -> Constraint:
        """`ForeignKeyConstraint([columns], [targets])`."""
        positional, keywords = made.arguments.positional, made.arguments.keywords
        local = positional[0] if positional else keywords.get("columns")
        remote = positional[1] if len(positional) > 1 else keywords.get("refcolumns")
        here, there = list(self._each(local, made)), list(self._each(remote, made))
        found = Constraint(made.kind, made.site, self._name(made), [self.named(table, given) for given in here])
        if not here or len(here) != len(there):
            table.open = table.open or "a ForeignKeyConstraint was not understood"
            found.whole = False
            return found
        ondelete = text_of(self.values.arg(keywords.get("ondelete")) or NONE)
        for named, target in zip(found.columns, there, strict=True):
            if named.column is not None:
                key = self.columns.reference(target.value, target.site, ondelete)
                key.constraint = found
                named.column.foreign_keys.append(key)
            elif named.text is None:
                table.open = table.open or "a ForeignKeyConstraint was not understood"
        return found

    def _each(self, arg: Arg | None, made: Made) -> Iterator[Given]:
        """The items of a list among the arguments; none where it was not understood."""
        given = self.values.looked_at(arg, made) if arg is not None else None
        if given is not None and isinstance(given.value, Items) and given.value.whole:
            yield from self.values.items(given)
