"""MetaData, tables, columns, foreign keys, mapped classes and relationships, as SQLAlchemy would hold them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from linter.project.sqlalchemy.values import Member, Site, Value
from linter.project.units import ClassSymbol

# A schema that is set, but to what cannot be said: `MetaData(schema=conf.get(…))`.
SOME_SCHEMA = "?"

_TEST_FOLDERS = frozenset({"tests", "test", "testing"})


@dataclass(eq=False)
class MetaData:
    """One collection of tables; strings in foreign keys are looked up in it alone.

    `open` says why tables may be in it that were not seen, "" where all were. `local`: it lives in a function, and nobody
    else's tables can be in it."""

    key: tuple[object, ...]
    label: str
    schema: str | None = None
    local: bool = False
    bind_of: tuple[object, ...] | None = None  # Flask-SQLAlchemy: the key of the MetaData that this one is a bind of
    open: str = ""
    open_in_tests: str = ""  # only tests see more tables in it
    tables: dict[tuple[str | None, str], Table] = field(default_factory=dict)

    def doubt(self, why: str, path: str) -> None:
        """Something in a file may put tables into it."""
        if is_test(path):
            self.open_in_tests = self.open_in_tests or why
        else:
            self.open = self.open or why

    def find(self, schema: str | None, name: str) -> Table | None:
        return self.tables.get((schema if schema is not None else self.schema, name))

    def named(self, name: str) -> list[Table]:
        """The tables of a name in whatever schema."""
        return [table for (_, other), table in self.tables.items() if other == name]


@dataclass(eq=False)
class ForeignKey:
    """One reference of one column. `text` is what names its target, where a string does; `reference` a Column object.

    `origin` is where the string literal stands, None where it is put together; `site` is where the target is given."""

    text: str | None
    reference: Value | None
    site: Site
    origin: Site | None = None
    ondelete: str | None = None
    by_name: bool = False  # link_to_name: the last part is the column's name, not its key

    def named(self, local: Column) -> str:
        """The name by which the target column is looked up; a string without a dot means one named like the `local` one."""
        if self.text is not None:
            return split(self.text)[2] or local.key
        return self.reference.name if isinstance(self.reference, Member) else ""


@dataclass(eq=False)
class Column:
    """`name` is the column's name in the database, `key` what foreign keys and `table.c` call it. None: not known.

    `vague`: not all of its arguments were understood, it may have foreign keys besides."""

    name: str
    key: str
    site: Site
    type: str | None = None
    nullable: bool | None = None
    primary_key: bool | None = False
    index: bool | None = False
    unique: bool | None = False
    foreign_keys: list[ForeignKey] = field(default_factory=list)
    vague: bool = False
    says_nullable: bool = False  # it was not left to the default, nor to the annotation


@dataclass(eq=False)
class Table:
    """`schema` is the one in force, `written` whether the table itself says it. `open`: why it may have more columns."""

    name: str
    schema: str | None
    metadata: MetaData
    site: Site
    columns: dict[str, Column] = field(default_factory=dict)
    open: str = ""
    shadow: bool = False  # made in a function or a migration: its name counts, nothing else
    bind: str | None = None

    @property
    def full_name(self) -> str:
        return f"{self.schema}.{self.name}" if self.schema and self.schema != SOME_SCHEMA else self.name

    def by_name(self, name: str) -> Column | None:
        return next((column for column in self.columns.values() if column.name == name), None)

    def foreign_keys(self) -> Iterator[tuple[Column, ForeignKey]]:
        for column in self.columns.values():
            for key in column.foreign_keys:
                yield column, key


@dataclass(eq=False)
class Relationship:
    """`target` is the mapped class at the other side, None where it is not known; `name` is how it is written.

    `joined`: it says itself how to join (`primaryjoin` and the like), or may do so."""

    key: str
    owner: Mapper
    site: Site
    target: Mapper | None = None
    target_name: str = ""
    secondary: Table | None = None
    has_secondary: bool = False
    joined: bool = False
    uselist: bool | None = None
    back_populates: str | None = None
    backref: str | None = None
    backref_uselist: bool | None = None
    origin: Relationship | None = None  # the one at the other side whose backref made it
    has_remote_side: bool = False
    foreign_columns: frozenset[tuple[str, int, int]] = frozenset()  # the sites of what `foreign_keys=` names


@dataclass(eq=False)
class Mapper:
    """A mapped class. `table` is None where it is not known; `open` says why it may have attributes that were not seen."""

    symbol: ClassSymbol
    metadata: MetaData
    table: Table | None = None
    parent: Mapper | None = None
    concrete: bool = False
    columns: dict[str, Column] = field(default_factory=dict)
    relationships: dict[str, Relationship] = field(default_factory=dict)
    others: set[str] = field(default_factory=set)
    open: str = ""
    inherits_explicitly: bool = False  # `__mapper_args__` has an inherit_condition

    @property
    def name(self) -> str:
        return self.symbol.name

    def attributes(self) -> set[str]:
        return {*self.columns, *self.relationships, *self.others}

    def lineage(self) -> Iterator[Mapper]:
        """The mapper and those whose rows its own are part of."""
        mapper: Mapper | None = self
        while mapper is not None:
            yield mapper
            mapper = None if mapper.concrete else mapper.parent

    def tables(self) -> list[Table | None]:
        """The tables that its rows are spread over: more than one with joined inheritance."""
        found: list[Table | None] = []
        for mapper in self.lineage():
            if mapper.table not in found:
                found.append(mapper.table)
        return found


Verdict = Literal["found", "no table", "no column", "unknown"]


@dataclass(frozen=True)
class Resolution:
    """What a foreign key's target comes to."""

    verdict: Verdict
    table: Table | None = None
    column: Column | None = None


Resolver = Callable[[Table, Column, ForeignKey], Resolution]


def split(text: str) -> tuple[str | None, str, str | None]:
    """The schema, the table and the column of a foreign key's string."""
    parts = text.split(".")
    if len(parts) == 1:
        return None, text, None
    return ".".join(parts[:-2]) or None, parts[-2], parts[-1]


def is_test(path: str) -> bool:
    """Whether a file is one of a test suite: what it makes, the application never sees."""
    *folders, name = path.split("/")
    return (
        name.startswith("test_") or name.endswith("_test.py") or name in ("conftest.py", "tests.py")
        or not _TEST_FOLDERS.isdisjoint(folders)
    )  # fmt: skip
