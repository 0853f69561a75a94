"""Listeners that SQLAlchemy calls while a session flushes, and what they ask of that very session."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from linter.facts import syntax as s
from linter.project.control import all_parts
from linter.project.imports.modules import is_test
from linter.project.names import last_name
from linter.project.scopes import Scope, find_local, full_name, functions, resolve
from linter.project.trace import memo
from linter.project.units import ValueSymbol

if TYPE_CHECKING:
    from linter.project import Project

_EVENTS = frozenset(f"{when}_{what}" for when in ("before", "after") for what in ("insert", "update", "delete"))
RAISES = {
    "commit": "This transaction is closed",
    "rollback": "This transaction is closed",
    "flush": "Session is already flushing",
}


class FlushCall(msgspec.Struct, frozen=True):
    """`call` ends or flushes the session that is flushing, in a listener of `event`."""

    scope: Scope
    call: s.Call
    method: str
    event: str


class FlushEvents:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.names = project.names

    @memo
    def calls(self, path: str) -> tuple[FlushCall, ...]:
        unit = self.project.unit(path)
        if unit is None or is_test(path) or not unit.mentions("listens_for"):
            return ()
        return tuple(
            found
            for scope in functions(self.names, unit, tuple(RAISES), ("ession",))
            if (event := self._event(scope))
            for found in self._in_listener(scope, event)
        )

    def _event(self, scope: Scope) -> str:
        """Which event of a flush a function is called for, "" for others."""
        outside = replace(scope, functions=scope.functions[:-1])
        for decorator in scope.function.decorators if scope.function is not None else ():
            if isinstance(decorator, s.Call) and last_name(decorator.func) == "listens_for" and len(decorator.args) > 1:
                event = decorator.args[1]
                if isinstance(event, s.Str) and event.value in _EVENTS:
                    name = full_name(self.names, outside, decorator.func)
                    return event.value if name.startswith("sqlalchemy.") else ""
        return ""

    def _in_listener(self, scope: Scope, event: str) -> Iterator[FlushCall]:
        for part in all_parts(scope.statements):
            if isinstance(part, s.Call) and isinstance(part.func, s.Attr) and part.func.name in RAISES:
                if self._is_flushing(scope, part.func.value):
                    yield FlushCall(scope, part, part.func.name, event)

    def _is_flushing(self, scope: Scope, expr: s.Expr) -> bool:
        """Whether it is the session of the row that is being flushed."""
        if isinstance(expr, s.Name):
            local = find_local(scope, expr.id)
            if local is None or local.is_param or len(local.nodes) != 1 or local.scope.function is not scope.function:
                return False
            node = local.nodes[0]
            return isinstance(node, s.Assign) and node.value is not None and self._is_session(scope, node.value)
        return self._is_session(scope, expr)

    def _is_session(self, scope: Scope, expr: s.Expr) -> bool:
        if isinstance(expr, s.Call):  # object_session(target), Session.object_session(target)
            given = expr.args[0] if expr.args else None
            params = scope.function.params if scope.function is not None else ()
            return (
                last_name(expr.func) == "object_session"
                and full_name(self.names, scope, expr.func).startswith("sqlalchemy.orm.")
                and isinstance(given, s.Name)
                and len(params) == 3
                and given.id == params[2].name
            )
        if isinstance(expr, s.Attr) and expr.name == "session":  # db.session, the one that the request works with
            symbol = self.names.follow(resolve(self.names, scope, expr.value))
            return (
                isinstance(symbol, ValueSymbol)
                and isinstance(symbol.value, s.Call)
                and self.names.full_name(symbol.unit, symbol.value.func).startswith("flask_sqlalchemy.")
            )
        return False
