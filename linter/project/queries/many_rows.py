"""Querysets of any number of rows, handed to a lookup that compares with one value: `filter(author=Author.objects.all())`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from linter.facts import syntax as s
from linter.project.control import evaluated
from linter.project.flow.scopes import Scope
from linter.project.queries import steps
from linter.project.queries.members import is_relation, query_member, related_model
from linter.project.queries.methods import FILTERS
from linter.project.types import QuerySet, members

if TYPE_CHECKING:
    from linter.project import Project
    from linter.project.models.model import Model
    from linter.project.queries import OrmCall

# Methods that no slice has: a queryset on which one of them was called gives all its rows.
_WHOLE = frozenset({"filter", "exclude", "order_by", "distinct", "reverse", "none"})
# Those that leave a slice what it is.
_SAME = frozenset(
    {"all", "values", "values_list", "only", "defer", "using", "annotate", "select_related", "prefetch_related"}
)
_ASKING = (FILTERS - {"complex_filter"}) | {"get_object_or_404"}
DEEPEST = 6


class ManyRows(msgspec.Struct, frozen=True):
    """`at`: the keyword. `rows` is the model whose rows the value gives."""

    model: Model
    name: str
    rows: Model
    scope: Scope
    at: int


def many_rows(project: Project, path: str) -> Iterator[ManyRows]:
    for made in project.queries.calls(path):
        if made.method in _ASKING and made.asked:
            for keyword in _conditions(project, made):
                if _may_be_many(keyword.value, made.scope) and _is_exact(made, keyword.name):
                    rows = _rows(project, keyword.value, made.scope)
                    if rows is not None:
                        yield ManyRows(made.asked[0].model, keyword.name, rows, made.scope, keyword.at)


def _conditions(project: Project, made: OrmCall) -> Iterator[s.Keyword]:
    """The keywords of a call, and those of every `Q(…)` that stands in it."""
    yield from (keyword for keyword in made.call.keywords if keyword.name)
    for arg in made.call.args:
        for part, _ in evaluated(arg):
            if isinstance(part, s.Call) and part.keywords:
                if project.queries.reader.expressions.class_name(part, made.scope) == "Q":
                    yield from (keyword for keyword in part.keywords if keyword.name)


def _is_exact(made: OrmCall, path: str) -> bool:
    """Whether a path leads to a field or relation, and says no other lookup, on every model that may be asked."""
    parts = path.removesuffix("__exact").split("__")
    return all(parts[0] not in kind.extra and _leads_to_one(kind.model, parts) for kind in made.asked)


def _leads_to_one(model: Model, parts: list[str]) -> bool:
    at: Model | None = model
    for index, part in enumerate(parts):
        member = query_member(at, part) if at is not None else None
        if member is None or (not is_relation(member) and index + 1 < len(parts)):
            return False
        at = related_model(member)
    return True


def _may_be_many(expr: s.Expr, scope: Scope, depth: int = 0) -> bool:
    """Whether an expression is a chain of a queryset's methods that no slice can be the end of, by its looks."""
    if isinstance(expr, s.Name):
        made = list(steps.parts(expr.id, scope)) if depth < DEEPEST else []
        return bool(made) and all(_may_be_many(each, inside, depth + 1) for each, inside in made)
    if not isinstance(expr, s.Call) or not isinstance(expr.func, s.Attr):
        return False
    if expr.func.name in _WHOLE:
        return True
    return expr.func.name in _SAME and (_is_manager(expr.func.value) or _may_be_many(expr.func.value, scope, depth))


def _is_manager(expr: s.Expr) -> bool:
    return isinstance(expr, s.Attr) and expr.name in ("objects", "_default_manager", "_base_manager")


def _rows(project: Project, value: s.Expr, scope: Scope) -> Model | None:
    """The model of the rows that a value surely is."""
    kinds = members(project.flow.expression(scope, value))
    found = [kind for kind in kinds if isinstance(kind, QuerySet) and not kind.is_manager]
    return found[0].model if found and len(found) == len(kinds) else None
