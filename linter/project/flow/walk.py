"""Every call inside an expression, each with the scope that it is evaluated in."""

from __future__ import annotations

from collections.abc import Iterator

from linter.facts import syntax as s
from linter.project.flow import expressions as e
from linter.project.flow.scopes import Scope


def calls_in(expr: s.Expr, scope: Scope) -> Iterator[tuple[s.Call, Scope]]:
    """Outer calls first; a comprehension's and a lambda's own variables are bound inside it."""
    for node, inner in parts(expr, scope):
        if isinstance(node, s.Call):
            yield node, inner


def parts(expr: s.Expr, scope: Scope) -> Iterator[tuple[s.Expr, Scope]]:
    """An expression and all that it is made of."""
    stack = [(expr, scope)]
    while stack:
        node, inner = stack.pop()
        yield node, inner
        children = _children(node, inner)
        stack.extend(reversed(children))


def _children(node: s.Expr, scope: Scope) -> list[tuple[s.Expr, Scope]]:
    if isinstance(node, s.Call):
        return [(e_, scope) for e_ in (node.func, *node.args, *(k.value for k in node.keywords))]
    if isinstance(node, s.Comp):
        found: list[tuple[s.Expr, Scope]] = []
        for clause in node.clauses:
            found.append((clause.iterable, scope))
            scope = e.clause_scope(clause, scope)
            found.extend((condition, scope) for condition in clause.conditions)
        return [*found, (node.element, scope)]
    if isinstance(node, s.Lambda):
        return [(node.body, e.lambda_scope(node, scope))]
    return [(child, scope) for child in _plain_children(node)]


def _plain_children(node: s.Expr) -> tuple[s.Expr, ...]:
    if isinstance(node, (s.Attr, s.Starred, s.Await, s.Walrus)):
        return (node.value,)
    if isinstance(node, s.Op):
        return node.operands
    if isinstance(node, s.Seq):
        return node.items
    if isinstance(node, s.Dict):
        return tuple(part for pair in node.items for part in pair if part is not None)
    if isinstance(node, s.Sub):
        return (node.value, node.index)
    if isinstance(node, s.Cond):
        return (node.test, node.body, node.orelse)
    if isinstance(node, s.FString):
        return node.parts
    return ()
