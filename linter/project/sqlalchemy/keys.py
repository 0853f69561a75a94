"""Foreign keys beside the columns they link: whether an index serves them, and whether both sides can be compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.project.imports.modules import is_test
from linter.project.migrations.vendors import MYSQL
from linter.project.trace import cached_property

if TYPE_CHECKING:
    from linter.project import Project
    from linter.project.sqlalchemy.families import Family
    from linter.project.sqlalchemy.mapping import Relationship
    from linter.project.sqlalchemy.schema import Column, ForeignKey, Table

# No database compares these with each other where a foreign key is made; of other families some do.
_APART: frozenset[Family] = frozenset({"integer", "text", "uuid", "boolean"})

DEEPEST = 5  # columns that have the type of the one they refer to


class Keys:
    """`project.keys`."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.tables = project.tables
        self.vendors = project.vendors

    # --- types ---

    def are_apart(self, table: Table, column: Column, key: ForeignKey) -> Column | None:
        """The column that a foreign key refers to, where its type is one that cannot be compared with that of the key."""
        target = self.tables.resolve(table, column, key)
        if target.table is None or target.column is None or column.vague or target.column.vague:
            return None
        here, there = self._family(table, column), self._family(target.table, target.column)
        if here is None or there is None or here == there or not {here, there} <= _APART:
            return None
        return target.column

    def _family(self, table: Table, column: Column, depth: int = 0) -> Family | None:
        """A column without a type has that of the first one it refers to."""
        if column.family is not None or "type_" in column.given or depth > DEEPEST:
            return column.family
        for key in column.foreign_keys[:1]:
            target = self.tables.resolve(table, column, key)
            if target.table is not None and target.column is not None:
                return self._family(target.table, target.column, depth + 1)
        return None

    # --- indexes ---

    def lacks_index(self, table: Table, column: Column, key: ForeignKey) -> bool:
        """Whether for sure no index starts with a foreign key's column, nor with any other column of the same key.

        One of some of the rows is one: who made it thought of the others. MySQL makes one itself."""
        if table.is_for_mysql:
            return False
        partial = [c.columns[0].column for c in table.constraints if c.partial and c.columns]
        return all(table.is_indexed(own) is False and own not in partial for own in self.columns(column, key))

    def columns(self, column: Column, key: ForeignKey) -> list[Column]:
        """All columns of a foreign key."""
        named = [named.column for named in key.constraint.columns] if key.constraint is not None else []
        return [own for own in named if own is not None] or [column]

    def reader(self, column: Column, key: ForeignKey) -> Relationship | None:
        """A relationship that looks rows up by a foreign key: that of a parent to its children."""
        return next((self._readers[id(own)] for own in self.columns(column, key) if id(own) in self._readers), None)

    @cached_property
    def _readers(self) -> dict[int, Relationship]:
        found: dict[int, Relationship] = {}
        for mapper in self.tables.mappers:
            for relationship in mapper.relationships.values():
                if (
                    relationship.direction == "many-to-one"
                    or (relationship.secondary is not None and relationship.target is mapper)  # by which of the two?
                    or relationship.owner is not mapper
                    or is_test(mapper.symbol.unit.path)
                ):
                    continue
                homes = [id(table) for table in mapper.tables() if table is not None]
                for pair in relationship.pairs or ():
                    if id(self.tables.table_of(pair.referenced)) in homes:
                        found.setdefault(id(pair.foreign), relationship)
        return found

    @cached_property
    def indexed(self) -> tuple[int, int]:
        """How many foreign keys have an index of their own, and how many have none at all."""
        given: set[tuple[str, int, int]] = set()
        lacking: set[tuple[str, int, int]] = set()
        for table in self.tables.tables:
            if is_test(table.site.path):
                continue
            indexes = {c.keys[0] for c in table.constraints if c.kind == "Index" and c.keys}
            for column, key in table.foreign_keys():
                site = key.constraint.site if key.constraint is not None else key.site
                if column.index or column.key in indexes:
                    given.add(site.key)
                elif self.lacks_index(table, column, key):
                    lacking.add(site.key)
        return len(given), len(lacking)

    @cached_property
    def are_indexed_by_database(self) -> bool:
        """Whether the project runs on MySQL or MariaDB alone, which make an index for each foreign key."""
        environments = [path for path in self.project.python_paths if path.endswith("env.py")]
        targets = [*self.vendors.flask, *(t for path in environments for t in self.vendors.of_alembic(path))]
        return {target.vendor for target in self.vendors.configured or targets} == {MYSQL}
