"""Which classes a keyword of `filter_by()` may mean: those that a statement selects, selects from, or has joined.

SQLAlchemy asks the one that was joined last, else the first (version 2.1 asks all of them). A name is wrong for sure where
all of them lack it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.facts import syntax as s
from linter.project.flow.scopes import Scope
from linter.project.names import last_name
from linter.project.types import ClassType

if TYPE_CHECKING:
    from linter.project.flow import Flow
    from linter.project.flow.calls import Arguments

Entities = tuple[ClassType, ...]

MOST = 6  # classes in one statement
_OF_COLUMNS = frozenset({"label", "distinct", "desc", "asc"})  # methods of a column that leave it one
_JOIN_OPTIONS = frozenset({"isouter", "full", "onclause"})


def selected(flow: Flow, arguments: tuple[s.Expr, ...], scope: Scope) -> Entities | None:
    """The classes that a statement selects rows or columns of; None where that cannot be told."""
    return _together([_selected(flow, argument, scope) for argument in arguments])


def joined(flow: Flow, before: Entities | None, arguments: Arguments) -> Entities | None:
    """The classes after `join(…)` or `select_from(…)`."""
    scope = arguments.scope
    if scope is None or not arguments.is_exact or any(k.name not in _JOIN_OPTIONS for k in arguments.keywords):
        return None
    found = [before]
    for index, argument in enumerate(arguments.written):
        is_condition = index > 0 and isinstance(argument, (s.Op, s.Call))
        found.append(() if is_condition else _target(flow, argument, scope))
    return _together(found)


def _together(found: list[Entities | None]) -> Entities | None:
    made: dict[ClassType, None] = {}
    for each in found:
        if each is None:
            return None
        made.update(dict.fromkeys(each))
    return tuple(made) if len(made) <= MOST else None


def _selected(flow: Flow, expr: s.Expr, scope: Scope) -> Entities | None:
    if isinstance(expr, (s.Str, s.Lit)):
        return ()
    if isinstance(expr, s.Call) and isinstance(expr.func, s.Attr):
        if last_name(expr.func.value) == "func":
            return selected(flow, expr.args, scope)
        if expr.func.name in _OF_COLUMNS and not expr.keywords:
            return _selected(flow, expr.func.value, scope)
    if isinstance(expr, s.Attr):
        owner = _class(flow, expr.value, scope)
        if owner is not None:
            return (owner,) if _is_column(flow, owner, expr.name) else None
    return _whole(flow, expr, scope)


def _target(flow: Flow, expr: s.Expr, scope: Scope) -> Entities | None:
    """What is joined: a class, or that which a relationship leads to."""
    if isinstance(expr, s.Call) and isinstance(expr.func, s.Attr):
        if expr.func.name == "of_type" and len(expr.args) == 1:
            return _whole(flow, expr.args[0], scope)
        if expr.func.name == "and_":
            return _target(flow, expr.func.value, scope)
    owner = _class(flow, expr.value, scope) if isinstance(expr, s.Attr) else None
    if owner is None or not isinstance(expr, s.Attr):
        return _whole(flow, expr, scope)
    mapper = flow.project.tables.mapper(owner.symbol)
    relationship = mapper.relationship(expr.name) if mapper is not None else None
    target = relationship.target if relationship is not None else None
    return (ClassType(target.symbol, None, True),) if target is not None else None


def _whole(flow: Flow, expr: s.Expr, scope: Scope) -> Entities | None:
    found = _class(flow, expr, scope)
    return (found,) if found is not None else None


def _class(flow: Flow, expr: s.Expr, scope: Scope) -> ClassType | None:
    """The mapped class that an expression is; what `aliased()` gives is as good as one."""
    kind = flow.expression(scope, expr)
    return kind if isinstance(kind, ClassType) and flow.project.tables.mapper(kind.symbol) is not None else None


def _is_column(flow: Flow, owner: ClassType, name: str) -> bool:
    mapper = flow.project.tables.mapper(owner.symbol)
    return mapper is not None and any(name in part.columns for part in mapper.lineage())
