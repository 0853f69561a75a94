"""What the variables of loops stand for: `for model in (Article, Comment): model.add_to_class(…)`."""

from __future__ import annotations

from linter.facts import syntax as s
from linter.project.control import evaluated
from linter.project.scopes import Scope
from linter.project.units import walk


def items(scope: Scope, expr: s.Expr) -> tuple[s.Expr, ...]:
    """An expression as it is in each round of the loops whose variable it is; () where that cannot be said."""
    variables = _iterables(scope)
    if not any(isinstance(part, s.Name) and part.id in variables for part, _ in evaluated(expr)):
        return (expr,)
    iterables = variables[expr.id] if isinstance(expr, s.Name) else []
    if any(not isinstance(each, s.Seq) or any(isinstance(i, s.Starred) for i in each.items) for each in iterables):
        return ()
    return tuple(item for each in iterables if isinstance(each, s.Seq) for item in each.items)


def _iterables(scope: Scope) -> dict[str, list[s.Expr | None]]:
    """What the loops of a block go through, by variable; None for one that is unpacked."""
    found: dict[str, list[s.Expr | None]] = {}
    for node, _ in walk(scope.statements):
        if isinstance(node, s.For):
            for part, _ in evaluated(node.target):
                if isinstance(part, s.Name):
                    found.setdefault(part.id, []).append(node.iterable if part is node.target else None)
    return found
