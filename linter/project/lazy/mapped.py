"""SQLAlchemy: relationships of a query's rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.facts import syntax as s
from linter.project.control import evaluated, own
from linter.project.flow.scopes import Scope
from linter.project.lazy.loops import Reading
from linter.project.lazy.origins import Query, chain, is_followed
from linter.project.names import last_name
from linter.project.sqlalchemy.values import Const
from linter.project.types import ClassType, Instance
from linter.project.units import walk

if TYPE_CHECKING:
    from linter.project.flow import Flow
    from linter.project.lazy.managed import Found
    from linter.project.sqlalchemy.mapping import Mapper, Relationship

# Methods that leave it to the mapper what is loaded.
_PLAIN = frozenset({
    "where", "filter", "filter_by", "order_by", "distinct", "join", "outerjoin", "group_by", "having", "with_for_update",
    "all", "unique", "scalars",
})  # fmt: skip
_GIVEN = frozenset({"scalars", "execute", "exec"})  # of a session: the statement is the argument
_CHANGING = frozenset({"append", "add", "extend", "remove", "discard", "insert", "clear", "update", "pop"})


def repeated(flow: Flow, row: Instance, reading: Reading, rows: s.Expr, scope: Scope) -> Found | None:
    tables = flow.project.tables
    mapper = tables.mapper(row.symbol) if flow.project.uses_sqlalchemy else None
    name = reading.path[0]
    relationship = _relationship(mapper, name) if mapper is not None else None
    if mapper is None or relationship is None or not _is_lazy(relationship):
        return None
    if reading.path[1:2] and reading.path[1] in _CHANGING:
        return None
    conditions: list[s.Call] = []
    query = _origin(flow, mapper, rows, scope, conditions)
    if query is None or (relationship.uselist is not True and _may_be_there(relationship, reading, conditions)):
        return None
    return query, mapper.name, f".options(selectinload({mapper.name}.{name}))", 0


def _relationship(mapper: Mapper, name: str) -> Relationship | None:
    return next((part.relationships[name] for part in mapper.lineage() if name in part.relationships), None)


def _is_lazy(relationship: Relationship) -> bool:
    """Whether it is surely loaded when it is first read, and not before."""
    given = relationship.given.get("lazy")
    if not relationship.whole or relationship.direction is None:
        return False
    return given is None or given.value in (Const("select"), Const(True))


def _origin(flow: Flow, mapper: Mapper, rows: s.Expr, scope: Scope, conditions: list[s.Call]) -> Query | None:
    """Where the statement stands whose rows a loop goes over; None where it is not known, or says what to load."""
    for expr, where in chain(flow, rows, scope):
        if not isinstance(expr, s.Call):
            if isinstance(expr, s.Attr) and expr.name == "query":
                return Query(where, expr.at) if _is_class(flow, mapper, expr.value, where) else None
            continue
        name = last_name(expr.func)
        if name in ("select", "query"):
            is_whole = len(expr.args) == 1 and not expr.keywords
            return Query(where, expr.at) if is_whole and _is_class(flow, mapper, expr.args[0], where) else None
        if name in _GIVEN and expr.args:
            return _origin(flow, mapper, expr.args[0], where, conditions) if len(expr.args) == 1 else None
        if isinstance(expr.func, s.Attr) and not is_followed(flow, expr, where):
            if name not in _PLAIN:
                return None
            conditions.append(expr)
    return None


def _is_class(flow: Flow, mapper: Mapper, expr: s.Expr, scope: Scope) -> bool:
    kind = flow.expression(scope, expr)
    return isinstance(kind, ClassType) and flow.project.tables.mapper(kind.symbol) is mapper


def _may_be_there(relationship: Relationship, reading: Reading, conditions: list[s.Call]) -> bool:
    """Whether the session may hold the one related row already: the function speaks of that class itself, or the query asks
    for the rows of one and the same other row."""
    target = relationship.target
    unit, function = reading.scope.unit, reading.scope.activation.function
    if target is None or function is None:
        return True
    if any(_names(expr, target.name) for node, _ in walk(unit.body(function).statements) for expr in own(node)):
        return True
    names = {relationship.key, *(pair.foreign.key for pair in relationship.pairs or ())}
    for call in conditions:
        if any(keyword.name in names for keyword in call.keywords):
            return True
        for argument in call.args:
            if any(isinstance(part, s.Attr) and part.name in names for part, _ in evaluated(argument)):
                return True
    return False


def _names(expr: s.Expr, name: str) -> bool:
    return any(last_name(part) == name for part, _ in evaluated(expr))
