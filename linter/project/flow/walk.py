"""Every call inside an expression, each with the scope that it is evaluated in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from linter.facts import syntax as s
from linter.project.flow import expressions as e
from linter.project.flow.scopes import Scope

Part = tuple[s.Expr, Scope]
P = TypeVar("P", bound=s.Expr)


def calls_in(expr: s.Expr, scope: Scope) -> Iterator[tuple[s.Call, Scope]]:
    """Outer calls first; a comprehension's and a lambda's own variables are bound inside it."""
    return parts_in(expr, scope, s.Call)


def parts_in(expr: s.Expr, scope: Scope, wanted: type[P]) -> Iterator[tuple[P, Scope]]:
    """The same for any kind of expression."""
    stack: list[Part] = [(expr, scope)]
    while stack:
        node, inner = stack.pop()
        kind = type(node)
        children = CHILDREN.get(kind)
        if children is not None:
            # Most parts are names and literals: they hold no call.
            stack.extend([(child, inner) for child in reversed(children(node)) if type(child) not in _LEAVES])
        elif kind in _SCOPED:
            stack.extend(reversed(_scoped(node, inner)))
        if kind is wanted:
            yield node, inner  # type: ignore[misc]  # told by its type


def _scoped(node: s.Expr, scope: Scope) -> list[Part]:
    if isinstance(node, s.Lambda):
        return [(node.body, e.lambda_scope(node, scope))]
    found: list[Part] = []
    assert isinstance(node, s.Comp)
    for clause in node.clauses:
        found.append((clause.iterable, scope))
        scope = e.clause_scope(clause, scope)
        found.extend((condition, scope) for condition in clause.conditions)
    return [*found, (node.element, scope)]


def _of_call(node: s.Call) -> tuple[s.Expr, ...]:
    if not node.keywords:
        return (node.func, *node.args)
    return (node.func, *node.args, *[k.value for k in node.keywords])


def _of_dict(node: s.Dict) -> tuple[s.Expr, ...]:
    return tuple([part for pair in node.items for part in pair if part is not None])


_LEAVES = frozenset({s.Name, s.Str, s.Lit, s.Unknown, s.Bytes})
_SCOPED = frozenset({s.Comp, s.Lambda})
CHILDREN: dict[type, Callable[[Any], tuple[s.Expr, ...]]] = {
    s.Call: _of_call,
    s.Attr: lambda node: (node.value,),
    s.Starred: lambda node: (node.value,),
    s.Await: lambda node: (node.value,),
    s.Walrus: lambda node: (node.value,),
    s.Op: lambda node: node.operands,
    s.Seq: lambda node: node.items,
    s.Dict: _of_dict,
    s.Sub: lambda node: (node.value, node.index),
    s.Cond: lambda node: (node.test, node.body, node.orelse),
    s.FString: lambda node: node.parts,
}
