"""What the columns of an Alembic revision are, and which database cannot have them so."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from linter.facts import syntax as s
from linter.project.control import evaluated, own
from linter.project.migrations.machine import Frame, Machine, Opaque, Value
from linter.project.migrations.rows import (
    ALTER_WITHOUT_USING,
    ARRAY,
    CHANGING_DEFAULT,
    COLLATION_OF_SQLITE,
    COLUMN_WITH_KEY,
    ENUM_NOT_CREATED,
    ENUM_WITHOUT_NAME,
    IN_DEFAULTS,
    JSONB_ON_MYSQL,
    MYSQL_TYPES,
    NUMBER_AS_BOOLEAN,
    POSTGRESQL_TYPES,
    STRING_WITHOUT_LENGTH,
    UNIQUE_COLUMN,
    UUID_BY_FUNCTION,
    WORD_AS_BOOLEAN,
    Row,
)
from linter.project.migrations.sql import refused
from linter.project.migrations.vendors import SQLITE, Vendor
from linter.project.names import dotted, last_name
from linter.project.scopes import full_name
from linter.project.units import walk

if TYPE_CHECKING:
    from linter.project import Project
    from linter.project.units import Unit

At = tuple[int, "s.FunctionDef | None"]
Report = Callable[["Row | None", At], None]

# Types between which PostgreSQL casts by itself; anything becomes a text.
_KINDS = {
    name: kind
    for kind, names in {
        "text": "String Text Unicode UnicodeText VARCHAR TEXT CHAR NVARCHAR",
        "number": "Integer BigInteger SmallInteger Float Numeric INTEGER BIGINT SMALLINT FLOAT NUMERIC REAL",
        "boolean": "Boolean BOOLEAN",
        "moment": "DateTime Date Time Interval TIMESTAMP DATE TIME DATETIME INTERVAL",
        "json": "JSON JSONB",
        "uuid": "Uuid UUID",
        "bytes": "LargeBinary BYTEA",
    }.items()
    for name in names.split()
}
_UUID_FUNCTION = re.compile(r"\b(gen_random_uuid|uuid_generate_v[14])\s*\(", re.I)
_CHANGING = re.compile(r"^\s*(\(.*\)|CURRENT_(TIMESTAMP|DATE|TIME))\s*$", re.I | re.S)
_WORDS = frozenset({"false", "true", "f", "t"})


class Columns:
    def __init__(self, project: Project, unit: Unit, vendor: Vendor, machine: Machine, report: Report) -> None:
        self.project = project
        self.unit = unit
        self.vendor = vendor
        self.machine = machine
        self.report = report
        self.booleans: set[tuple[str, str]] = set()  # tables and their columns of that type
        self._enums: set[str] = set()  # the types that tables of this revision have brought

    def column(self, value: Value, table: Value, is_added: bool, is_altered: bool) -> None:
        """A `Column(…)` in `create_table`, or (`is_added`) in `add_column`, which (`is_altered`) is an ALTER TABLE."""
        if (
            not isinstance(value, Opaque)
            or not isinstance(value.expr, s.Call)
            or last_name(value.expr.func) != "Column"
        ):
            return
        call, frame = value.expr, value.frame
        typed = call.keyword("type_") or next(iter(call.args[1:2]), None)
        kind = self.type(typed, frame, is_added) if typed is not None else ""
        default = call.keyword("server_default")
        if default is not None:
            self.default(default, frame, kind, is_altered)
        name = self.machine.value(call.args[0], frame) if call.args else None
        if kind in ("Boolean", "BOOLEAN") and isinstance(name, str) and isinstance(table, str):
            self.booleans.add((table.lower(), name.lower()))
        if is_altered:
            for arg in call.args[1:]:
                if isinstance(arg, s.Call) and last_name(arg.func) == "ForeignKey":
                    self.report(COLUMN_WITH_KEY, frame.at(call.at))
            unique = call.keyword("unique")
            if isinstance(unique, s.Lit) and unique.value is True:
                self.report(UNIQUE_COLUMN, frame.at(call.at))

    def default(self, expr: s.Expr, frame: Frame, kind: str, is_altered: bool) -> None:
        at = frame.at(getattr(expr, "at", s.NOWHERE))
        is_boolean = kind in ("Boolean", "BOOLEAN")
        if isinstance(expr, s.Call) and last_name(expr.func) == "text" and expr.args:
            text = self.machine.value(expr.args[0], frame)
            if not isinstance(text, str):
                return
            row = refused(text, self.vendor)
            self.report(row if row is not None and row.what in IN_DEFAULTS else None, at)
            if is_boolean and text.strip() in ("0", "1"):
                self.report(NUMBER_AS_BOOLEAN, at)
            if _UUID_FUNCTION.search(text):
                self.report(UUID_BY_FUNCTION, at)
            if is_altered and _CHANGING.match(text):
                self.report(CHANGING_DEFAULT, at)
        elif isinstance(expr, s.Call) and is_altered and last_name(expr.func) in ("now", "current_timestamp"):
            self.report(CHANGING_DEFAULT, at)
        elif is_boolean and isinstance(expr, s.Str) and expr.value.lower() in _WORDS:
            self.report(WORD_AS_BOOLEAN, at)

    def altered(self, call: s.Call, frame: Frame, at: At, table: str, column: str) -> None:
        """`alter_column(…, type_=…)`."""
        new, old = call.keyword("type_"), call.keyword("existing_type")
        kind = self.type(new, frame, is_added=True) if new is not None else ""
        if old is None or not call.is_exact or call.keyword("postgresql_using") is not None:
            return
        one, other = _KINDS.get(self.named(old, frame)[1], ""), _KINDS.get(kind, "")
        if one and other not in ("", "text", one) and table and self._is_surely(table, column, one):
            self.report(ALTER_WITHOUT_USING, at)

    def _is_surely(self, table: str, column: str, kind: str) -> bool:
        """Whether all that other revisions say of a column is that it is of a kind: `existing_type` is what was found in
        somebody's database, which may have been another one."""
        found: set[str] = set()
        for unit in self.project.units():
            if unit is not self.unit and unit.says(table) and unit.says(column) and unit.mentions("down_revision"):
                for function in self.project.functions(unit):
                    found.update(_kinds_of(unit.body(function.node).statements, column))
        return found == {kind}

    # --- types ---

    def named(self, expr: s.Expr, frame: Frame) -> tuple[str, str, Opaque | None]:
        """SQLAlchemy's own type that an expression makes: its full name, and the last part of that."""
        value = self.machine.value(expr, frame)
        if not isinstance(value, Opaque):
            return "", "", None
        named = value.expr.func if isinstance(value.expr, s.Call) else value.expr
        name = full_name(self.project.names, value.frame.scope, named)
        if not name.startswith("sqlalchemy.") or dotted(named) is None:
            return "", "", None
        return name, name.rpartition(".")[2], value

    def type(self, expr: s.Expr, frame: Frame, is_added: bool) -> str:
        """A column type, `postgresql.JSONB()` or the bare class; one `with_variant(…)` is made for several databases."""
        name, last, value = self.named(expr, frame)
        if value is None or last in self._compiled:
            return ""
        at = value.frame.at(getattr(value.expr, "at", s.NOWHERE))
        for row in self._rows_of_type(name, last, value.expr):
            self.report(row, at)
        if last in ("Enum", "ENUM") and isinstance(value.expr, s.Call):
            self._enum(value.expr, value.frame, at, is_added)
        return last

    def _rows_of_type(self, name: str, last: str, expr: s.Expr) -> Iterator[Row]:
        if name.startswith("sqlalchemy.dialects.postgresql."):
            if last in POSTGRESQL_TYPES:
                yield POSTGRESQL_TYPES[last]
            if last == "JSONB" and self.vendor != SQLITE:
                yield JSONB_ON_MYSQL
        elif name.startswith("sqlalchemy.dialects.mysql."):
            if last in MYSQL_TYPES:
                yield MYSQL_TYPES[last]
        elif last == "ARRAY":
            yield ARRAY
        elif last in ("String", "Unicode", "VARCHAR"):
            if not (isinstance(expr, s.Call) and (expr.args or expr.keywords)):
                yield STRING_WITHOUT_LENGTH
            elif isinstance(expr, s.Call) and _is_text(expr.keyword("collation"), "NOCASE"):
                yield COLLATION_OF_SQLITE

    def _enum(self, call: s.Call, frame: Frame, at: At, is_added: bool) -> None:
        """PostgreSQL has a type for each enumeration, which `create_table` brings and `add_column` does not."""
        if call.keyword("native_enum") is not None or not call.is_exact:
            return
        name = call.keyword("name")
        is_listed = all(isinstance(arg, s.Str) for arg in call.args)
        if name is not None:
            text = self.machine.value(name, frame)
        else:  # a class of Python's gives its name
            text = None if is_listed else last_name(call.args[0]).lower()
            self.report(ENUM_WITHOUT_NAME if is_listed and call.args else None, at)
        if type(text) is not str or not text:
            return
        if not is_added:
            self._enums.add(text)
        elif text not in self._enums and not self._is_created(text):
            self.report(ENUM_NOT_CREATED, at)

    def _is_created(self, enum: str) -> bool:
        """Whether a revision, this one or another, may create an enumeration by itself."""
        if any(self.unit.mentions(word) for word in ("create", "CREATE", "execute", "run_sync")):
            return True
        others = (unit for unit in self.project.units() if unit is not self.unit and unit.mentions("down_revision"))
        return any(unit.mentions(enum) for unit in others)

    @property
    def _compiled(self) -> frozenset[str]:
        """Types that the project itself renders for this database: `@compiles(JSONB, "sqlite")`."""
        return self.project.migrations.compiled(self.vendor)


def _is_text(expr: s.Expr | None, text: str) -> bool:
    return isinstance(expr, s.Str) and expr.value == text


def _kinds_of(block: tuple[s.Stmt, ...], column: str) -> Iterator[str]:
    """The kinds of type that a function gives columns of a name, "" for one that is not known."""
    for node, _ in walk(block):
        for expr in own(node):
            for call in (part for part, _ in evaluated(expr) if isinstance(part, s.Call)):
                if not any(_is_text(arg, column) for arg in call.args[:2]):
                    continue
                typed = call.keyword("type_")
                if typed is None and last_name(call.func) == "Column":
                    typed = next(iter(call.args[1:2]), None)
                if typed is not None:
                    yield _KINDS.get(last_name(typed.func if isinstance(typed, s.Call) else typed), "")
