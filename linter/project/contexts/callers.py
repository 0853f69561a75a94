"""Functions that render on behalf of their callers: the template's name, the context or a part of it is a parameter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from linter.facts import syntax as s
from linter.project.flow import definitions as d
from linter.project.flow.calls import Arguments, bind
from linter.project.flow.scopes import Activation, Env, Scope
from linter.project.trace import note
from linter.project.types import Function, members
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
    if function is None or not any(_has_parameter(expr, scope.env) for expr in exprs):
        return
    for call, outer in callers(flow, function):
        arguments = (*call.args, *(k.value for k in call.keywords))
        scopes = [outer]
        if level + 1 < MOST_LEVELS:
            above = [Scope(activation, outer.env) for activation, _ in readings(flow, outer, arguments, level + 1)]
            scopes = above or scopes
        for reading in scopes:
            given = bind(flow, function, function.owner is not None, Arguments(flow, call, reading))
            yield (
                Activation(function.unit, function.node, function, function.owner, scope.activation.receiver, given),
                reading,
            )


def _has_parameter(expr: s.Expr, env: Env, depth: int = 0) -> bool:
    """Whether an expression is, or directly holds, a parameter of which no annotation tells what it is."""
    if depth > DEEPEST:
        return False
    if isinstance(expr, s.Name):
        definition = env.get(expr.id)
        return definition is not None and _is_parameter(definition, depth + 1)
    if isinstance(expr, s.Dict):
        return any(_has_parameter(value, env, depth + 1) for _, value in expr.items)
    if isinstance(expr, s.FString):
        return any(_has_parameter(part, env, depth + 1) for part in expr.parts)
    if isinstance(expr, (s.Op, s.Cond)):
        parts = expr.operands if isinstance(expr, s.Op) else (expr.body, expr.orelse)
        return any(_has_parameter(part, env, depth + 1) for part in parts)
    return False


def _is_parameter(definition: d.Definition, depth: int) -> bool:
    if depth > DEEPEST:
        return False
    if isinstance(definition, d.Parameter):
        return definition.param.name not in ("self", "cls", "request") and (
            definition.param.annotation is None or definition.param.kind == "**"
        )
    if isinstance(definition, d.Assigned):
        return _has_parameter(definition.expr, definition.env, depth + 1)
    if isinstance(definition, d.Joined):
        return any(_is_parameter(option, depth + 1) for option in definition.options)
    if isinstance(definition, d.WithItem):
        return _is_parameter(definition.value, depth + 1) or _is_parameter(definition.before, depth)
    if isinstance(definition, d.Changed):
        return _is_parameter(definition.before, depth)
    return False


def callers(flow: Flow, function: FunctionSymbol) -> Iterator[tuple[s.Call, Scope]]:
    """Every known call of a module-level function, each where it is made."""
    if function.owner is not None:
        return
    name = function.node.name
    found = 0
    for unit in flow.project.units():
        if unit is not function.unit and not _may_know(unit, function):
            continue
        note(unit.path)  # another call may be written into it
        if not unit.mentions(name):
            continue
        for call, scope in flow.unit_calls(unit):
            if _last_name(call.func) != name or scope.activation.symbol == function:
                continue
            callees = members(flow.expression(scope, call.func))
            if any(isinstance(m, Function) and m.symbol == function for m in callees):
                yield call, scope
                found += 1
                if found >= MOST_CALLERS:
                    return


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
