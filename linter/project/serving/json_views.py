"""Views that answer JSON and nothing else, and where they give up with Django's own page for a 404."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from linter.facts import syntax as s
from linter.project.control import Step, evaluated, own, steps
from linter.project.imports.modules import is_test
from linter.project.names import callee
from linter.project.scopes import Scope, full_name, functions
from linter.project.trace import cached_property
from linter.project.units import ClassSymbol

if TYPE_CHECKING:
    from linter.project import Project

_SHORTCUTS = frozenset({
    "django.shortcuts.get_object_or_404", "django.shortcuts.get_list_or_404", "django.shortcuts.aget_object_or_404",
    "django.shortcuts.aget_list_or_404",
})  # fmt: skip
_GIVING_UP = ("get_object_or_404", "get_list_or_404", "Http404")
_CAUGHT = frozenset({"Http404", "Exception", "BaseException"})


class NotFound(msgspec.Struct, frozen=True):
    """A place that raises Http404. `call` is the name of a shortcut, "" for `raise Http404`."""

    scope: Scope
    at: int
    call: str


class JsonViews:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.names = project.names

    @cached_property
    def may_answer(self) -> bool:
        """Whether the project answers a 404 itself: with a `handler404`, or a middleware that takes exceptions."""
        words = (b"handler404", b"process_exception")
        return any(word in bytes(unit.facts.module) for unit in self.project.units() for word in words)

    def not_found(self, path: str) -> Iterator[NotFound]:
        """The places in one file where a view that answers JSON raises Http404."""
        unit = self.project.unit(path)
        if unit is None or is_test(path) or not unit.mentions("JsonResponse") or self.may_answer:
            return
        for scope in functions(self.names, unit, ("JsonResponse",), _GIVING_UP):
            if self._is_view(scope) and self._answers_json(scope):
                for step in steps(scope.statements):
                    if not any(_takes(kind) for kind in step.caught):
                        yield from self._raised(scope, step)

    def _is_view(self, scope: Scope) -> bool:
        """A function or method that is handed the request and that nothing but Django's own decorators change."""
        function = scope.function
        if function is None or not any(param.name == "request" for param in function.params[:2]):
            return False
        if scope.owner is not None and not self._is_plain(scope.owner):
            return False
        decorators = [callee(d) for d in function.decorators]
        return all(full_name(self.names, Scope(scope.unit), each).startswith("django.") for each in decorators)

    def _is_plain(self, owner: ClassSymbol) -> bool:
        """A class all of whose bases are Django's own."""
        order, complete = self.names.mro(owner)
        return (
            complete
            and not owner.node.decorators
            and all(
                cls is owner or self.names.name_of(cls).startswith(("django.", "builtins.", "object")) for cls in order
            )
        )

    def _answers_json(self, scope: Scope) -> bool:
        returned = [step.node.value for step in steps(scope.statements) if isinstance(step.node, s.Return)]
        return bool(returned) and all(value is not None and self._is_json(scope, value) for value in returned)

    def _is_json(self, scope: Scope, value: s.Expr) -> bool:
        return isinstance(value, s.Call) and full_name(self.names, scope, value.func).endswith(".JsonResponse")

    def _raised(self, scope: Scope, step: Step) -> Iterator[NotFound]:
        if isinstance(step.node, s.Jump):
            value = step.node.value
            if value is not None and full_name(self.names, scope, callee(value)).endswith(".Http404"):
                yield NotFound(scope, getattr(value, "at", s.NOWHERE), "")
            return
        for expr in own(step.node):
            for part, _ in evaluated(expr):
                if isinstance(part, s.Call) and full_name(self.names, scope, part.func) in _SHORTCUTS:
                    yield NotFound(scope, part.at, full_name(self.names, scope, part.func).rpartition(".")[2])


def _takes(kind: s.Expr) -> bool:
    if isinstance(kind, s.Seq):
        return any(_takes(item) for item in kind.items)
    name = kind.name if isinstance(kind, s.Attr) else kind.id if isinstance(kind, s.Name) else ""
    return not name or name in _CAUGHT
