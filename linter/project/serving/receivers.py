"""What a call is made on: the calls that made it, through the names that hold it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from linter.facts import syntax as s
from linter.project.flow import definitions as d
from linter.project.flow.scopes import Scope
from linter.project.serving.calls import runs_as_written
from linter.project.types import Function

if TYPE_CHECKING:
    from linter.project.flow import Flow

MOST_STEPS = 40
_SAME = frozenset({"list", "tuple", "set", "sorted", "reversed", "iter"})  # builtins that give the same rows


def chain(flow: Flow, expr: s.Expr, scope: Scope) -> Iterator[tuple[s.Expr, Scope]]:
    """The receivers of an expression, from the last call back to the first: a name stands for what it was assigned, the call
    of a function for what that returns. What is not followed (a parameter, a choice of several) is the last one."""
    for _ in range(MOST_STEPS):
        yield expr, scope
        if isinstance(expr, s.Name):
            definition = scope.env.get(expr.id)
            if not isinstance(definition, d.Assigned):
                return
            expr, scope = definition.expr, Scope(scope.activation, definition.env)
        elif isinstance(expr, s.Call) and (made := _returned(flow, expr, scope)) is not None:
            expr, scope = made
        elif isinstance(expr, s.Call) and isinstance(expr.func, s.Attr):
            expr = expr.func.value
        elif isinstance(expr, s.Call) and isinstance(expr.func, s.Name) and expr.func.id in _SAME and expr.args:
            expr = expr.args[0]
        else:
            return


def _returned(flow: Flow, call: s.Call, scope: Scope) -> tuple[s.Expr, Scope] | None:
    """What the project's own function returns that a call runs, where there is only one such function and one `return`."""
    kind = flow.expression(scope, call.func)
    if not isinstance(kind, Function) or kind.closure is not None or not runs_as_written(kind.symbol):
        return None
    results = flow.frame(kind.symbol).results
    if len(results) != 1 or results[0].expr is None:
        return None
    return results[0].expr, Scope(flow.activation(kind.symbol, kind.receiver), results[0].env)
