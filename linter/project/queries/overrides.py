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


class Overrides:
    def __init__(self, flow: Flow) -> None:
        self.flow = flow

    def may_know(self, kind: QuerySet, method: str, name: str) -> bool:
        """Whether a method that is called on a queryset may do something of its own with a keyword."""
        if method in ("create", "__init__") and self._is_taken(kind.model.symbol, "__init__", name):
            return True
        methods = (method, "_filter_or_exclude", "_filter_or_exclude_inplace")
        return any(self._is_taken(cls, m, name) for cls in kind.classes for m in methods)

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
