"""The conditions that queries are given, and which parts of an expression stand for SQL.

`where(…)`, `filter(…)`, `and_(…)`, `case((…, …))` and their like build SQL from what Python's operators give for columns.
Some operators Python keeps to itself: `is`, `and`, `or`, `not`, `in`. What they give is no SQL.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from linter.facts import syntax as s
from linter.project.flow.scopes import Scope
from linter.project.flow.walk import CHILDREN, parts_in
from linter.project.names import last_name
from linter.project.sqlalchemy.names import Attribute
from linter.project.trace import memo
from linter.project.types import ClassType, LibraryThing
from linter.span import Span

if TYPE_CHECKING:
    from linter.project import Project
    from linter.project.sqlalchemy.mapping import Mapper

# Methods that take conditions, and functions that do (which may be called through a module as well).
_METHODS = frozenset({"filter", "where", "having", "join", "outerjoin", "any", "has", "append", "extend"})
_FUNCTIONS = frozenset({"and_", "or_", "not_", "case", "outerjoin", "join", "with_loader_criteria"})
_KEYWORDS = frozenset({"onclause", "whereclause"})
_WORDS = ("filter", "where", "having", "and_", "or_", "case", "onclause")  # a file without one of these has no query
_COMPARISONS = frozenset({"==", "!=", "<", ">", "<=", ">="})
# What asks a column for a condition.
_ASKING = frozenset({
    "any", "between", "bool_op", "contains", "endswith", "has", "icontains", "iendswith", "ilike", "in_", "is_",
    "is_distinct_from", "is_not", "is_not_distinct_from", "isnot", "isnot_distinct_from", "istartswith", "like", "match",
    "not_ilike", "not_in", "not_like", "notilike", "notin_", "notlike", "regexp_match", "startswith",
})  # fmt: skip
_MAPPED = frozenset({"column", "relationship", "synonym", "column_property"})
_TABLE_TYPES = ("Table", "Subquery", "CTE", "Alias")


_LITERAL = re.compile(rb"\s*(?:==|!=|<=|>=|<|>|\bis\s+not\b|\bis\b|\band\b|\bor\b)\s*(?:None|True|False|-?[\d.][\w.]*)")


class Condition(NamedTuple):
    """`call` is what it is given to, and `is_joined` tells that AND joins its arguments; None for one in a plain list."""

    expr: s.Expr
    scope: Scope
    call: s.Call | None
    is_joined: bool = False


class Element(msgspec.Struct, frozen=True):
    """An attribute that stands for SQL: `User.name`, or `users.c.name`, where only the name is known."""

    name: str
    mapper: Mapper | None = None
    attribute: Attribute | None = None

    @property
    def is_relationship(self) -> bool:
        return self.attribute is not None and self.attribute.kind == "relationship"


class Criteria:
    def __init__(self, project: Project) -> None:
        self.project = project

    @memo
    def conditions(self, path: str) -> tuple[Condition, ...]:
        """The conditions in a file that are given to queries, or gathered for them in lists."""
        unit = self.project.unit(path)
        if unit is None or not self.project.uses_sqlalchemy:
            return ()
        if not any(unit.mentions(word) for word in _WORDS):
            return ()
        found: list[Condition] = []
        for expr, scope in self.project.flow.unit_points(unit):
            if isinstance(expr, s.Seq) and expr.kind == "list":
                found.extend(Condition(part, inner, None) for part, inner in _parts(expr, scope))
            for call, inner in parts_in(expr, scope, s.Call):
                found.extend(_given(call, inner))
        return tuple(found)

    def span(self, condition: Condition) -> Span:
        """From the first to the last part of a condition; a number or None at its end, which has no place, is looked for."""
        span = extent(condition.expr, condition.scope)
        last = condition.expr
        while isinstance(last, s.Op):
            last = last.operands[-1]
        if isinstance(last, s.Lit):
            written = _LITERAL.match(self.project.source(condition.scope.unit.path).data, span.end)
            return Span(span.start, written.end()) if written is not None else span
        return span

    # --- what stands for SQL ------------------------------------------------------------------------------------------

    def element(self, expr: s.Expr, scope: Scope) -> Element | None:
        """The attribute of a mapped class or a table that an expression certainly is."""
        if not isinstance(expr, s.Attr):
            return None
        if isinstance(expr.value, s.Attr) and expr.value.name in ("c", "columns"):
            return Element(expr.name) if self._is_table(expr.value.value, scope) else None
        kind = self.project.flow.expression(scope, expr.value)
        mapper = self.project.tables.mapper(kind.symbol) if isinstance(kind, ClassType) else None
        if mapper is None:
            return None
        found = self.project.tables.names.attribute(mapper, expr.name)
        if found is None or found.kind not in _MAPPED:
            return None
        return Element(f"{mapper.name}.{expr.name}", mapper, found)

    def _is_table(self, expr: s.Expr, scope: Scope) -> bool:
        if isinstance(expr, s.Attr) and expr.name == "__table__":
            return True
        kind = self.project.flow.expression(scope, expr)
        return isinstance(kind, LibraryThing) and kind.called and _is_of_sqlalchemy(kind.dotted, _TABLE_TYPES)

    def is_column(self, expr: s.Expr, scope: Scope) -> bool:
        """Whether an expression certainly is a column, or what SQL makes of one: `func.lower(User.name)`, `User.data["x"]`."""
        if isinstance(expr, s.Sub):
            return self.is_column(expr.value, scope)
        if isinstance(expr, s.Attr):
            return self.element(expr, scope) is not None or (
                isinstance(expr.value, (s.Sub, s.Call)) and self.is_column(expr.value, scope)
            )
        if isinstance(expr, s.Call) and isinstance(expr.func, s.Attr):
            owner = self.project.flow.expression(scope, expr.func.value)
            if isinstance(owner, LibraryThing):
                return not owner.called and _is_of_sqlalchemy(owner.dotted, ("func",))
            return expr.func.name not in _ASKING and self.is_column(expr.func.value, scope)
        return False

    def is_condition(self, expr: s.Expr, scope: Scope) -> bool:
        """Whether an expression certainly is a condition in SQL."""
        if isinstance(expr, s.Op):
            if expr.op in _COMPARISONS:
                return any(self.is_column(operand, scope) for operand in expr.operands)
            if expr.op in ("&", "|", "unary~", "~"):
                return any(self.is_condition(o, scope) or self.is_column(o, scope) for o in expr.operands)
            return False
        if not isinstance(expr, s.Call):
            return False
        if isinstance(expr.func, s.Attr) and expr.func.name in _ASKING:
            return self.is_column(expr.func.value, scope)
        if last_name(expr.func) in ("and_", "or_", "not_"):
            made = self.project.flow.expression(scope, expr.func)
            return isinstance(made, LibraryThing) and _is_of_sqlalchemy(made.dotted, ("and_", "or_", "not_"))
        return False


def _is_of_sqlalchemy(dotted: str, names: tuple[str, ...]) -> bool:
    package, _, rest = dotted.partition(".")
    return package in ("sqlalchemy", "sqlmodel", "flask_sqlalchemy") and rest.rpartition(".")[2] in names


# --- what a call is given ---------------------------------------------------------------------------------------------


def _given(call: s.Call, scope: Scope) -> Iterator[Condition]:
    name = last_name(call.func)
    if not (name in _FUNCTIONS or (name in _METHODS and isinstance(call.func, s.Attr))):
        return
    is_joined = name in ("filter", "where", "having", "and_")
    arguments = [*call.args, *(keyword.value for keyword in call.keywords if keyword.name in _KEYWORDS)]
    for argument in arguments:
        for part, inner in _parts(argument, scope):
            yield Condition(part, inner, call, is_joined and part is argument)


def _parts(expr: s.Expr, scope: Scope) -> Iterator[tuple[s.Expr, Scope]]:
    """The conditions within an argument; calls in it are looked at for themselves."""
    from linter.project.flow.expressions import clause_scope

    if isinstance(expr, s.Starred):
        yield from _parts(expr.value, scope)
    elif isinstance(expr, s.Seq):
        for item in expr.items:
            yield from _parts(item, scope)
    elif isinstance(expr, s.Cond):
        yield from _parts(expr.body, scope)
        yield from _parts(expr.orelse, scope)
    elif isinstance(expr, s.Comp):
        for clause in expr.clauses:
            scope = clause_scope(clause, scope)
        yield from _parts(expr.element, scope)
    elif isinstance(expr, s.Op):
        yield expr, scope
        if expr.op in ("and", "or", "not", "&", "|", "unary~", "~"):
            for operand in expr.operands:
                yield from _parts(operand, scope)


def flattened(expr: s.Op) -> list[s.Expr]:
    """The operands of `a and b and c`, however they are nested."""
    found: list[s.Expr] = []
    for operand in expr.operands:
        if isinstance(operand, s.Op) and operand.op == expr.op:
            found.extend(flattened(operand))
        else:
            found.append(operand)
    return found


def extent(expr: s.Expr, scope: Scope) -> Span:
    """From the first to the last part of an expression that has a place."""
    spans: list[Span] = []
    stack = [expr]
    while stack:
        node = stack.pop()
        at = getattr(node, "at", s.NOWHERE)
        if at != s.NOWHERE:
            spans.append(scope.span(at))
            continue  # it covers its parts
        children = CHILDREN.get(type(node))
        if children is not None:
            stack.extend(children(node))
        elif isinstance(node, s.Comp):
            stack.append(node.element)
    if not spans:
        return scope.span(s.NOWHERE)
    return Span(min(span.start for span in spans), max(span.end for span in spans))
