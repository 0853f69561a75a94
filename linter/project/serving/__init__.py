"""What runs while somebody waits for an answer: endpoints, what they call in line, and what keeps them waiting."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from linter.facts import syntax as s
from linter.project.flow.callers import callers
from linter.project.imports.modules import is_test
from linter.project.scopes import Scope
from linter.project.serving.calls import called, inline_calls, runs_as_written
from linter.project.serving.endpoints import Endpoints
from linter.project.serving.waits import CALLS, Wait, may_wait, wait
from linter.project.trace import cached_property, memo
from linter.project.units import FunctionSymbol

if TYPE_CHECKING:
    from linter.project import Project

MOST_LEVELS = 3  # calls between an endpoint and what it waits for


class Work(msgspec.Struct, frozen=True):
    """A call in a function that waits for another machine. `through`: the functions of the project that lead there."""

    scope: Scope
    call: s.Call
    wait: Wait
    waiting: Scope  # where the call stands that waits
    through: tuple[str, ...] = ()


class Serving:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.names = project.names
        self.endpoints = Endpoints(project)

    # --- an event loop that is held up --------------------------------------------------------------------------------

    def blocked(self, path: str) -> Iterator[Work]:
        """The calls in async endpoints of one file that lead, through other functions, to something that waits."""
        unit = self.project.unit(path)
        if unit is None or is_test(path):
            return
        for function in self.project.functions(unit):
            if function.node.is_async and self.endpoints.is_endpoint(function):
                scope = Scope(unit, (function.node,), function.owner)
                for call in inline_calls(scope.statements):
                    found = self.led_to(scope, call)
                    if found is not None:
                        yield found

    def led_to(self, scope: Scope, call: s.Call) -> Work | None:
        """What a call waits for in the end, where it runs another function of the project."""
        callee = called(self.names, scope, call)
        if callee is None or not runs_as_written(callee):
            return None
        found = self._waited_for(callee, MOST_LEVELS)
        return replace(found, scope=scope, call=call) if found is not None else None

    @cached_property
    def waiting_names(self) -> frozenset[str]:
        """The names of the functions that may wait themselves: a gate before calls are looked into."""
        return frozenset(
            function.node.name
            for unit in self.project.units()
            if may_wait(unit)
            and not is_test(unit.path)
            and (holding := unit.bodies_holding(word.encode() for word in CALLS))
            for function in self.project.functions(unit)
            if function.node.body in holding
        )

    @memo
    def _waited_for(self, function: FunctionSymbol, levels: int) -> Work | None:
        """The first thing that a function waits for, itself or through what it calls."""
        scope = Scope(function.unit, (function.node,), function.owner)
        calls = list(inline_calls(scope.statements))
        for call in calls if may_wait(function.unit) else ():
            here = wait(self.names, scope, call)
            if here is not None:
                return Work(scope, call, here, scope, (function.node.name,))
        for call in calls if levels > 1 else ():
            callee = called(self.names, scope, call)
            if callee is not None and callee != function and runs_as_written(callee):
                further = self._waited_for(callee, levels - 1)
                if further is not None:
                    return replace(further, through=(function.node.name, *further.through))
        return None

    # --- waiting without an end ---------------------------------------------------------------------------------------

    def endless(self, path: str) -> Iterator[tuple[Work, FunctionSymbol]]:
        """The calls in one file that may wait for ever, each with an endpoint that waits for them."""
        unit = self.project.unit(path)
        if unit is None or is_test(path) or not may_wait(unit):
            return
        for function in self.project.functions(unit):
            scope = Scope(unit, (function.node,), function.owner)
            found = [call for call in inline_calls(scope.statements) if self._is_endless(scope, call)]
            endpoint = self.endpoint_of(function) if found else None
            # An async endpoint is another matter: `blocked`.
            if endpoint is not None and not endpoint.node.is_async and not self.has_default_timeout:
                for call in found:
                    here = wait(self.names, scope, call)
                    assert here is not None
                    yield Work(scope, call, here, scope), endpoint

    def _is_endless(self, scope: Scope, call: s.Call) -> bool:
        found = wait(self.names, scope, call)
        return found is not None and found.is_endless

    def endpoint_of(self, function: FunctionSymbol) -> FunctionSymbol | None:
        """An endpoint that runs a function in line: itself, or one that calls it."""
        return self._endpoint(function, MOST_LEVELS)

    @memo
    def _endpoint(self, function: FunctionSymbol, levels: int) -> FunctionSymbol | None:
        if is_test(function.unit.path):
            return None
        if self.endpoints.is_endpoint(function):
            return function
        if levels == 0 or not runs_as_written(function):
            return None
        for call, where, _ in callers(self.project.flow, function):
            caller = where.activation.symbol
            if caller is not None and where.activation.outer is None and self._is_inline(caller, call):
                found = self._endpoint(caller, levels - 1)
                if found is not None:
                    return found
        return None

    def _is_inline(self, caller: FunctionSymbol, call: s.Call) -> bool:
        return any(each is call for each in inline_calls(caller.unit.body(caller.node).statements))

    @cached_property
    def has_default_timeout(self) -> bool:
        """Whether some code of the project sets a timeout for all sockets."""
        return any(unit.mentions("setdefaulttimeout") for unit in self.project.units())
