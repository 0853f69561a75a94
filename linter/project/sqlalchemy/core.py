"""Tables: `Table(…)` calls, and every other way in which a table is meant."""

from __future__ import annotations

import re
from collections.abc import Callable

from linter.facts import syntax as s
from linter.project.sqlalchemy.constraints import Constraints
from linter.project.sqlalchemy.evaluate import Evaluator
from linter.project.sqlalchemy.mapping import Mapper
from linter.project.sqlalchemy.metadata import MetaDatas
from linter.project.sqlalchemy.schema import SOME_SCHEMA, Definition, MetaData, Table, is_test
from linter.project.sqlalchemy.values import (
    NONE,
    Made,
    Mapping,
    Member,
    Site,
    Value,
    flag_of,
    text_of,
)
from linter.project.units import ClassSymbol


class Tables:
    """`mapper_of` must be set before anything is asked."""

    mapper_of: Callable[[ClassSymbol], Mapper | None]

    def __init__(self, values: Evaluator, metadatas: MetaDatas, parts: Constraints) -> None:
        self.values = values
        self.metadatas = metadatas
        self.parts = parts
        parts.column_at = self.column_at
        self.strays: set[str] = set()  # names of tables of which the MetaData is not known: they may be in any
        self.stray_patterns: set[str] = set()  # the same, of names that are put together from what is not known
        self.possible_names: set[str] = set()  # attributes that are given to classes of which it is not known which
        self.are_versioned = False  # SQLAlchemy-Continuum makes tables and classes beside those that are written
        self.are_copied = False  # tables of one MetaData may be in another too
        self.why_open = ""  # why tables of unknown names may be in any MetaData
        self.why_open_in_tests = ""
        self.classes_open = ""  # why classes of unknown names may be mapped in any registry
        self._made: dict[tuple[object, ...], Table | None] = {}

    def add(self, metadata: MetaData, name: str, schema: str | None, site: Site) -> Table:
        """The table of a name in a MetaData, made if it is not there."""
        table = metadata.tables.get((schema, name))
        if table is None or table.shadow:
            table = metadata.tables[schema, name] = Table(name, schema, metadata, site)
        return table

    def of(self, value: Value, home: MetaData | None = None) -> Table | None:
        """The table that a value is: a Table, `User.__table__`, `metadata.tables["users"]`, a mapped class."""
        if isinstance(value, Made):
            return self.read(value, home) if value.kind == "Table" else None
        if isinstance(value, ClassSymbol):
            mapper = self.mapper_of(value)
            return mapper.table if mapper is not None else None
        if isinstance(value, Member):
            if value.name == "__table__":
                return self.of(value.base)
            if isinstance(value.base, Member) and value.base.name == "tables":
                metadata = self.metadatas.of(value.base.base)
                schema, _, name = value.name.rpartition(".")
                return metadata.find(schema or None, name) if metadata is not None else None
        return None

    def read(self, made: Made, home: MetaData | None = None, shadow: bool = False) -> Table | None:
        """The table of a `Table(name, metadata, …)` call; None where its name or its MetaData is not known."""
        if made.key not in self._made:
            self._made[made.key] = None
            self._made[made.key] = self._read(made, home, shadow)
        return self._made[made.key]

    def _read(self, made: Made, home: MetaData | None, shadow: bool) -> Table | None:
        positional, given = made.arguments.positional, made.arguments.keywords
        name = text_of(self.values.arg(positional[0] if positional else given.get("name")) or NONE)
        rest = positional[1:]
        metadata: MetaData | None = None
        if isinstance(made.func, Member):
            metadata = self.metadatas.of(made.func.base)
        given_metadata = rest[0] if rest else given.get("metadata")
        if given_metadata is not None:
            found = self.metadatas.of(self.values.arg(given_metadata))
            if found is not None or metadata is None:
                metadata, rest = found, rest[1:]
        if metadata is None:
            if name is not None:
                self.strays.add(name)
            elif not self.may_be_called(positional[0].expr if positional else None):
                self.doubt("a table was made whose name and MetaData are not known", made.site.path)
            return None
        if not shadow:
            metadata.local = metadata.local and made.site.function is not None
        if name is None:
            if not self.may_be_called(positional[0].expr if positional else None):
                metadata.doubt("the name of a table is not known", made.site.path)
            return None
        schema = self._schema(made, metadata)
        known = metadata.tables.get((schema, name))
        if shadow and known is not None:
            return known
        table = self.add(metadata, name, schema, made.site)
        table.shadow = shadow
        self.parts.apply(table, [self.values.looked_at(a, made) for a in rest])
        options = {word: self.values.given(arg) for word, arg in given.items()}
        if rest or not made.arguments.all_positional:  # else it is the table that is there
            table.definitions.append(self.definition(Mapping(options, made.arguments.all_keywords), made.site))
        self._close(table, made, known is not None)
        return table

    def definition(self, options: Mapping, site: Site) -> Definition:
        """A place that defines a table, with the options it gives."""
        extends: bool | None = False
        for word in ("extend_existing", "keep_existing"):
            if word in options.entries:
                extends = flag_of(options.entries[word]) or extends
        return Definition(site, extends or (False if options.whole else None), "mysql_engine" in options.entries)

    def _close(self, table: Table, made: Made, was_known: bool) -> None:
        given = made.arguments.keywords
        if not made.arguments.whole:
            table.open = table.open or "its parts were not understood"
        loads = "autoload_with" in given or (
            "autoload" in given and flag_of(self.values.arg(given["autoload"]) or NONE) is not False
        )
        if loads or (not table.columns and not was_known):
            table.open = table.open or "its columns are read from the database"

    def _schema(self, made: Made, metadata: MetaData) -> str | None:
        given = self.values.arg(made.arguments.keywords.get("schema"))
        if given is None or given == NONE:
            return metadata.schema
        schema = text_of(given)
        if schema is None:
            metadata.open = metadata.open or "the schema of a table is not known"
            return SOME_SCHEMA
        return schema

    def may_be_called(self, expr: s.Expr | None) -> bool:
        """Keep in mind what the name of a table looks like that is put together; False where it may be anything."""
        pattern = _pattern(expr)
        if pattern:
            self.stray_patterns.add(pattern)
        return bool(pattern)

    def is_stray(self, name: str) -> bool:
        """Whether a table of a name was made of which it is not known where."""
        return name in self.strays or any(re.fullmatch(pattern, name) for pattern in self.stray_patterns)

    def doubt(self, why: str, path: str, classes: bool = False) -> None:
        """Something in a file may put tables into any MetaData, and perhaps map `classes` there."""
        if is_test(path):
            self.why_open_in_tests = self.why_open_in_tests or why
        else:
            self.why_open = self.why_open or why
            if classes:
                self.classes_open = self.classes_open or why

    # --- columns ---

    def column_at(self, value: Value) -> tuple[Table | None, str | None]:
        """The table and the key (or attribute) that a Column object in an expression means: `User.id`, `users.c.id`."""
        if not isinstance(value, Member):
            return None, None
        base = value.base
        if isinstance(base, Member) and base.name in ("c", "columns"):
            return self.of(base.base), value.name
        if isinstance(base, ClassSymbol):
            mapper = self.mapper_of(base)
            if mapper is not None and value.name in mapper.columns:
                column = mapper.columns[value.name]
                for table in mapper.tables():
                    if table is not None and table.columns.get(column.key) is column:
                        return table, column.key
        return None, None


def _pattern(expr: s.Expr | None) -> str:
    """What the name of `f"{table.name}_history"` must look like, as a regular expression; "" where it may be anything."""
    if not isinstance(expr, s.FString):
        return ""
    parts = [re.escape(part.value) if isinstance(part, s.Str) else ".*" for part in expr.parts]
    return "".join(parts) if any(part != ".*" for part in parts) else ""
