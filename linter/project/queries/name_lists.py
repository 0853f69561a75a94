"""Lists of names, as far as they are known: `["a", *OTHERS]`, a constant, a local variable that was appended to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from linter.facts import syntax as s
from linter.project.flow.scopes import Scope
from linter.project.types import NONE, Constant, Sequence, TupleType, Type, members

if TYPE_CHECKING:
    from linter.project.flow import Flow

_COPIES = frozenset({"list", "tuple", "set", "frozenset", "sorted"})


class Item(msgspec.Struct, frozen=True):
    """A name, or None for what cannot be said; a name that stands elsewhere has the place of the variable."""

    name: str | None
    at: int


def items(flow: Flow, expr: s.Expr, scope: Scope) -> Iterator[Item]:
    """What may stand in a list."""
    if isinstance(expr, s.Seq):
        for item in expr.items:
            if isinstance(item, s.Str):
                yield Item(item.value, item.at)
            elif isinstance(item, s.Starred):
                yield from items(flow, item.value, scope)
            else:
                yield from _texts(flow.expression(scope, item), getattr(item, "at", s.NOWHERE))
    elif isinstance(expr, s.Op) and expr.op in ("+", "|"):
        for operand in expr.operands:
            yield from items(flow, operand, scope)
    elif isinstance(expr, s.Cond):
        yield from items(flow, expr.body, scope)
        yield from items(flow, expr.orelse, scope)
    elif isinstance(expr, s.Call) and isinstance(expr.func, s.Name) and expr.func.id in _COPIES and len(expr.args) == 1:
        yield from items(flow, expr.args[0], scope)
    elif isinstance(expr, (s.Name, s.Attr)):
        for kind in members(flow.expression(scope, expr)):
            yield from _of_value(kind, expr.at)
    elif not (isinstance(expr, s.Lit) and expr.value is None):
        yield Item(None, s.NOWHERE)


def _of_value(kind: Type, at: int) -> Iterator[Item]:
    if isinstance(kind, TupleType):
        for item in kind.items:
            yield from _texts(item, at)
    elif isinstance(kind, Sequence):
        yield from _texts(kind.element, at)
    elif kind != NONE:
        yield Item(None, at)


def _texts(kind: Type, at: int) -> Iterator[Item]:
    for member in members(kind):
        value = member.value if isinstance(member, Constant) else None
        yield Item(value if isinstance(value, str) else None, at)
