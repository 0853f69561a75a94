"""Foreign keys that lead to another table than everything around them says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from linter.project.imports.modules import is_test
from linter.project.trace import cached_property

if TYPE_CHECKING:
    from linter.project import Project
    from linter.project.sqlalchemy.mapping import Relationship
    from linter.project.sqlalchemy.schema import Column, ForeignKey, Table

_ENOUGH = 2  # foreign keys of other tables that agree on where a column of this name leads
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


class Misled(msgspec.Struct, frozen=True):
    """`target` is where the foreign key leads, `meant` where it should. `relationship` is the one that says so; without
    it the `others` do, foreign keys of columns of the same name."""

    target: Table
    meant: Table
    relationship: Relationship | None
    others: tuple[tuple[Table, Column, ForeignKey], ...]


class MisledKeys:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.tables = project.tables

    def of(self, table: Table, column: Column, key: ForeignKey) -> Misled | None:
        """Why a foreign key seems to have the wrong table; None where it does not."""
        target = self.tables.resolve(table, column, key).table
        stem = _stem(column, key)
        if (
            target is None
            or target.shadow
            or not stem
            or len(column.foreign_keys) != 1
            or _fits(stem, self.words(target))
        ):
            return None
        if key.constraint is not None and len(key.constraint.columns) > 1:
            return None  # the columns of a composite key are each known by what they meant where they came from
        named = [r for mapper in self.tables.mappers_of(table) if (r := mapper.relationships.get(stem)) is not None]
        for relationship in named:
            meant = relationship.target.table if relationship.target is not None else None
            if meant is not None and self._leads_elsewhere(relationship, meant, target):
                return Misled(target, meant, relationship, ())
        return self._by_others(table, column, key, stem, target) if not named else None

    def _leads_elsewhere(self, relationship: Relationship, meant: Table, target: Table) -> bool:
        """Whether a relationship needs a foreign key to a table of its other side, and none is there."""
        other = relationship.target
        if other is None or relationship.joined or relationship.has_secondary:
            return False
        if relationship.origin is not None or relationship.pairs or relationship.says("foreign_keys"):
            return False
        from linter.project.sqlalchemy import joins

        join = joins.between(relationship.owner.tables(), other.tables(), self.tables.resolve)
        return not join.known and not join.links and not self._are_related(target, meant)

    def _by_others(self, table: Table, column: Column, key: ForeignKey, stem: str, target: Table) -> Misled | None:
        """What all other columns of the same name refer to, if that table is called like them."""
        others = [o for o in self._by_name.get(column.name, ()) if o[0] is not table and o[2].site.key != key.site.key]
        found = [self.tables.resolve(*other).table for other in others]
        meant = found[0] if len(found) >= _ENOUGH else None
        if meant is None or any(one is not meant for one in found):
            return None
        if meant is target or meant is table or not _fits(stem, self.words(meant)) or self._are_related(target, meant):
            return None
        return Misled(target, meant, None, tuple(others))

    def _are_related(self, one: Table, other: Table) -> bool:
        """Whether rows of two tables are those of one class: joined inheritance."""
        return one is other or any(
            mine.base is its.base for mine in self.tables.mappers_of(one) for its in self.tables.mappers_of(other)
        )

    def words(self, table: Table) -> Iterator[str]:
        """What a table is called, and the classes that are mapped to it."""
        yield table.name.lower()
        for mapper in self.tables.mappers_of(table):
            yield _HUMP.sub("_", mapper.name).lower()

    @cached_property
    def _by_name(self) -> dict[str, list[tuple[Table, Column, ForeignKey]]]:
        """The foreign keys of single columns by the column's name, each that is written once."""
        found: dict[str, dict[object, tuple[Table, Column, ForeignKey]]] = {}
        for table in self.tables.tables:
            if is_test(table.site.path):
                continue
            for column, key in table.foreign_keys():
                if key.constraint is None or len(key.constraint.columns) == 1:
                    found.setdefault(column.name, {}).setdefault(key.site.key, (table, column, key))
        return {name: list(keys.values()) for name, keys in found.items()}


def _stem(column: Column, key: ForeignKey) -> str:
    """`forum` of a column `forum_id` that refers to an `id`."""
    ending = f"_{key.named(column)}"
    return column.name.removesuffix(ending).lower() if column.name.endswith(ending) else ""


def _fits(stem: str, names: Iterator[str]) -> bool:
    """Whether something is called by a word, in singular or plural, alone or among others."""
    plural = f"{stem[:-1]}ies" if stem.endswith("y") else f"{stem}s"
    return any(stem in name or plural in name or _has_word_of(stem, name) for name in names)


def _has_word_of(stem: str, name: str) -> bool:
    """Whether the last word of a column's name is one of the table's: `main_image_id` of `images`."""
    last = stem.rpartition("_")[2]
    return last in name or f"{last[:-1]}ies" in name
