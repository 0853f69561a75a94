"""What the `upgrade()` of an Alembic revision does on one database that this database cannot do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from linter.facts import syntax as s
from linter.project.migrations.machine import Batch, Frame, Function, Machine, Opaque, Value
from linter.project.migrations.rows import (
    ALEMBIC_CONSTRAINTS,
    ALTER_COLUMN,
    ALTER_WITHOUT_TYPE,
    ARRAY,
    CAST,
    COLUMN_WITH_KEY,
    DROP_INDEX_WITHOUT_TABLE,
    DROP_WITHOUT_TYPE,
    EXCLUDE_CONSTRAINT,
    JSONB_ON_MYSQL,
    MYSQL_TYPES,
    POSTGRESQL_TYPES,
    STRING_WITHOUT_LENGTH,
    TABLE_COMMENT,
    UNIQUE_COLUMN,
    Row,
)
from linter.project.migrations.sql import refused
from linter.project.migrations.vendors import SQLITE, Vendor
from linter.project.names import dotted, last_name
from linter.project.requirements.pins import parse, pin
from linter.project.scopes import Scope, full_name, resolve
from linter.project.units import Binding, FunctionSymbol, Unit

if TYPE_CHECKING:
    from linter.project import Project

At = tuple[int, "s.FunctionDef | None"]
_EXECUTE = frozenset({"execute", "exec_driver_sql"})


def upgrade_function(unit: Unit) -> s.FunctionDef | None:
    """The `upgrade()` of a revision; None where a file is none."""
    names = unit.names
    found: list[Binding] = names.get("upgrade", [])
    if not found or "revision" not in names or "down_revision" not in names:
        return None
    node = found[-1].node
    return node if isinstance(node, s.FunctionDef) else None


class AlembicMigration:
    def __init__(self, project: Project, unit: Unit, upgrade: s.FunctionDef, vendor: Vendor) -> None:
        self.project = project
        self.unit = unit
        self.upgrade = upgrade
        self.vendor = vendor
        self.machine = Machine(project, vendor, unit.path, self.visit)
        self.found: list[tuple[Row, At]] = []

    def refused(self) -> list[tuple[Row, At]]:
        """The rows of what the database cannot run, each with its place in the file."""
        start = Frame(Scope(self.unit))
        self.machine.run(Function(FunctionSymbol(self.unit, self.upgrade)), [], {}, start, self.upgrade.at)
        return self.found

    def report(self, row: Row | None, at: At) -> None:
        if row is None or self.vendor not in row.fails or (row, at) in self.found:
            return
        if row.below and not self._is_below(row.below):
            return
        self.found.append((row, at))

    def _is_below(self, version: str) -> bool:
        """Whether the project pins SQLAlchemy below a version."""
        limit = parse(version)
        for clause in pin(self.project.files, "sqlalchemy").split(","):
            clause = clause.strip()
            wanted = parse(clause.lstrip("=<>~^! "))
            if clause.startswith(("==", "~=", "^")) and wanted[: len(limit)] < limit:
                return True
            if clause.startswith("<") and not clause.startswith("<=") and wanted[: len(limit)] <= limit:
                return True
        return False

    # --- calls ---

    def visit(self, call: s.Call, frame: Frame) -> bool:
        if not isinstance(call.func, s.Attr):
            return False
        base = self.machine.value(call.func.value, frame)
        if isinstance(base, Batch):
            self.operation(call.func.name, call, frame, base)
            return True
        if self.is_op(call.func.value, frame):
            self.operation(call.func.name, call, frame, None)
            return True
        if call.func.name in _EXECUTE and call.args:
            self.execute(call, frame)
            return True
        return False

    def is_op(self, expr: s.Expr, frame: Frame) -> bool:
        symbol = self.project.names.follow(resolve(self.project.names, frame.scope, expr))
        return self.project.names.name_of(symbol) == "alembic.op"

    def operation(self, name: str, call: s.Call, frame: Frame, batch: Batch | None) -> None:
        at = frame.at(call.at)
        copies = batch is not None and batch.recreates  # then SQLite can do what ALTER cannot
        if name == "execute":
            self.execute(call, frame)
        elif name == "alter_column":
            self.alter_column(call, frame, at, copies)
        elif name == "create_exclude_constraint":
            self.report(EXCLUDE_CONSTRAINT, at)
        elif name in ALEMBIC_CONSTRAINTS:
            if not copies:
                self.report(ALEMBIC_CONSTRAINTS[name], at)
            if name == "drop_constraint":
                typed = call.keyword("type_") is not None or len(call.args) > (1 if batch is not None else 2)
                self.report(None if typed or not call.is_exact else DROP_WITHOUT_TYPE, at)
        elif name in TABLE_COMMENT:
            self.report(None if copies else TABLE_COMMENT[name], at)
        elif name == "drop_index" and batch is None:
            named = call.keyword("table_name") is not None or len(call.args) > 1
            self.report(None if named or not call.is_exact else DROP_INDEX_WITHOUT_TABLE, at)
        elif name in ("create_table", "add_column"):
            for arg in call.args:
                self.column(self.machine.value(arg, frame), is_altered=name == "add_column" and not copies)

    def alter_column(self, call: s.Call, frame: Frame, at: At, copies: bool) -> None:
        for keyword, row in ALTER_COLUMN.items():
            if call.keyword(keyword) is not None and not copies:
                self.report(row, at)
                break
        if call.is_exact and call.keyword("existing_type") is None and call.keyword("type_") is None:
            for keyword, row in ALTER_WITHOUT_TYPE.items():
                if call.keyword(keyword) is not None:
                    self.report(row, at)
                    break
        new = call.keyword("type_")
        if new is not None:
            self.type(new, frame)

    # --- columns and their types ---

    def column(self, value: Value, is_altered: bool) -> None:
        """A `Column(…)` in `create_table`, or (`is_altered`) one that ALTER TABLE has to add."""
        if (
            not isinstance(value, Opaque)
            or not isinstance(value.expr, s.Call)
            or last_name(value.expr.func) != "Column"
        ):
            return
        call, frame = value.expr, value.frame
        typed = call.keyword("type_") or next(iter(call.args[1:2]), None)
        if typed is not None:
            self.type(typed, frame)
        default = call.keyword("server_default")
        if isinstance(default, s.Call) and last_name(default.func) == "text" and default.args:
            text = self.machine.value(default.args[0], frame)
            if isinstance(text, str) and refused(text, self.vendor) is CAST.row:
                self.report(CAST.row, frame.at(default.at))
        if is_altered:
            for arg in call.args[1:]:
                if isinstance(arg, s.Call) and last_name(arg.func) == "ForeignKey":
                    self.report(COLUMN_WITH_KEY, frame.at(call.at))
            unique = call.keyword("unique")
            if isinstance(unique, s.Lit) and unique.value is True:
                self.report(UNIQUE_COLUMN, frame.at(call.at))

    def type(self, expr: s.Expr, frame: Frame) -> None:
        """A column type, `postgresql.JSONB()` or the bare class; one `with_variant(…)` is made for several databases."""
        value = self.machine.value(expr, frame)
        if not isinstance(value, Opaque):
            return
        named = value.expr.func if isinstance(value.expr, s.Call) else value.expr
        name = full_name(self.project.names, value.frame.scope, named)
        last = name.rpartition(".")[2]
        at = value.frame.at(getattr(value.expr, "at", s.NOWHERE))
        if not name.startswith("sqlalchemy.") or dotted(named) is None or last in self._compiled:
            return
        for row in self.rows_of_type(name, last, value.expr):
            self.report(row, at)

    def rows_of_type(self, name: str, last: str, expr: s.Expr) -> Iterator[Row]:
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
        elif last in ("String", "Unicode", "VARCHAR") and not (
            isinstance(expr, s.Call) and (expr.args or expr.keywords)
        ):
            yield STRING_WITHOUT_LENGTH

    @property
    def _compiled(self) -> frozenset[str]:
        """Types that the project itself renders for this database: `@compiles(JSONB, "sqlite")`."""
        return self.project.migrations.compiled(self.vendor)

    # --- SQL ---

    def execute(self, call: s.Call, frame: Frame) -> None:
        text = self.sql(call.args[0], frame) if call.args else None
        if text is not None:
            self.report(refused(text, self.vendor), frame.at(call.at))

    def sql(self, expr: s.Expr, frame: Frame) -> str | None:
        """A text, also one in `sa.text(…)`."""
        value = self.machine.value(expr, frame)
        if isinstance(value, Opaque) and isinstance(value.expr, s.Call):
            if last_name(value.expr.func) in ("text", "DDL", "dedent") and value.expr.args:
                return self.sql(value.expr.args[0], value.frame)
        return value if isinstance(value, str) else None
