"""What the `upgrade()` of an Alembic revision does on one database that this database cannot do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.facts import syntax as s
from linter.project.migrations.columns import At, Columns
from linter.project.migrations.machine import Batch, Frame, Function, Machine, Opaque
from linter.project.migrations.rows import (
    ALEMBIC_CONSTRAINTS,
    ALTER_COLUMN,
    ALTER_WITHOUT_TYPE,
    DROP_INDEX_WITHOUT_TABLE,
    DROP_WITHOUT_TYPE,
    EXCLUDE_CONSTRAINT,
    NUMBER_FOR_BOOLEAN,
    SEVERAL_STATEMENTS,
    TABLE_COMMENT,
    Row,
)
from linter.project.migrations.sql import refused, sets_to_number
from linter.project.migrations.vendors import Vendor
from linter.project.names import last_name
from linter.project.requirements.pins import parse, pin
from linter.project.scopes import Scope, resolve
from linter.project.units import Binding, FunctionSymbol, Unit

if TYPE_CHECKING:
    from linter.project import Project

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
        self.columns = Columns(project, unit, vendor, self.machine, self.report)

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
            self.alter_column(call, frame, at, batch)
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
            is_added = name == "add_column"
            table = self.machine.value(call.args[0], frame) if call.args and batch is None else None
            for arg in call.args:
                self.columns.column(self.machine.value(arg, frame), table, is_added, is_added and not copies)

    def alter_column(self, call: s.Call, frame: Frame, at: At, batch: Batch | None) -> None:
        copies = batch is not None and batch.recreates
        for keyword, row in ALTER_COLUMN.items():
            if call.keyword(keyword) is not None and not copies:
                self.report(row, at)
                break
        if call.is_exact and call.keyword("existing_type") is None and call.keyword("type_") is None:
            for keyword, row in ALTER_WITHOUT_TYPE.items():
                if call.keyword(keyword) is not None:
                    self.report(row, at)
                    break
        named = [arg.value for arg in call.args[:2] if isinstance(arg, s.Str)]
        table, column = (*([batch.table] if batch is not None else []), *named, "", "")[:2]
        self.columns.altered(call, frame, at, table, column)

    # --- SQL ---

    def execute(self, call: s.Call, frame: Frame) -> None:
        text = self.sql(call.args[0], frame) if call.args else None
        if text is not None:
            at = frame.at(call.at)
            self.report(refused(text, self.vendor), at)
            self.report(SEVERAL_STATEMENTS if self.project.migrations.refuses_script(self.vendor, text) else None, at)
            if sets_to_number(text, self.columns.booleans):
                self.report(NUMBER_FOR_BOOLEAN, at)

    def sql(self, expr: s.Expr, frame: Frame) -> str | None:
        """A text, also one in `sa.text(…)`."""
        value = self.machine.value(expr, frame)
        if isinstance(value, Opaque) and isinstance(value.expr, s.Call):
            if last_name(value.expr.func) in ("text", "DDL", "dedent") and value.expr.args:
                return self.sql(value.expr.args[0], value.frame)
        return value if isinstance(value, str) else None
