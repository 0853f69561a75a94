"""Receivers that nothing keeps: https://docs.djangoproject.com/en/5.2/topics/signals/#listening-to-signals

`connect()` holds a weak reference. What is made inside a function goes when the function ends, and a lambda at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.facts import syntax as s
from linter.project.control import all_parts
from linter.project.imports.modules import is_test
from linter.project.scopes import Scope, find_local, full_name, functions_in
from linter.project.serving.calls import inline_calls
from linter.project.signals.receivers import PARTIAL, RECEIVER, Receiver
from linter.project.trace import cached_property
from linter.project.units import walk

if TYPE_CHECKING:
    from linter.project import Project


class ForgottenReceivers:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.names = project.names

    def in_file(self, path: str) -> tuple[Receiver, ...]:
        """By the file of the connection, each connection once."""
        return tuple(self._by_path.get(path, {}).values())

    @cached_property
    def _by_path(self) -> dict[str, dict[tuple[int, int], Receiver]]:
        found: dict[str, dict[tuple[int, int], Receiver]] = {}
        for receiver in self.project.receivers:
            scope = receiver.scope
            if not receiver.is_held and not is_test(scope.unit.path) and self._is_django(receiver.signal):
                if self._is_forgotten(receiver):
                    key = (scope.function.body if scope.function is not None else -1, receiver.at)
                    found.setdefault(scope.unit.path, {})[key] = receiver
        return found

    def _is_django(self, signal: str) -> bool:
        """Whether a signal is one of Django's or of the project's own; Celery's are others."""
        module = signal.rpartition(".")[0]
        return signal.startswith("django.") or self.names.module(module) is not None

    def _is_forgotten(self, receiver: Receiver) -> bool:
        scope, expr = receiver.scope, receiver.received
        if isinstance(expr, s.Lambda):
            return True
        if isinstance(expr, s.Call):
            return full_name(self.names, scope, expr.func) in PARTIAL
        if isinstance(expr, s.Name):
            return self._is_lost(scope, expr.id)
        is_decorated = expr is None and receiver.function is not None and receiver.function.owner is None
        return is_decorated and bool(scope.functions) and self._is_lost(scope, receiver.function.node.name)  # type: ignore[union-attr]

    def _is_lost(self, scope: Scope, name: str) -> bool:
        """Whether a name is a function inside a function, which is only connected, and with which that one ends."""
        local = find_local(scope, name)
        if local is None or local.is_param or len(local.nodes) != 1 or local.scope != scope:
            return False
        node = local.nodes[0]
        if not isinstance(node, s.FunctionDef) or not all(self._is_receiver(scope, each) for each in node.decorators):
            return False
        if scope.unit.holds("global") or self._mentions(scope, name) > self._connections(scope, name):
            return False
        return self._ends(scope, node, name)

    def _is_receiver(self, scope: Scope, decorator: s.Expr) -> bool:
        return isinstance(decorator, s.Call) and full_name(self.names, scope, decorator.func) in RECEIVER

    def _mentions(self, scope: Scope, name: str) -> int:
        inner = functions_in(scope)
        return sum(
            isinstance(part, s.Name) and part.id == name for each in inner for part in all_parts(each.statements)
        )

    def _connections(self, scope: Scope, name: str) -> int:
        return sum(_connects(call, name) for call in inline_calls(scope.statements))

    def _ends(self, scope: Scope, node: s.FunctionDef, name: str) -> bool:
        """Whether the function does nothing more but connect and return, once the inner one is there."""
        after = False
        for each, _ in walk(scope.statements):
            if isinstance(each, s.Return) and each.is_yield:
                return False
            if after and any(not _is_connect(call) for call in inline_calls((each,))):
                return False
            after = after or each is node
        return True


def _is_connect(call: s.Call) -> bool:
    return isinstance(call.func, s.Attr) and call.func.name == "connect"


def _connects(call: s.Call, name: str) -> bool:
    received = call.args[0] if call.args else call.keyword("receiver")
    return _is_connect(call) and isinstance(received, s.Name) and received.id == name
