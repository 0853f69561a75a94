"""Whether the project's own classes make more of a call than Django does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.facts import syntax as s
from linter.project.flow.attributes import binding_of
from linter.project.flow.keywords import own_keywords
from linter.project.flow.managers import is_plain
from linter.project.trace import memo
from linter.project.types import QuerySet
from linter.project.units import ClassSymbol, FunctionSymbol

if TYPE_CHECKING:
    from linter.project.flow import Flow

# Which methods of the same queryset Django's own ones call with the keywords that they are given (django/db/models/query.py
# of 5.2; get_object_or_404 is django/shortcuts.py's).
_CALLED = {
    "filter": ("_filter_or_exclude",),
    "exclude": ("_filter_or_exclude",),
    "_filter_or_exclude": ("_filter_or_exclude_inplace",),
    "complex_filter": ("_filter_or_exclude_inplace",),
    "get": ("filter",),
    "get_object_or_404": ("get",),
    "get_list_or_404": ("filter",),
    "get_or_create": ("get", "create"),
    "update_or_create": ("get_or_create", "get", "create"),
}


def _with_called(method: str) -> set[str]:
    found: set[str] = set()
    pending = [method]
    while pending:
        name = pending.pop()
        found.add(name)
        pending.extend(_CALLED.get(name, ()))
    return found


_REACHED = {method: frozenset(_with_called(method)) for method in _CALLED}


# Methods whose names are positional: no keyword of theirs is one.
_POSITIONAL = frozenset({
    "select_related", "prefetch_related", "only", "defer", "order_by", "values", "values_list", "distinct",
})  # fmt: skip


class Overrides:
    def __init__(self, flow: Flow) -> None:
        self.flow = flow

    def may_know(self, kind: QuerySet, method: str, name: str) -> bool:
        """Whether a method that is called on a queryset may do something of its own with a keyword."""
        methods = _REACHED.get(method, frozenset({method}))
        if methods & {"create", "__init__"} and self._is_taken(kind.model.symbol, "__init__", name):
            return True
        if method in _POSITIONAL and any(self._asks_more(cls, method) for cls in kind.classes):
            return True
        return any(self._is_taken(cls, m, name) for cls in kind.classes for m in methods)

    def _asks_more(self, cls: ClassSymbol, method: str) -> bool:
        """Whether a method takes an option of its own, which may tell whom the names are meant for."""
        for base in self.flow.names.mro(cls)[0]:
            binding = binding_of(base, method) if isinstance(base, ClassSymbol) and not is_plain(base) else None
            node = binding.node if binding is not None else None
            if isinstance(node, s.FunctionDef):
                if any(not param.kind.startswith("*") for param in node.params[1:]):
                    return True
            elif node is not None:
                return True
        return False

    def _is_taken(self, cls: ClassSymbol, method: str, name: str) -> bool:
        """Whether a method may take a keyword itself that Django's own method does not know."""
        for base in self.flow.names.mro(cls)[0]:
            if not isinstance(base, ClassSymbol) or is_plain(base):
                continue
            if "__getattr__" in base.names or "__getattribute__" in base.names:
                return True
            binding = binding_of(base, method)
            if binding is None:
                continue  # nor does a signature that stands there for type checkers only
            node = binding.node
            if not isinstance(node, s.FunctionDef):
                return True
            own = self._own_keywords(FunctionSymbol(base.unit, node, base))
            if own is None or name in own:
                return True
        return False

    @memo
    def _own_keywords(self, function: FunctionSymbol) -> frozenset[str] | None:
        return own_keywords(self.flow, function)
