"""What an expression is by all known calls of the function that it stands in: what is made of a parameter that nothing
else tells about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from linter.facts import syntax as s
from linter.project.flow import definitions as d
from linter.project.flow.callers import callers
from linter.project.flow.calls import Arguments, bind
from linter.project.flow.scopes import Activation, Env, Scope, Value, Written
from linter.project.imports.modules import is_test
from linter.project.trace import memo
from linter.project.types import UNKNOWN, Type, UnknownType, union
from linter.project.units import FunctionSymbol

if TYPE_CHECKING:
    from linter.project.flow import Flow

MOST_LEVELS = 2  # callers of callers
MOST_CALLS = 40
DEEPEST = 8  # names defined by names


class AsCalled:
    def __init__(self, flow: Flow) -> None:
        self.flow = flow

    def expression(self, scope: Scope, expr: s.Expr, level: int = 0) -> Type:
        """UNKNOWN unless every known call tells: only what holds for all of them is certain."""
        activation = scope.activation
        function = activation.symbol
        if function is None or activation.arguments or activation.outer is not None or level >= MOST_LEVELS:
            return UNKNOWN
        if function.node.name.startswith("test"):
            return UNKNOWN  # called by their runner
        if not any(_parameters(expr, scope.env, function)):
            return UNKNOWN
        readings = self._readings(function, level)
        return union(*(self.flow.expression(Scope(r, scope.env), expr) for r in readings)) if readings else UNKNOWN

    @memo
    def _readings(self, function: FunctionSymbol, level: int) -> tuple[Activation, ...]:
        """The function, read once for each call; what tests give counts only where nobody else calls it."""
        found = list(self._calls(function, level))
        real = [reading for path, reading in found if not is_test(path)]
        readings = real or [reading for _, reading in found]
        return tuple(readings) if len(readings) <= MOST_CALLS else ()

    def _calls(self, function: FunctionSymbol, level: int) -> Iterator[tuple[str, Activation]]:
        for call, scope, callee in callers(self.flow, function):
            arguments = bind(self.flow, function, callee.receiver is not None, Arguments(self.flow, call, scope))
            given = {name: self._given(value, level) for name, value in arguments.items()}
            node = function.node
            yield scope.unit.path, Activation(function.unit, node, function, function.owner, callee.receiver, given)

    def _given(self, value: Value, level: int) -> Type:
        kind = self.flow.given(value)
        if isinstance(kind, UnknownType) and isinstance(value, Written):
            return self.expression(value.scope, value.expr, level + 1)
        return kind


def _parameters(expr: s.Expr, env: Env, function: FunctionSymbol, depth: int = 0) -> Iterator[s.Param]:
    """The parameters that an expression is made of."""
    if depth > DEEPEST:
        return
    if isinstance(expr, s.Name):
        definition = env.get(expr.id)
        if definition is not None:
            yield from _parameters_of(definition, function, depth + 1)
        return
    for part in _made_of(expr):
        yield from _parameters(part, env, function, depth + 1)


def _made_of(expr: s.Expr) -> tuple[s.Expr, ...]:
    if isinstance(expr, (s.Attr, s.Await, s.Starred)):
        return (expr.value,)
    if isinstance(expr, s.Call):
        return (expr.func, *expr.args)
    if isinstance(expr, s.Sub):
        return (expr.value, expr.index)
    if isinstance(expr, s.Op):
        return expr.operands
    return (expr.body, expr.orelse) if isinstance(expr, s.Cond) else ()


def _parameters_of(definition: d.Definition, function: FunctionSymbol, depth: int) -> Iterator[s.Param]:
    if depth > DEEPEST:
        return
    if isinstance(definition, d.Parameter):
        if definition.index > 0 or function.owner is None:
            yield definition.param
    elif isinstance(definition, (d.Assigned, d.Element, d.Entered)):
        yield from _parameters(definition.expr, definition.env, function, depth + 1)
    elif isinstance(definition, d.Joined):
        for option in definition.options:
            yield from _parameters_of(option, function, depth + 1)
    elif isinstance(definition, (d.Part, d.Rest)):
        yield from _parameters_of(definition.whole, function, depth + 1)
    elif isinstance(definition, (d.Changed, d.Narrowed)):
        yield from _parameters_of(definition.before, function, depth + 1)
    elif isinstance(definition, d.Annotated) and definition.value is not None:
        yield from _parameters_of(definition.value, function, depth + 1)
