"""Functions that render on behalf of their callers: the template's name, the context or a part of it is a parameter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from linter.facts import syntax as s
from linter.project.flow import definitions as d
from linter.project.flow.calls import Arguments, bind
from linter.project.flow.scopes import Activation, Env, Scope
from linter.project.types import DictType, Function, Instance, Scalar, Sequence, UnknownType, members
from linter.project.units import FunctionSymbol, Unit

if TYPE_CHECKING:
    from linter.project.flow import Flow

MOST_LEVELS = 2  # callers of callers
MOST_CALLERS = 150
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


def callers(flow: Flow, function: FunctionSymbol) -> Iterator[tuple[s.Call, Scope, Function]]:
    """Every known call of a function, each where it is made, with the function as it is called there."""
    places = _method_calls(flow, function) if function.owner is not None else _calls(flow, function)
    found = 0
    for call, scope in places:
        if _last_name(call.func) != function.node.name or scope.activation.symbol == function:
            continue
        for member in members(flow.expression(scope, call.func)):
            if isinstance(member, Function) and member.symbol == function:
                yield call, scope, member
                found += 1
        if found >= MOST_CALLERS:
            return


def _calls(flow: Flow, function: FunctionSymbol) -> Iterator[tuple[s.Call, Scope]]:
    """The calls in all modules that may know a module's function."""
    for unit in flow.project.units():
        if unit is function.unit or _may_know(unit, function):
            if unit.mentions(function.node.name):
                yield from flow.unit_calls(unit)


def _method_calls(flow: Flow, function: FunctionSymbol) -> Iterator[tuple[s.Call, Scope]]:
    """The calls in the methods of a method's own class and of those below it."""
    assert function.owner is not None
    for cls in (function.owner, *flow.hierarchy.subclasses(function.owner)):
        if cls.unit.mentions(function.node.name):
            for node in flow.hierarchy.methods(cls):
                yield from flow.calls(FunctionSymbol(cls.unit, node, cls), Instance(cls))


def _may_know(unit: Unit, function: FunctionSymbol) -> bool:
    """Whether a module imports a function, its module, or everything of some module."""
    name, module = function.node.name, function.unit.name.rpartition(".")[2]
    return name in unit.names or module in unit.names or bool(unit.star_imports) or _imports(unit, name, module)


def _imports(unit: Unit, name: str, module: str) -> bool:
    for bindings in unit.names.values():
        for binding in bindings:
            node = binding.node
            if isinstance(node, s.ImportFrom) and node.name in (name, module):
                return True
            if isinstance(node, s.Import) and node.module.rpartition(".")[2] == module:
                return True
    return False


def _last_name(expr: s.Expr) -> str:
    return expr.name if isinstance(expr, s.Attr) else expr.id if isinstance(expr, s.Name) else ""
