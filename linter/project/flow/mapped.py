"""SQLAlchemy's ways to the rows of mapped classes: `select(User)`, `session.get(User, 1)`, `User.query`, and so on.

Sessions are known by what they are given: whatever is asked for `query(User)` or `scalars(select(User))`, User being a
mapped class, is one. What selects columns, or cannot be said to select whole rows of one class, gives something unknown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from linter.facts import syntax as s
from linter.project.flow import entities
from linter.project.flow.scopes import Scope
from linter.project.names import last_name
from linter.project.types import (
    INT,
    NONE,
    UNKNOWN,
    ClassType,
    Function,
    Instance,
    LibraryThing,
    Method,
    Scalar,
    Sequence,
    TupleType,
    Type,
    UnknownType,
    union,
)

if TYPE_CHECKING:
    from linter.project.flow import Flow
    from linter.project.flow.calls import Arguments
    from linter.project.sqlalchemy.mapping import Mapper
    from linter.project.units import ClassSymbol

# What stands for a statement, a query, a result and the like; each is about the rows that it gives.
STATEMENT = "sqlalchemy.sql.expression.Select"
QUERY = "sqlalchemy.orm.query.Query"
RESULT = "sqlalchemy.engine.result.Result"
SCALARS = "sqlalchemy.engine.result.ScalarResult"
COLLECTION = "sqlalchemy.orm.relationship"  # a list, a set, or a query if the relationship is dynamic
PAGINATION = "flask_sqlalchemy.pagination.Pagination"
KINDS = frozenset({STATEMENT, QUERY, RESULT, SCALARS, COLLECTION, PAGINATION})
_ASKED = frozenset({STATEMENT, QUERY})

_CHAINED = frozenset({
    "distinct", "enable_eagerloads", "execution_options", "except_", "filter", "filter_by", "group_by", "having",
    "intersect", "join", "limit", "offset", "options", "order_by", "outerjoin", "params", "populate_existing",
    "reset_joinpoint", "select_from", "slice", "union", "union_all", "unique", "where", "with_for_update",
    "yield_per", "partitions",
})  # fmt: skip
_JOINING = frozenset({"join", "outerjoin", "select_from"})
_LISTS = frozenset({"all", "fetchall", "fetchmany"})
_ONE = frozenset({"one", "scalar_one", "first_or_404", "get_or_404", "one_or_404"})
_MAYBE = frozenset({"first", "one_or_none", "scalar", "scalar_one_or_none", "get", "fetchone"})
_SESSION = frozenset({
    "query", "get", "get_one", "get_or_404", "scalars", "stream_scalars", "scalar", "execute", "stream", "exec",
    "first_or_404", "one_or_404", "paginate", "select", "aliased", "Query",
})  # fmt: skip
# What declarative bases give every class: Flask-SQLAlchemy's, and those of projects that do as it does.
_INHERITED = frozenset({"metadata", "registry", "query", "query_class", "session"})


def call(flow: Flow, expr: s.Call, scope: Scope) -> Type | None:
    """What a call is that makes a statement or asks a session; None for any other call."""
    name = last_name(expr.func)
    if name not in _SESSION or not expr.args or not flow.project.uses_sqlalchemy:
        return None
    if isinstance(expr.func, s.Name) and name not in ("select", "aliased", "Query"):
        return None
    first = flow.expression(scope, expr.args[0])
    if name == "aliased":  # it has what the class has
        return first if isinstance(_entity(flow, first), Instance) else None
    if name in ("select", "query", "Query"):
        return _asked(flow, expr, name, scope)
    if name in ("get", "get_one", "get_or_404"):
        row = _entity(flow, first)
        return None if isinstance(row, UnknownType) else row if name != "get" else union(row, NONE)
    return _executed(name, first)


def _asked(flow: Flow, expr: s.Call, name: str, scope: Scope) -> Type | None:
    """A statement or query; one of columns gives rows that are not known."""
    rows = tuple(_entity(flow, flow.expression(scope, arg)) for arg in expr.args)
    named = entities.selected(flow, expr.args, scope)
    if isinstance(rows[0], UnknownType):
        if named is None or isinstance(flow.expression(scope, expr.func), (Function, ClassType)):
            return None
        rows = (UNKNOWN,)
    return LibraryThing(STATEMENT if name == "select" else QUERY, True, rows, named)


def _executed(name: str, statement: Type) -> Type | None:
    if not (isinstance(statement, LibraryThing) and statement.dotted in _ASKED):
        return None
    row = _row(statement)
    if name in ("scalars", "stream_scalars") or (name == "exec" and len(statement.about) == 1):
        return LibraryThing(SCALARS, True, statement.about[:1])
    if name in ("scalar", "first_or_404", "one_or_404"):
        return union(row, NONE) if name == "scalar" else row
    if name == "paginate":
        return LibraryThing(PAGINATION, True, (row,))
    return LibraryThing(RESULT, True, statement.about)


def _entity(flow: Flow, kind: Type) -> Type:
    """A row of a mapped class, where the whole class is selected."""
    if isinstance(kind, ClassType) and flow.project.tables.mapper(kind.symbol) is not None:
        return Instance(kind.symbol)
    return UNKNOWN


def _row(thing: LibraryThing) -> Type:
    return thing.about[0] if len(thing.about) == 1 else UNKNOWN


# --- statements, queries, results -------------------------------------------------------------------------------------


def attribute(kind: LibraryThing, name: str) -> Type:
    if kind.dotted == PAGINATION:
        return Sequence(_row(kind)) if name == "items" else INT if name in ("page", "pages", "total") else UNKNOWN
    return Method(kind, name)


def method(flow: Flow, kind: LibraryThing, name: str, arguments: Arguments) -> Type:
    """What a method of one of these gives."""
    if name in _JOINING:
        return replace(kind, entities=entities.joined(flow, kind.entities, arguments))
    if name in _CHAINED:
        return kind
    if kind.dotted == RESULT:
        return _of_result(kind, name)
    row = _row(kind)
    if name in _LISTS:
        return Sequence(row)
    if name == "paginate":
        return LibraryThing(PAGINATION, True, (row,))
    if name in _ONE:
        return row
    if name in _MAYBE:
        return union(row, NONE)
    return INT if name == "count" else UNKNOWN


def _of_result(kind: LibraryThing, name: str) -> Type:
    """A result's rows are tuples; `scalars()` and the like take the first of each."""
    first = kind.about[0]
    if name == "scalars":
        return LibraryThing(SCALARS, True, (first,))
    if name == "scalar_one":
        return first
    if name in ("scalar", "scalar_one_or_none"):
        return union(first, NONE)
    return Sequence(_tuple(kind)) if name in _LISTS else UNKNOWN


def iterate(kind: LibraryThing) -> Type:
    return _tuple(kind) if kind.dotted == RESULT else _row(kind)


def _tuple(result: LibraryThing) -> Type:
    return UNKNOWN if isinstance(result.about[0], UnknownType) else TupleType(result.about)


# --- mapped classes ---------------------------------------------------------------------------------------------------


def mapper(flow: Flow, cls: ClassSymbol) -> Mapper | None:
    return flow.project.tables.mapper(cls) if flow.project.uses_sqlalchemy else None


def class_attribute(flow: Flow, kind: ClassType, name: str) -> Type | None:
    """`User.query`, where a base class that was not read gives it."""
    if name == "query" and mapper(flow, kind.symbol) is not None and not flow.hierarchy.has_member(kind.symbol, name):
        return LibraryThing(QUERY, True, (Instance(kind.symbol),), (kind,))
    return None


def instance_attribute(flow: Flow, found: Mapper, name: str) -> Type | None:
    """What a column or a relationship gives; None for any other name."""
    for part in found.lineage():
        column = part.columns.get(name)
        if column is not None:
            return Scalar(column.type) if column.type else UNKNOWN
        relationship = part.relationships.get(name)
        if relationship is not None:
            if relationship.target is None or relationship.uselist is None:
                return UNKNOWN
            symbol = relationship.target.symbol
            row = Instance(symbol, True)
            named = None if relationship.has_secondary else (ClassType(symbol, None, True),)
            return LibraryThing(COLLECTION, True, (row,), named) if relationship.uselist else union(row, NONE)
    return None


def may_have(found: Mapper, name: str) -> bool:
    """Whether a mapped class may have a name that was not seen in its own body or its bases'."""
    if name in _INHERITED or name.startswith("_"):
        return True
    return any(part.open or name in part.attributes() for part in found.lineage())
