"""What a Django migration does on one database that this database cannot do."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import basename, dirname
from typing import TYPE_CHECKING

from linter.facts import syntax as s
from linter.project.control import evaluated, own, steps
from linter.project.migrations.machine import UNKNOWN, Frame, Function, Machine, Opaque, Value
from linter.project.migrations.rows import (
    DJANGO_DEFAULTS,
    DJANGO_OPERATIONS,
    DJANGO_TYPES,
    EXCLUSION,
    OPERATOR_CLASS,
    SEVERAL_STATEMENTS,
    Row,
)
from linter.project.migrations.sql import refused
from linter.project.migrations.vendors import Vendor
from linter.project.names import last_name
from linter.project.scopes import Scope, full_name
from linter.project.units import ClassSymbol, Unit

if TYPE_CHECKING:
    from linter.project import Project

MIGRATION = ("django.db.migrations.Migration", "django.db.migrations.migration.Migration")
POSTGRES = "django.contrib.postgres."

# Where a migration has none of these, nothing in it depends on the database.
_WORDS = (b"django.contrib.postgres", b"RunSQL")

At = tuple[int, "s.FunctionDef | None"]


def migration_class(project: Project, unit: Unit) -> ClassSymbol | None:
    """The `Migration` of a file in a `migrations` package that no squashed migration replaces."""
    if basename(dirname(unit.path)) == "" or "Migration" not in unit.names:
        return None
    for cls in project.names.classes(unit):
        if cls.name == "Migration" and project.names.is_subclass(cls, *MIGRATION):
            return cls
    return None


def may_depend_on_database(unit: Unit) -> bool:
    module = bytes(unit.facts.module)
    return ".execute(" in unit.module.uses or any(word in module for word in _WORDS)


def replaced(cls: ClassSymbol) -> Iterator[str]:
    """The names in `replaces = [("app", "0001_initial"), …]`."""
    node = cls.member("replaces")
    for item in node.value.items if isinstance(node, s.Assign) and isinstance(node.value, s.Seq) else ():
        if isinstance(item, s.Seq) and len(item.items) == 2 and isinstance(item.items[1], s.Str):
            yield item.items[1].value


class DjangoMigration:
    def __init__(self, project: Project, cls: ClassSymbol, vendor: Vendor) -> None:
        self.project = project
        self.cls = cls
        self.vendor = vendor
        self.machine = Machine(project, vendor, cls.unit.path, self.visit)
        self.found: list[tuple[Row, At]] = []

    def refused(self) -> list[tuple[Row, At]]:
        """The rows of what the database cannot run, each with its place in the file."""
        frame = Frame(Scope(self.cls.unit, (), self.cls))
        self.machine.block(self.cls.node.body, frame)
        self.operations(frame.names.get("operations"))
        return self.found

    def report(self, row: Row | None, at: At) -> None:
        if row is not None and self.vendor in row.fails and (row, at) not in self.found:
            self.found.append((row, at))

    # --- operations ---

    def operations(self, value: Value) -> None:
        for item in value if isinstance(value, list) else ():
            if isinstance(item, Opaque) and isinstance(item.expr, s.Call):
                self.operation(item.expr, item.frame)

    def operation(self, call: s.Call, frame: Frame) -> None:
        name = full_name(self.project.names, frame.scope, call.func)
        kind = name.rpartition(".")[2]
        if name.startswith(POSTGRES):
            self.report(DJANGO_OPERATIONS.get(kind), frame.at(call.at))
        if not name.startswith("django.") or call.keyword("hints") is not None or _is_true(call.keyword("elidable")):
            return  # an operation of the project's own, one that a router may skip, one that a squash drops
        if kind == "RunSQL":
            self.run_sql(self.argument(call, 0, "sql", frame), frame.at(call.at))
        elif kind == "RunPython":
            self.run_python(self.argument(call, 0, "code", frame), call, frame)
        elif kind == "SeparateDatabaseAndState":
            self.operations(self.argument(call, 0, "database_operations", frame))
        elif kind in ("AddConstraint", "AddConstraintNotValid"):
            self.constraint(self.argument(call, 1, "constraint", frame), frame.at(call.at))
        elif kind in ("AddIndex", "AddIndexConcurrently"):
            self.index(self.argument(call, 1, "index", frame), frame.at(call.at))
        elif kind in ("AddField", "AlterField"):
            self.field(self.argument(call, 2, "field", frame), frame.at(call.at), is_added=kind == "AddField")
        elif kind == "CreateModel":
            self.create_model(call, frame)

    def argument(self, call: s.Call, position: int, keyword: str, frame: Frame) -> Value:
        expr = call.keyword(keyword)
        if expr is None and position < len(call.args):
            expr = call.args[position]
        return self.machine.value(expr, frame) if expr is not None and call.is_exact else UNKNOWN

    def create_model(self, call: s.Call, frame: Frame) -> None:
        fields = self.argument(call, 1, "fields", frame)
        for pair in fields if isinstance(fields, list) else ():
            if isinstance(pair, list) and len(pair) == 2:
                self.field(pair[1], None, is_added=False)
        options = self.argument(call, 2, "options", frame)
        if isinstance(options, Opaque) and isinstance(options.expr, s.Dict):
            for key, expr in options.expr.items:
                values = self.machine.value(expr, options.frame)
                for item in values if isinstance(values, list) else ():
                    if isinstance(key, s.Str) and key.value == "constraints":
                        self.constraint(item, None)
                    elif isinstance(key, s.Str) and key.value == "indexes":
                        self.index(item, None)

    def made(self, value: Value) -> tuple[s.Call, Frame, str] | None:
        """A call of a class of django.contrib.postgres: the call and the class's name."""
        if not isinstance(value, Opaque) or not isinstance(value.expr, s.Call):
            return None
        name = full_name(self.project.names, value.frame.scope, value.expr.func)
        return (value.expr, value.frame, name.rpartition(".")[2]) if name.startswith("django.") else None

    # `at` below: the operation's place; None in CreateModel, where the field or constraint itself says more.

    def constraint(self, value: Value, at: At | None) -> None:
        made = self.made(value)
        if made is not None and made[2] == "ExclusionConstraint":
            self.report(EXCLUSION, at or made[1].at(made[0].at))

    def index(self, value: Value, at: At | None) -> None:
        made = self.made(value)
        for arg in made[0].args if made is not None else ():
            for part, _ in evaluated(arg):
                if made is not None and isinstance(part, s.Call) and last_name(part.func) == "OpClass":
                    self.report(OPERATOR_CLASS, at or made[1].at(made[0].at))

    def field(self, value: Value, at: At | None, is_added: bool) -> None:
        made = self.made(value)
        if made is None or not full_name(self.project.names, made[1].scope, made[0].func).startswith(POSTGRES):
            return
        call, frame, kind = made
        where = at or frame.at(call.at)
        self.report(DJANGO_TYPES.get(kind), where)
        default = call.keyword("default")
        if is_added and default is not None and not (isinstance(default, s.Lit) and default.value is None):
            self.report(DJANGO_DEFAULTS.get(kind), where)

    # --- SQL ---

    def run_sql(self, value: Value, at: At) -> None:
        """A text, or a list of texts and of `(text, parameters)`."""
        for item in value if isinstance(value, list) else [value]:
            text = item[0] if isinstance(item, list) and item else item
            if isinstance(text, str):
                self.report(refused(text, self.vendor), at)

    def run_python(self, code: Value, call: s.Call, frame: Frame) -> None:
        if isinstance(code, Function) and not code.symbol.unit.is_library:
            self.machine.run(code, [UNKNOWN, UNKNOWN], {}, frame, call.at)
        elif isinstance(code, Opaque) and isinstance(code.expr, s.Lambda):
            names: dict[str, Value] = {param.name: UNKNOWN for param in code.expr.params}
            inner = Frame(code.frame.scope, {**code.frame.names, **names}, code.frame.entry, code.frame.depth + 1)
            self.machine.calls(code.expr.body, inner)

    def visit(self, call: s.Call, frame: Frame) -> bool:
        """`schema_editor.execute("…")`, `cursor.execute("…")`."""
        if not isinstance(call.func, s.Attr) or call.func.name != "execute" or not call.args:
            return False
        text = self.machine.value(call.args[0], frame)
        if isinstance(text, str) and not _on_another_database(frame.scope):
            self.report(refused(text, self.vendor), frame.at(call.at))
            if self.project.migrations.refuses_script(self.vendor, text):
                self.report(SEVERAL_STATEMENTS, frame.at(call.at))
        return True


def _is_true(expr: s.Expr | None) -> bool:
    return isinstance(expr, s.Lit) and expr.value is True


def _on_another_database(scope: Scope) -> bool:
    """Whether a function asks for a connection by its alias: `connections["legacy"]`."""
    for step in steps(scope.statements):
        for expr in own(step.node):
            for part, _ in evaluated(expr):
                if isinstance(part, s.Sub) and last_name(part.value) == "connections":
                    if not (isinstance(part.index, s.Str) and part.index.value == "default"):
                        return True
    return False
