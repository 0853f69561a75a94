"""Errors of the database that are caught inside an atomic block, which then goes on asking it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from linter.facts import syntax as s
from linter.project.control import leaves
from linter.project.imports.modules import is_test
from linter.project.names import Names, callee, last_name
from linter.project.scopes import Scope, full_name
from linter.project.serving.asking import Asking
from linter.project.serving.calls import inline_calls, name_at
from linter.project.units import FunctionSymbol, walk
from linter.span import Span

if TYPE_CHECKING:
    from linter.project import Project
    from linter.project.flow.scopes import Scope as Point

Block = tuple[s.Stmt, ...]

_ERRORS = frozenset({"IntegrityError", "DatabaseError", "OperationalError", "DataError"})
_WRITES = frozenset({"save", "create", "bulk_create", "update", "delete"})
_UNDOING = frozenset({"atomic", "rollback", "set_rollback", "savepoint", "savepoint_rollback"})


class Swallowed(msgspec.Struct, frozen=True):
    """`write` fails, `caught` is what the `except` names, `again` the first query after that."""

    write: Span
    caught: Span
    again: Span


class Atomic:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.names = project.names
        self.asking = Asking(project)

    def swallowed(self, path: str) -> Iterator[Swallowed]:
        unit = self.project.unit(path)
        if unit is None or is_test(path) or not unit.mentions("atomic"):
            return
        if not any(unit.mentions(error) for error in _ERRORS):
            return
        for function in self.project.functions(unit):
            if not function.node.is_async:
                yield from self._in_function(function)

    def _in_function(self, function: FunctionSymbol) -> Iterator[Swallowed]:
        scope = Scope(function.unit, (function.node,), function.owner)
        tries = [found for block in atomic_blocks(self.names, scope) for found in _tries(block, (), False)]
        points: dict[int, Point] | None = None
        for node, after, in_loop in tries:
            for handler in node.handlers:
                if self._swallows(scope, handler) and not _undoes(node.body):
                    if points is None:
                        points = {id(call): where for call, where in self.project.flow.calls(function)}
                    found = self._found(function, node, handler, after, in_loop, points)
                    if found is not None:
                        yield found

    def _swallows(self, scope: Scope, handler: s.Handler) -> bool:
        """Whether a handler waits for an error of the database, and goes on inside the atomic block."""
        kinds = handler.type.items if isinstance(handler.type, s.Seq) else (handler.type,)
        named = [full_name(self.names, scope, kind) for kind in kinds if kind is not None]
        waits = any(name.startswith("django.db.") and name.rpartition(".")[2] in _ERRORS for name in named)
        return waits and not _undoes(handler.body) and not any(_goes_away(node) for node, _ in walk(handler.body))

    def _found(
        self,
        function: FunctionSymbol,
        node: s.Try,
        handler: s.Handler,
        after: Block,
        in_loop: bool,
        points: dict[int, Point],
    ) -> Swallowed | None:
        write = self._first(node.body, points, _WRITES)
        if write is None or handler.type is None:
            return None
        again = self._first(handler.body, points)
        if again is None and not leaves(handler.body):
            again = self._first(after, points)
        if again is None and in_loop and not any(_breaks(each) for each, _ in walk(handler.body)):
            again = write
        if again is None:
            return None
        kind = handler.type.items[0] if isinstance(handler.type, s.Seq) else handler.type
        at = getattr(kind, "at", s.NOWHERE)
        spans = [function.unit.span(place, function.node) for place in (name_at(write), at, name_at(again))]
        return Swallowed(*spans)

    def _first(self, block: Block, points: dict[int, Point], names: frozenset[str] | None = None) -> s.Call | None:
        """The first query that a block certainly makes, whatever its conditions."""
        for node in block:
            if isinstance(node, (s.If, s.For, s.Try, s.With)):
                if isinstance(node, s.With) and not _undoes((node,)):
                    found = self._first(node.body, points, names)
                    if found is not None:
                        return found
                continue
            for call in inline_calls((node,)):
                if id(call) in points and self._is_query(call, points[id(call)], names):
                    return call
        return None

    def _is_query(self, call: s.Call, where: Point, names: frozenset[str] | None) -> bool:
        name = self.asking.query(call, where)
        if names is None or not name:
            return bool(name)
        return name in names and not self.asking.saves_its_own_way(call, where)


def atomic_blocks(names: Names, scope: Scope) -> Iterator[Block]:
    """The parts of a function that run inside `transaction.atomic`: all of it, where it is decorated so."""
    if scope.function is not None and any(is_atomic(names, scope.module, each) for each in scope.function.decorators):
        yield scope.statements
        return
    for node, _ in walk(scope.statements):
        if isinstance(node, s.With) and any(is_atomic(names, scope, item) for item, _ in node.items):
            yield node.body


def is_atomic(names: Names, scope: Scope, expr: s.Expr) -> bool:
    """Whether a decorator or `with` item is Django's `atomic`."""
    named = callee(expr)
    return full_name(names, scope, named) == "django.db.transaction.atomic"


def _tries(block: Block, after: Block, in_loop: bool) -> Iterator[tuple[s.Try, Block, bool]]:
    """The `try` statements of a block, each with what surely follows it, and whether it is gone through again."""
    for position, node in enumerate(block):
        rest = (*block[position + 1 :], *after)
        if isinstance(node, s.Try):
            yield node, rest, in_loop
        elif isinstance(node, s.With):
            if not _undoes((node,)):
                yield from _tries(node.body, rest, in_loop)
        elif isinstance(node, s.For):
            yield from _tries(node.body, rest, True)
        elif isinstance(node, s.If):
            for branch in (node.body, node.orelse):
                yield from _tries(branch, () if leaves(branch) else rest, in_loop)


def _undoes(block: Block) -> bool:
    """Whether a block has a savepoint of its own, or rolls back."""
    return any(last_name(c.func) in _UNDOING for c in inline_calls(block))


def _goes_away(node: s.Stmt) -> bool:
    return (isinstance(node, s.Return) and not node.is_yield) or (isinstance(node, s.Jump) and node.kind == "raise")


def _breaks(node: s.Stmt) -> bool:
    return isinstance(node, s.Jump) and node.kind == "break"
