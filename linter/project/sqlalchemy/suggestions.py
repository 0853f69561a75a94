"""What a foreign key to a table or a column that does not exist was meant to be."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING, Literal

import msgspec

from linter.project.migrations.alembic_renames import Rename
from linter.project.sqlalchemy.mapping import Mapper
from linter.project.sqlalchemy.schema import Column, ForeignKey, Table, split

if TYPE_CHECKING:
    from linter.project import Project

Reason = Literal["renamed", "schema", "class", "relationship", "similar"]


class TableSuggestion(msgspec.Struct, frozen=True):
    """`safe`: only this table can have been meant. `rename` is the migration that gave it its name."""

    table: Table
    reason: Reason
    safe: bool = False
    rename: Rename | None = None
    mapper: Mapper | None = None

    def text(self, key: ForeignKey) -> str:
        """The target as it should have been written."""
        assert key.text is not None
        schema, _, column = split(key.text)
        name = self.table.name
        if self.table.schema is not None and self.table.schema != self.table.metadata.schema:
            name = self.table.full_name
        elif schema is not None and self.table.schema == schema:
            name = f"{schema}.{name}"
        return f"{name}.{column}" if column is not None else name

    def has_column(self, key: ForeignKey, local: Column) -> bool:
        column = key.named(local)
        return (self.table.by_name(column) if key.by_name else self.table.columns.get(column)) is not None


def table_meant(project: Project, table: Table, column: Column, key: ForeignKey) -> TableSuggestion | None:
    assert key.text is not None
    _, name, _ = split(key.text)
    return next(_tables(project, table, column, name), None)


def _tables(project: Project, table: Table, column: Column, name: str) -> Iterator[TableSuggestion]:
    metadata = table.metadata
    renamed = _after_renames(project, table, name)
    if renamed is not None:
        yield renamed
    elsewhere = metadata.named(name)
    if len(elsewhere) == 1:
        yield TableSuggestion(elsewhere[0], "schema", safe=True)
    mappers = [m for m in project.tables.mappers if m.metadata is metadata and m.table is not None]
    named = [m for m in mappers if _plain(m.name) == _plain(name) and "__table__" not in m.symbol.names]
    if len({m.table for m in named}) == 1:
        mapper = named[0]
        assert mapper.table is not None
        # A package's rule gave the table its name: who wrote another name did not know the rule.
        automatic = "__tablename__" not in mapper.symbol.names and mapper.table.site.unit is mapper.symbol.unit
        style = project.tables.metadatas.root(mapper.symbol)
        safe = automatic and style is not None and style.style in ("flask", "sqlmodel")
        yield TableSuggestion(mapper.table, "class", safe, mapper=mapper)
    for mapper in mappers:
        if mapper.table is table:
            for relationship in mapper.relationships.values():
                target = relationship.target.table if relationship.target is not None else None
                if target is not None and column.key in (relationship.key, f"{relationship.key}_id"):
                    yield TableSuggestion(target, "relationship", mapper=relationship.target)
    names = {other.name: other for other in metadata.tables.values() if other is not table}
    for close in get_close_matches(name, names, n=1, cutoff=0.75):
        yield TableSuggestion(names[close], "similar")


def _after_renames(project: Project, table: Table, name: str) -> TableSuggestion | None:
    """The table that a name belongs to now, rename after rename."""
    seen: set[str] = set()
    first: Rename | None = None
    while name not in seen:
        seen.add(name)
        rename = project.alembic_renames.table(name)
        if rename is None:
            return None
        first = first or rename
        name = rename.new
        found = table.metadata.find(table.schema, name) or next(iter(table.metadata.named(name)), None)
        if found is not None:
            return TableSuggestion(found, "renamed", rename=first)
    return None


class ColumnSuggestion(msgspec.Struct, frozen=True):
    """`name` is what foreign keys go by. `is_attribute`: what was written is the name of the attribute, or the key instead."""

    name: str
    column: Column
    is_attribute: bool = False
    rename: Rename | None = None


def column_meant(project: Project, target: Table, local: Column, key: ForeignKey) -> ColumnSuggestion | None:
    name = key.named(local)
    choices = {(column.name if key.by_name else column.key): column for column in target.columns.values()}
    other = target.columns.get(name) if key.by_name else target.by_name(name)
    for mapper in project.tables.mappers:
        if mapper.table is target:
            other = other or mapper.columns.get(name)
    for choice, column in choices.items():
        if column is other:
            return ColumnSuggestion(choice, column, is_attribute=True)
    rename = project.alembic_renames.column(target.name, name)
    if rename is not None and rename.new in choices:
        return ColumnSuggestion(rename.new, choices[rename.new], rename=rename)
    for close in get_close_matches(name, choices, n=1, cutoff=0.75):
        return ColumnSuggestion(close, choices[close])
    primary = [choice for choice, column in choices.items() if column.primary_key]
    if key.text is not None and "." not in key.text and len(primary) == 1:
        return ColumnSuggestion(primary[0], choices[primary[0]])  # no column was named: the primary key, then
    return None


def _plain(name: str) -> str:
    """`User`, `users` and `Users` alike; `HeroTeam`, `hero_team` and `hero_teams` alike."""
    text = name.replace("_", "").lower()
    if text.endswith("ies"):
        return text[:-3] + "y"
    for ending in ("sses", "xes", "ches", "shes"):
        if text.endswith(ending):
            return text[:-2]
    return text[:-1] if text.endswith("s") and not text.endswith("ss") else text
