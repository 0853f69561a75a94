"""Functions that render on behalf of their callers: the template's name, the context or a part of it is a parameter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from linter.facts import syntax as s
from linter.project.flow import definitions as d
from linter.project.flow.callers import callers
from linter.project.flow.calls import Arguments, bind
from linter.project.flow.scopes import Activation, Env, Scope
from linter.project.types import DictType, Scalar, Sequence, UnknownType

if TYPE_CHECKING:
    from linter.project.flow import Flow

MOST_LEVELS = 2  # callers of callers
DEEPEST = 6


def readings(flow: Flow, scope: Scope, exprs: tuple[s.Expr, ...], level: int = 0) -> Iterator[tuple[Activation, Scope]]:
    """A reading of the function around `scope` for each known call of it, and where that call is; none where the
    expressions do not depend on its parameters."""
    function = scope.activation.symbol
    if function is None or not any(_Search(flow, scope).has_parameter(expr, scope.env) for expr in exprs):
        return
    for call, outer, callee in callers(flow, function):
        arguments = (*call.args, *(k.value for k in call.keywords))
        scopes = [outer]
        if level + 1 < MOST_LEVELS:
            above = [Scope(activation, outer.env) for activation, _ in readings(flow, outer, arguments, level + 1)]
            scopes = above or scopes
        for reading in scopes:
            given = bind(flow, function, callee.receiver is not None, Arguments(flow, call, reading))
            yield Activation(function.unit, function.node, function, function.owner, callee.receiver, given), reading


class _Search:
    """Whether an expression is, or directly holds, a parameter of which no annotation tells enough."""

    def __init__(self, flow: Flow, scope: Scope) -> None:
        self.flow = flow
        self.scope = scope

    def has_parameter(self, expr: s.Expr, env: Env, depth: int = 0) -> bool:
        if depth > DEEPEST:
            return False
        if isinstance(expr, s.Name):
            definition = env.get(expr.id)
            return definition is not None and self._is_parameter(definition, depth + 1)
        return any(self.has_parameter(part, env, depth + 1) for part in _parts(expr))

    def _is_parameter(self, definition: d.Definition, depth: int) -> bool:
        if depth > DEEPEST:
            return False
        if isinstance(definition, d.Parameter):
            return self._is_vague(definition.param)
        if isinstance(definition, d.Assigned):
            return self.has_parameter(definition.expr, definition.env, depth + 1)
        if isinstance(definition, d.Joined):
            return any(self._is_parameter(option, depth + 1) for option in definition.options)
        if isinstance(definition, d.WithItem) and self._is_parameter(definition.value, depth + 1):
            return True
        return isinstance(definition, d.Changed) and self._is_parameter(definition.before, depth)

    def _is_vague(self, param: s.Param) -> bool:
        if param.name in ("self", "cls", "request"):
            return False
        if param.annotation is None or param.kind == "**":
            return True
        promised = self.flow.annotation(self.scope.unit, param.annotation, self.scope.activation.owner)
        return isinstance(promised, (UnknownType, DictType, Scalar, Sequence))


def _parts(expr: s.Expr) -> tuple[s.Expr, ...]:
    if isinstance(expr, s.Dict):
        return tuple(value for _, value in expr.items)
    if isinstance(expr, s.FString):
        return expr.parts
    if isinstance(expr, s.Op):
        return expr.operands
    return (expr.body, expr.orelse) if isinstance(expr, s.Cond) else ()
