"""What holds up an event loop: sync work in an async function, where it stands itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from linter.facts import syntax as s
from linter.project.flow import definitions as d
from linter.project.flow.scopes import Scope as Point
from linter.project.flow.walk import calls_in
from linter.project.imports.modules import is_test
from linter.project.names import last_name
from linter.project.scopes import Scope, full_name, functions
from linter.project.serving.asking import Asking
from linter.project.serving.calls import inline_calls, name_at
from linter.project.serving.waits import CALLS, may_wait, wait
from linter.project.trace import cached_property
from linter.project.units import FunctionSymbol, Unit, walk
from linter.span import Span

if TYPE_CHECKING:
    from linter.project import Project

_ASYNC_FOR = re.compile(rb"async\s+for\s+\(?$")


class Blocking(msgspec.Struct, frozen=True):
    """`name`: what is called, as it is written or documented; `through`: the function of the project that calls it."""

    span: Span
    name: str
    function: s.FunctionDef
    through: str = ""


class EventLoops:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.names = project.names
        self.asking = Asking(project)

    # --- waiting ------------------------------------------------------------------------------------------------------

    def waits(self, path: str) -> Iterator[Blocking]:
        """The calls in async functions of one file that wait, and let nothing else run meanwhile."""
        unit = self.project.unit(path)
        if unit is None or is_test(path):
            return
        yield from self._led_to(unit)
        if not (may_wait(unit) or unit.mentions("sleep")):
            return
        for scope in functions(self.names, unit, (*CALLS, "sleep")):
            function = scope.function
            if function is not None and function.is_async:
                for call in inline_calls(scope.statements):
                    name = self._waited_for(scope, call)
                    if name:
                        yield Blocking(unit.span(name_at(call), function), name, function)

    def _led_to(self, unit: Unit) -> Iterator[Blocking]:
        """The calls of functions of the project that wait; those of endpoints are another matter (`Serving.blocked`)."""
        serving = self.project.serving
        for function in self.project.functions(unit) if serving.waiting_names else ():
            if not function.node.is_async or serving.endpoints.is_endpoint(function):
                continue
            scope = Scope(unit, (function.node,), function.owner)
            for call in inline_calls(scope.statements):
                work = serving.led_to(scope, call) if last_name(call.func) in serving.waiting_names else None
                if work is not None and len(work.through) == 1:
                    span = unit.span(name_at(call), function.node)
                    yield Blocking(span, work.wait.name, function.node, work.through[0])

    def _waited_for(self, scope: Scope, call: s.Call) -> str:
        if isinstance(call.func, (s.Name, s.Attr)) and full_name(self.names, scope, call.func) == "time.sleep":
            return "time.sleep"
        found = wait(self.names, scope, call)
        return found.name if found is not None else ""

    # --- Django's ORM -------------------------------------------------------------------------------------------------

    @cached_property
    def _is_allowed(self) -> bool:
        """Whether the project tells Django not to mind."""
        return any(unit.mentions("DJANGO_ALLOW_ASYNC_UNSAFE") for unit in self.project.units())

    @cached_property
    def _has_models(self) -> bool:
        return any(True for _ in self.project.models)

    def sync_queries(self, path: str) -> Iterator[Blocking]:
        """Where async functions of one file ask Django's ORM without `await`."""
        unit = self.project.unit(path)
        if unit is None or is_test(path) or not self._has_async(unit) or not self._has_models:
            return
        for function in self.project.functions(unit):
            if function.node.is_async:
                for found in self._asked(function):
                    if not self._is_allowed:
                        yield found

    def _has_async(self, unit: Unit) -> bool:
        return any(function.node.is_async for function in self.project.functions(unit))

    def _asked(self, function: FunctionSymbol) -> Iterator[Blocking]:
        flow = self.project.flow
        body = function.unit.body(function.node).statements
        inline = {id(call) for call in inline_calls(body)}
        for expr, scope in flow.points(function):
            if scope.activation.symbol == function:
                for call, inner in calls_in(expr, scope):
                    name = self.asking.query(call, inner) if id(call) in inline else ""
                    if name:
                        at = call.func.at if isinstance(call.func, s.Attr) else call.at
                        yield Blocking(inner.span(at), name, function.node)
        yield from self._loops(function)

    def _loops(self, function: FunctionSymbol) -> Iterator[Blocking]:
        """`for row in rows:` where `async for` is wanted."""
        body = function.unit.body(function.node).statements
        frame = self.project.flow.frame(function)
        activation = self.project.flow.activation(function)
        for node, _ in walk(body):
            if isinstance(node, s.For) and isinstance(node.target, s.Name):
                found = [e for e in frame.definitions.get(node.target.id, ()) if isinstance(e, d.Element)]
                element = next((e for e in found if e.expr is node.iterable), None)
                if element is not None and self.asking.is_lazy(element.expr, Point(activation, element.env)):
                    target = function.unit.span(node.target.at, function.node)
                    if not self._is_async_for(function.unit, target):
                        yield Blocking(target, "for", function.node)

    def _is_async_for(self, unit: Unit, target: Span) -> bool:
        data = self.project.source(unit.path).data
        return _ASYNC_FOR.search(data[max(0, target.start - 40) : target.start]) is not None
