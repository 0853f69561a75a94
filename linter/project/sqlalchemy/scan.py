"""What modules and functions do besides defining classes: make tables, map classes to them, reflect, create classes."""

from __future__ import annotations

from collections.abc import Iterator

from linter.facts import syntax as s
from linter.project.sqlalchemy import vocabulary
from linter.project.sqlalchemy.core import Tables
from linter.project.sqlalchemy.declarative import Declarative
from linter.project.sqlalchemy.evaluate import Evaluator
from linter.project.sqlalchemy.imperative import Imperative
from linter.project.sqlalchemy.metadata import MetaDatas
from linter.project.sqlalchemy.naming import flask_name
from linter.project.sqlalchemy.values import (
    UNKNOWN,
    Items,
    Lib,
    Made,
    Member,
    Scope,
    UnknownValue,
    Value,
)
from linter.project.units import ClassSymbol, Unit

# The last names of the calls that are looked at, and the words of `Module.uses` that tell of them.
_CALLS = frozenset({
    "Table", "reflect", "automap_base", "make_versioned", "to_metadata", "tometadata", "map_imperatively", "mapper", "type",
})  # fmt: skip
_PROPERTIES = vocabulary.COLUMNS | vocabulary.RELATIONSHIPS | vocabulary.COLUMN_WRAPPERS
GATES = frozenset({
    "Table(", ".reflect(", "automap_base(", "make_versioned(", "to_metadata(", "tometadata(", "map_imperatively(",
    "mapper(", "__tablename__", "db.Model)", "listens_for(",
})  # fmt: skip


class Scanner:
    def __init__(
        self, values: Evaluator, metadatas: MetaDatas, tables: Tables, declarative: Declarative, imperative: Imperative
    ) -> None:
        self.values = values
        self.metadatas = metadatas
        self.tables = tables
        self.declarative = declarative
        self.imperative = imperative

    def scan(self, unit: Unit, shadow: bool) -> None:
        """Look at everything in a file; `shadow` where what it makes only counts by its name (a migration)."""
        self._block(unit.module.body, self.values.module(unit), shadow)

    def _block(self, block: tuple[s.Stmt, ...], scope: Scope, shadow: bool) -> None:
        for node in block:
            for expr in _expressions(node):
                for call in _calls(expr):
                    if _last_name(call.func) in _CALLS:
                        self._call(call, scope, shadow)
            if isinstance(node, s.Assign):
                self._assigned(node, scope, shadow)
            if scope.function is not None:
                self.values.bind(node, scope)
            if isinstance(node, s.FunctionDef):
                # A declared_attr was run for each class that has it: all that it makes is known.
                if not any(_last_name(_called(d)) in vocabulary.DECLARED for d in node.decorators):
                    self._function(node, scope)
            elif isinstance(node, s.ClassDef):
                self._class(node, scope, shadow)
            for inner in _blocks(node):
                self._block(inner, scope, shadow)

    def _function(self, node: s.FunctionDef, scope: Scope) -> None:
        names: dict[str, Value] = {param.name: UNKNOWN for param in node.params}
        outer = scope if scope.function is not None else None
        self._block(scope.unit.body(node).statements, Scope(scope.unit, node, names, None, outer), True)

    def _class(self, node: s.ClassDef, scope: Scope, shadow: bool) -> None:
        symbol = self.values.class_in(node, scope)
        if scope.function is not None:
            self._local_class(symbol)
        self._block(node.body, self.values.inside(symbol), shadow)

    def _local_class(self, symbol: ClassSymbol) -> None:
        """A class that is made when a function runs: its table's name counts, nothing else of it is looked at."""
        if not symbol.node.bases:
            return
        mapper = self.declarative.mapper(symbol)
        if mapper is not None:
            if (
                mapper.table is not None
                and mapper.table.site.unit is symbol.unit
                and mapper.table.site.function is not None
            ):
                mapper.table.shadow = True
        elif "__tablename__" in symbol.names or not self.declarative.lineages.of(symbol).whole:
            # Mapped, if at all, by something that was not understood.
            self.tables.strays |= {flask_name(symbol.name), symbol.name.lower()}

    def _call(self, call: s.Call, scope: Scope, shadow: bool) -> None:
        name = _last_name(call.func)
        if name == "reflect" and isinstance(call.func, s.Attr):
            self._open(self.values.value(call.func.value, scope), "tables are read from the database")
            return
        if name in ("to_metadata", "tometadata") and call.args:
            self.tables.are_copied = True
            return
        made = self.values.value(call, scope)
        if name == "type" and len(call.args) == 3:
            self._created(made, call, scope, shadow)
            return
        if not isinstance(made, Made):
            return
        if made.kind == "Table":
            self.tables.read(made, None, shadow)
        elif made.kind in ("map_imperatively", "mapper"):
            self.imperative.map(made, scope)
        elif made.kind == "automap_base":
            self.metadatas.of(made)
        elif made.func == Lib("sqlalchemy_continuum.make_versioned"):
            self.tables.why_open = self.tables.why_open or "SQLAlchemy-Continuum makes tables of its own"

    def _assigned(self, node: s.Assign, scope: Scope, shadow: bool) -> None:
        """`User.posts = relationship(…)`: of a class that is known when the module runs, else of any class."""
        if not isinstance(node.value, s.Call) or _last_name(node.value.func) not in _PROPERTIES:
            return
        for target in node.targets:
            if not isinstance(target, s.Attr):
                continue
            holder, made = self.values.value(target.value, scope), self.values.value(node.value, scope)
            mapper = self.declarative.mapper(holder) if isinstance(holder, ClassSymbol) else None
            if mapper is not None and isinstance(made, Made) and not shadow:
                self.declarative.attach(mapper, target.name, made)
            elif mapper is not None:
                mapper.open = mapper.open or f"`{target.name}` may be added to it"
            elif isinstance(holder, UnknownValue) and isinstance(made, Made) and made.kind:
                self.tables.why_mappers_open = "attributes are added to classes that are not known"

    def _open(self, value: Value, why: str) -> None:
        metadata = self.metadatas.of(value)
        if metadata is not None:
            metadata.open = metadata.open or why
        elif isinstance(value, UnknownValue):
            self.tables.why_open = self.tables.why_open or why

    def _created(self, made: Value, call: s.Call, scope: Scope, shadow: bool) -> None:
        """`type("User", (Base,), {…})`."""
        if isinstance(made, ClassSymbol):
            if scope.function is not None:
                self._local_class(made)
            elif not shadow:
                self.declarative.mapper(made)
            return
        bases = self.values.value(call.args[1], scope)
        for base in bases.items if isinstance(bases, Items) else ():
            metadata = self.metadatas.of(base) if isinstance(base, (ClassSymbol, Made, Member)) else None
            if metadata is not None:
                metadata.open = metadata.open or "classes are made for it by `type()`"


def _expressions(node: s.Stmt) -> Iterator[s.Expr]:
    if isinstance(node, (s.Assign, s.AugAssign, s.ExprStmt, s.Return)):
        if node.value is not None:
            yield node.value
    elif isinstance(node, s.For):
        yield node.iterable
    elif isinstance(node, s.With):
        for expr, _ in node.items:
            yield expr
    elif isinstance(node, s.If):
        yield node.test


def _blocks(node: s.Stmt) -> Iterator[tuple[s.Stmt, ...]]:
    if isinstance(node, (s.If, s.For)):
        yield node.body
        yield node.orelse
    elif isinstance(node, s.With):
        yield node.body
    elif isinstance(node, s.Try):
        yield node.body
        for handler in node.handlers:
            yield handler.body
        yield node.orelse
        yield node.final


def _calls(expr: s.Expr) -> Iterator[s.Call]:
    """Every call in an expression; those in lambdas and comprehensions run in scopes of their own and are left out."""
    if isinstance(expr, s.Call):
        yield expr
        yield from _calls(expr.func)
        for arg in expr.args:
            yield from _calls(arg)
        for keyword in expr.keywords:
            yield from _calls(keyword.value)
    elif isinstance(expr, s.Attr):
        yield from _calls(expr.value)
    elif isinstance(expr, s.Seq):
        for item in expr.items:
            yield from _calls(item)
    elif isinstance(expr, s.Dict):
        for _, item in expr.items:
            yield from _calls(item)
    elif isinstance(expr, s.Starred):
        yield from _calls(expr.value)
    elif isinstance(expr, s.Cond):
        yield from _calls(expr.body)
        yield from _calls(expr.orelse)


def _called(expr: s.Expr) -> s.Expr:
    return expr.func if isinstance(expr, s.Call) else expr


def _last_name(expr: s.Expr) -> str:
    return expr.name if isinstance(expr, s.Attr) else expr.id if isinstance(expr, s.Name) else ""
