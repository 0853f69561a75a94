"""Queries that importing a module makes, or `AppConfig.ready()`: before the tables may be there."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import basename
from typing import TYPE_CHECKING

import msgspec

from linter.facts import syntax as s
from linter.project.control import own, steps
from linter.project.flow.scopes import Scope as Point
from linter.project.flow.walk import CHILDREN, calls_in
from linter.project.imports.modules import is_migration, is_test
from linter.project.models.apps import APP_CONFIG
from linter.project.names import last_name
from linter.project.scopes import Scope
from linter.project.serving.asking import MAY_ASK, Asking
from linter.project.serving.calls import called, calls_of, name_at, runs_as_written
from linter.project.trace import cached_property, memo
from linter.project.units import FunctionSymbol, Unit
from linter.span import Span

if TYPE_CHECKING:
    from linter.project import Project

MOST_LEVELS = 2


class AtImport(msgspec.Struct, frozen=True):
    """`name` is what asks, or the function of the project that does; `ready`: it is called when the apps are ready."""

    span: Span
    name: str
    through: FunctionSymbol | None
    is_ready: bool


class QueriesAtImport:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.names = project.names
        self.flow = project.flow
        self.asking = Asking(project)

    def of(self, path: str) -> Iterator[AtImport]:
        unit = self.project.unit(path)
        if unit is None or is_test(path) or is_migration(path) or not self._may_ask(unit):
            return
        if not self.project.settings.modules or unit.mentions("setup()"):
            return
        found = [*self._at_import(unit), *self._in_ready(unit)]
        if found and self.project.startup.reached(path):  # asked last: it follows all that the project imports
            yield from found

    def _at_import(self, unit: Unit) -> Iterator[AtImport]:
        points: dict[int, Point] = {}
        blocks = [(None, unit.statements), *((cls, cls.statements) for cls in self.names.classes(unit))]
        for owner, block in blocks:
            for node, guard in block:
                for expr in own(node) if not guard else ():
                    if not self._is_candidate(node, expr):
                        continue
                    points = points or {id(expr): scope for expr, scope in self.flow.outer_points(unit)}
                    if id(expr) in points:
                        scope = Scope(unit, (), owner)
                        for at, name, through in self._asked(expr, points[id(expr)], scope, isinstance(node, s.For)):
                            yield AtImport(unit.span(at), name, through, False)

    def _in_ready(self, unit: Unit) -> Iterator[AtImport]:
        if basename(unit.path) not in ("apps.py", "__init__.py") or b"ready" not in unit.facts.module:
            return
        for cls in self.names.classes(unit):
            node = cls.member("ready")
            if isinstance(node, s.FunctionDef) and self.names.is_subclass(cls, *APP_CONFIG):
                for at, name, through in self._in_function(FunctionSymbol(unit, node, cls), MOST_LEVELS):
                    yield AtImport(unit.span(at, node), name, through, True)

    def _may_ask(self, unit: Unit) -> bool:
        module = unit.facts.module
        return b"objects" in module or b"ready" in module or any(name in module for name in self._asking_functions)

    def _is_candidate(self, node: s.Stmt, expr: s.Expr) -> bool:
        """Whether an expression is worth a look, before anything is known of it."""
        if isinstance(node, s.For) or next(_loops(expr), None) is not None:
            return True
        names = (last_name(call.func) for call in calls_of(expr))
        return any(name in MAY_ASK or name.encode() in self._asking_functions for name in names)

    @cached_property
    def _asking_functions(self) -> frozenset[bytes]:
        """The names of functions that may ask: only what calls one of these is looked into."""
        found: set[bytes] = set()
        for unit in self.project.units():
            if unit.mentions("objects") and not is_test(unit.path):
                holding = set(unit.bodies_holding([b"objects"]))
                found.update(
                    node.name.encode()
                    for node, _ in unit.statements
                    if isinstance(node, s.FunctionDef) and node.body in holding
                )
        return frozenset(found)

    def _asked(
        self, expr: s.Expr, point: Point, scope: Scope, is_loop: bool, levels: int = MOST_LEVELS
    ) -> Iterator[tuple[int, str, FunctionSymbol | None]]:
        """The first thing in an expression that asks the database when it is worked out."""
        if is_loop and isinstance(expr, s.Call) and self.asking.is_lazy(expr, point):
            yield expr.at, "for", None
            return
        for loop in _loops(expr):
            if isinstance(loop.clauses[0].iterable, s.Call) and self.asking.is_lazy(loop.clauses[0].iterable, point):
                yield loop.clauses[0].iterable.at, "for", None
                return
        inline = {id(call) for call in calls_of(expr)}
        for call, where in calls_in(expr, point):
            if id(call) not in inline:
                continue
            name = self.asking.query(call, where)
            if name:
                yield name_at(call), name, None
                return
            function = self._function(scope, call) if levels else None
            if function is not None and self._in_function(function, levels - 1):
                yield name_at(call), function.node.name, function
                return

    def _function(self, scope: Scope, call: s.Call) -> FunctionSymbol | None:
        if last_name(call.func).encode() not in self._asking_functions:
            return None
        function = called(self.names, scope, call)
        return function if function is not None and runs_as_written(function) else None

    @memo
    def _in_function(self, function: FunctionSymbol, levels: int) -> tuple[tuple[int, str, FunctionSymbol | None], ...]:
        """Where a function certainly asks the database, itself or by what it calls."""
        points = {id(expr): scope for expr, scope in self.flow.points(function)}
        scope = Scope(function.unit, (function.node,), function.owner)
        found: list[tuple[int, str, FunctionSymbol | None]] = []
        for step in steps(function.unit.body(function.node).statements):
            if step.conditions or step.caught or step.is_fallback or step.in_loop or step.contexts:
                continue
            for expr in own(step.node):
                if id(expr) in points:
                    found += self._asked(expr, points[id(expr)], scope, isinstance(step.node, s.For), levels)
        return tuple(found)


def _loops(expr: s.Expr) -> Iterator[s.Comp]:
    """The comprehensions that working out an expression runs through, generators only where they are handed to a builtin."""
    if isinstance(expr, s.Comp):
        if expr.kind != "generator":
            yield expr
        return
    if isinstance(expr, s.Call) and isinstance(expr.func, s.Name) and expr.func.id in MAY_ASK:
        yield from (arg for arg in expr.args if isinstance(arg, s.Comp))
    children = CHILDREN.get(type(expr))
    for child in children(expr) if children is not None else ():
        yield from _loops(child)
