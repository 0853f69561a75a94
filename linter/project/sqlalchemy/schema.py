"""MetaData, tables, columns, constraints and foreign keys, as SQLAlchemy would hold them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import takewhile
from typing import TYPE_CHECKING, Literal

import msgspec

from linter.project.sqlalchemy.values import Given, Member, Site, Value

if TYPE_CHECKING:
    from linter.project.sqlalchemy.annotations import Annotation
    from linter.project.sqlalchemy.families import Family

# A schema that is set, but to what cannot be said: `MetaData(schema=conf.get(…))`.
SOME_SCHEMA = "?"

_TEST_FOLDERS = frozenset({"tests", "test", "testing"})


class MetaData(msgspec.Struct, eq=False):
    """One collection of tables; strings in foreign keys are looked up in it alone.

    `open` says why tables may be in it that were not seen, "" where all were. `local`: it lives in a function, and nobody
    else's tables can be in it."""

    key: tuple[object, ...]
    label: str
    schema: str | None = None
    local: bool = False
    bind_of: tuple[object, ...] | None = None  # Flask-SQLAlchemy: the key of the MetaData that this one is a bind of
    open: str = ""
    classes_open: str = ""  # why classes may be mapped in its registry that were not seen
    open_in_tests: str = ""  # only tests see more tables in it
    tables: dict[tuple[str | None, str], Table] = msgspec.field(default_factory=dict)

    def doubt(self, why: str, path: str, classes: bool = False) -> None:
        """Something in a file may put tables into it, and perhaps map `classes` there."""
        if is_test(path):
            self.open_in_tests = self.open_in_tests or why
        else:
            self.open = self.open or why
            if classes:
                self.classes_open = self.classes_open or why

    def find(self, schema: str | None, name: str) -> Table | None:
        return self.tables.get((schema if schema is not None else self.schema, name))

    def named(self, name: str) -> list[Table]:
        """The tables of a name in whatever schema."""
        return [table for (_, other), table in self.tables.items() if other == name]


class ForeignKey(msgspec.Struct, eq=False):
    """One reference of one column. `text` is what names its target, where a string does; `reference` a Column object.

    `origin` is where the string literal stands, None where it is put together; `site` is where the target is given."""

    text: str | None
    reference: Value | None
    site: Site
    origin: Site | None = None
    ondelete: str | None = None
    by_name: bool = False  # link_to_name: the last part is the column's name, not its key
    constraint: Constraint | None = None  # the ForeignKeyConstraint that it is a part of
    given: Mapping[str, Given] = msgspec.field(default_factory=dict)  # its keyword arguments
    whole: bool = True  # no other arguments than these

    def named(self, local: Column) -> str:
        """The name by which the target column is looked up; a string without a dot means one named like the `local` one."""
        if self.text is not None:
            return split(self.text)[2] or local.key
        return self.reference.name if isinstance(self.reference, Member) else ""


class Column(msgspec.Struct, eq=False):
    """`name` is the column's name in the database, `key` what foreign keys and `table.c` call it. None: not known.

    `vague`: not all of its arguments were understood, it may have foreign keys besides. `maker` is what makes it: `Column`,
    `mapped_column`, `Field` of SQLModel, or "" where it is an annotation alone. `given` are its keyword arguments
    (`server_default`, `default`, `onupdate`, `comment`, …), and its type as `type_`; `site` is the whole call."""

    name: str
    key: str
    site: Site
    type: str | None = None
    nullable: bool | None = None
    primary_key: bool | None = False
    index: bool | None = False
    unique: bool | None = False
    foreign_keys: list[ForeignKey] = msgspec.field(default_factory=list)
    vague: bool = False
    says_nullable: bool = False  # it was not left to the default, nor to the annotation
    maker: str = ""
    family: Family | None = None
    given: Mapping[str, Given] = msgspec.field(default_factory=dict)
    annotation: Annotation | None = None


class Named(msgspec.Struct, eq=False):
    """What a constraint or an index names: a `column`, by its key in a string (`text`) or as an object. Where there is a
    `text` and no column, the table has none of that key. With neither it is an expression, or was not understood."""

    text: str | None
    column: Column | None
    site: Site


class Constraint(msgspec.Struct, eq=False):
    """`kind` is the class: `Index`, `UniqueConstraint`, `PrimaryKeyConstraint`, `ForeignKeyConstraint`, `CheckConstraint`, …

    `name` is None where it has none or it is not known. `first` is the first argument of an `Index` as it is given, which
    is always its name. Not `whole`: it may name other columns besides. `partial`: an index of some of the rows only."""

    kind: str
    site: Site
    name: str | None = None
    columns: list[Named] = msgspec.field(default_factory=list)
    whole: bool = True
    unique: bool = False
    partial: bool = False
    first: Given | None = None

    @property
    def keys(self) -> list[str] | None:
        """The keys of the columns; None where one of them is no plain column."""
        found = [named.column.key for named in self.columns if named.column is not None]
        return found if len(found) == len(self.columns) and self.whole else None


class Definition(msgspec.Struct, frozen=True):
    """One place that says what is in a table. `extends`: it may add to a table that is there (`extend_existing`,
    `keep_existing`), None if that is not known. `for_mysql`: it names an engine of MySQL's."""

    site: Site
    extends: bool | None
    for_mysql: bool = False


class Table(msgspec.Struct, eq=False):
    """`schema` is the one in force. `open`: why it may have more columns. `columns` are by key, in the order of the table.

    `constraints` are what it is given as such; those of a single column (`index=True`, `unique=True`, `ForeignKey(…)`)
    stand at the column. `definitions` are all the places that define it: more than one are too many, if none extends it."""

    name: str
    schema: str | None
    metadata: MetaData
    site: Site
    columns: dict[str, Column] = msgspec.field(default_factory=dict)
    open: str = ""
    shadow: bool = False  # made in a function or a migration: its name counts, nothing else
    bind: str | None = None
    constraints: list[Constraint] = msgspec.field(default_factory=list)
    definitions: list[Definition] = msgspec.field(default_factory=list)
    args_open: str = ""  # why it may have constraints and indexes that were not seen

    @property
    def full_name(self) -> str:
        return f"{self.schema}.{self.name}" if self.schema and self.schema != SOME_SCHEMA else self.name

    @property
    def primary_key(self) -> list[Column] | None:
        """The columns of the key, empty where it has none for sure; None where that cannot be told."""
        if any(column.primary_key is None for column in self.columns.values()):
            return None
        found = [column for column in self.columns.values() if column.primary_key]
        return found if found or not (self.open or self.args_open) else None

    def access_paths(self) -> Iterator[list[str]]:
        """The keys of the columns of every index, its key's and those of unique constraints among them, in their order.

        A partial index is left out, and of one with an expression only what stands before that is given."""
        for constraint in self.constraints:
            if constraint.kind in ("Index", "UniqueConstraint", "PrimaryKeyConstraint", "ExcludeConstraint"):
                before = list(takewhile(lambda named: named.column is not None, constraint.columns))
                if before and not constraint.partial:
                    yield [named.column.key for named in before if named.column is not None]
        if not any(constraint.kind == "PrimaryKeyConstraint" for constraint in self.constraints):
            key = [column.key for column in self.columns.values() if column.primary_key]
            if key:
                yield key
        for column in self.columns.values():
            if column.index or column.unique:
                yield [column.key]

    def is_indexed(self, column: Column) -> bool | None:
        """Whether an index starts with a column; None where that cannot be told."""
        if any(path[0] == column.key for path in self.access_paths()):
            return True
        unsure = self.open or self.args_open or column.vague or None in (column.index, column.unique)
        return None if unsure else False

    @property
    def is_for_mysql(self) -> bool:
        """Whether it says which of MySQL's engines keeps it: MySQL is what it is meant for."""
        return any(definition.for_mysql for definition in self.definitions)

    def by_name(self, name: str) -> Column | None:
        return next((column for column in self.columns.values() if column.name == name), None)

    def foreign_keys(self) -> Iterator[tuple[Column, ForeignKey]]:
        for column in self.columns.values():
            for key in column.foreign_keys:
                yield column, key


Verdict = Literal["found", "no table", "no column", "unknown"]


class Resolution(msgspec.Struct, frozen=True):
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
