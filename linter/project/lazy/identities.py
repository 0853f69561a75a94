"""What a session of SQLAlchemy has already: a row that it holds is no query, however often it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from linter.facts import syntax as s
from linter.project.control import evaluated, own
from linter.project.flow.scopes import Scope
from linter.project.lazy.needs import Need
from linter.project.models import Model
from linter.project.names import last_name
from linter.project.units import walk

if TYPE_CHECKING:
    from linter.project.lazy.origins import Rows


def may_be_there(rows: Rows, need: Need, scope: Scope) -> bool:
    """Whether the session may hold the one related row already: the function speaks of that class itself, or the query asks
    for the rows of one and the same other row."""
    if isinstance(rows.of, Model) or need.is_many:
        return False
    relationship = rows.of.relationship(need.path[0])
    target = relationship.target if relationship is not None else None
    function = scope.activation.function
    if relationship is None or target is None or function is None:
        return True
    statements = scope.unit.body(function).statements
    if any(_names(expr, target.name) for node, _ in walk(statements) for expr in own(node)):
        return True
    names = {relationship.key, *(pair.foreign.key for pair in relationship.pairs or ())}
    return any(name in names for call in rows.conditions for name in _fixed(call))


def _names(expr: s.Expr, name: str) -> bool:
    return any(last_name(part) == name for part, _ in evaluated(expr))


def _fixed(call: s.Call) -> Iterator[str]:
    """The columns that a query's conditions may set to one value: not those of which only one side of an `or` speaks."""
    for keyword in call.keywords:
        yield keyword.name
    for argument in call.args:
        yield from _compared(argument)


def _compared(expr: s.Expr) -> Iterator[str]:
    if isinstance(expr, s.Op) and expr.op == "|":
        return
    if isinstance(expr, s.Call) and last_name(expr.func) == "or_":
        return
    if isinstance(expr, s.Op) and expr.op == "&":
        for operand in expr.operands:
            yield from _compared(operand)
        return
    yield from (part.name for part, _ in evaluated(expr) if isinstance(part, s.Attr))
