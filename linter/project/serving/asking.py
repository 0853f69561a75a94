"""Which calls certainly ask the database through Django's ORM, there and then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.facts import syntax as s
from linter.project.flow import querysets
from linter.project.flow.scopes import Scope
from linter.project.serving.receivers import chain
from linter.project.types import ClassType, ModelInstance, QuerySet, members
from linter.project.units import ClassSymbol, External

if TYPE_CHECKING:
    from linter.project import Project

# Methods of querysets and managers that ask the database there and then; each has a twin with an `a` before it.
_ASKING = frozenset({
    "get", "create", "get_or_create", "update_or_create", "bulk_create", "bulk_update", "count", "exists", "first", "last",
    "earliest", "latest", "aggregate", "in_bulk", "update", "delete",
})  # fmt: skip
_OF_ROWS = frozenset({"save", "delete", "refresh_from_db"})
_CACHED = frozenset({"count", "exists"})  # answered from rows that are there already
_EVALUATING = frozenset({"list", "tuple", "set", "len", "sorted", "bool"})
MAY_ASK = _ASKING | _OF_ROWS | _EVALUATING | {"dict"}  # what a call that asks is called: a gate


class Asking:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.names = project.names

    def query(self, call: s.Call, scope: Scope) -> str:
        """The call as it is said, where it certainly asks the database; "" for any other."""
        flow = self.project.flow
        if isinstance(call.func, s.Name):
            builtin = call.func.id in _EVALUATING and call.func.id not in scope.env and len(call.args) == 1
            return call.func.id if builtin and self.is_lazy(call.args[0], scope) else ""
        if not isinstance(call.func, s.Attr) or call.func.name not in _ASKING | _OF_ROWS:
            return ""
        name = call.func.name
        kinds = members(flow.expression(scope, call.func.value))
        if all(isinstance(kind, QuerySet) for kind in kinds) and name in _ASKING:
            plain = all(isinstance(k, QuerySet) and querysets.own_attribute(flow, k, name) is None for k in kinds)
            is_new = name not in _CACHED or self._is_fresh(call.func.value, scope)
            return name if plain and kinds and is_new else ""
        if all(isinstance(kind, ModelInstance) for kind in kinds) and name in _OF_ROWS:
            own = (self._has_own(k.model.symbol, name) for k in kinds if isinstance(k, ModelInstance))
            return name if kinds and not any(own) else ""
        return ""

    def _has_own(self, cls: ClassSymbol, name: str) -> bool:
        bases = self.names.mro(cls)[0]
        return any(isinstance(b, External) or (not b.unit.is_django and name in b.names) for b in bases)

    def saves_its_own_way(self, call: s.Call, scope: Scope) -> bool:
        """Whether `create()` runs a `save()` of the project's, which may have a savepoint of its own."""
        rows = self.project.flow.expression(scope, call.func.value) if isinstance(call.func, s.Attr) else None
        kinds = members(rows) if rows is not None else ()
        return any(isinstance(kind, QuerySet) and self._has_own(kind.model.symbol, "save") for kind in kinds)

    def is_lazy(self, rows: s.Expr, scope: Scope) -> bool:
        """Whether an expression is a queryset that has not been evaluated yet."""
        kinds = members(self.project.flow.expression(scope, rows))
        return all(isinstance(m, QuerySet) and not m.is_manager for m in kinds) and self._is_fresh(rows, scope)

    def _is_fresh(self, rows: s.Expr, scope: Scope) -> bool:
        """Whether rows are asked of a model's manager, here: what comes by a relation may have been prefetched."""
        if isinstance(rows, s.Name):
            return False  # it may hold its rows by now
        *_, (last, where) = chain(self.project.flow, rows, scope)
        if not isinstance(last, s.Attr):
            return False
        return isinstance(self.project.flow.expression(where, last.value), ClassType)
