"""Rows that a view looks up by what the request says, and that need not be there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from linter.facts import syntax as s
from linter.project.control import Step, all_parts, evaluated, steps
from linter.project.flow.callers import callers
from linter.project.imports.modules import is_test
from linter.project.names import callee, last_name
from linter.project.scopes import Scope, find_local
from linter.project.serving.asking import Asking
from linter.project.serving.calls import name_at, own_calls
from linter.project.serving.endpoints import VIEW_DECORATORS
from linter.project.trace import cached_property
from linter.project.types import QuerySet, members
from linter.project.units import FunctionSymbol
from linter.span import Span

if TYPE_CHECKING:
    from linter.project import Project
    from linter.project.models.model import Model

# What a request brings along: https://docs.djangoproject.com/en/5.2/ref/request-response/
_BROUGHT = frozenset({"GET", "POST", "COOKIES", "query_params", "data", "session"})
# What may have looked before.
_LOOKS = ("exist", "count", "valid", "filter", "first", "check", "has_", "can_")
_VIEWS = ("django.views.", "rest_framework.")
MOST_STEPS = 4


class Lookup(msgspec.Struct, frozen=True):
    span: Span
    model: Model


class Lookups:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.names = project.names
        self.asking = Asking(project)

    def unhandled(self, path: str) -> Iterator[Lookup]:
        """Where views in one file `get()` a row by what the request says, and nothing waits for `DoesNotExist`."""
        unit = self.project.unit(path)
        if unit is None or is_test(path) or not unit.holds("get") or not unit.mentions("request"):
            return
        holding = set(unit.bodies_holding([b"get"])) & set(unit.bodies_holding([b"objects", b"manager"]))
        for function in self.project.functions(unit) if holding and not self._are_handled_elsewhere else ():
            if function.node.body in holding and self._is_view(function):
                yield from self._in_view(function)

    def _in_view(self, function: FunctionSymbol) -> Iterator[Lookup]:
        scope = Scope(function.unit, (function.node,), function.owner)
        asked = {
            id(call): step
            for step in steps(scope.statements)
            if not step.caught and not step.contexts and not _is_looked_for(step)
            for call in own_calls(step.node)
            if last_name(call.func) == "get" and any(self._is_brought(scope, k.value) for k in call.keywords if k.name)
        }
        for call, where in self.project.flow.calls(function) if asked else ():
            if id(call) in asked and self.asking.query(call, where) == "get" and isinstance(call.func, s.Attr):
                kinds = members(self.project.flow.expression(where, call.func.value))
                model = next((kind.model for kind in kinds if isinstance(kind, QuerySet)), None)
                if model is not None:
                    yield Lookup(function.unit.span(name_at(call), function.node), model)

    def _is_view(self, function: FunctionSymbol) -> bool:
        """Whether a function answers a request itself, and no decorator waits for what it raises."""
        node, owner = function.node, function.owner
        if node.is_async or any(last_name(callee(each)) not in VIEW_DECORATORS for each in node.decorators):
            return False
        if owner is not None:
            line = self.names.mro(owner)[0]
            wraps = any("dispatch" in getattr(cls, "names", {}) for cls in line if not self._is_framework(cls))
            return not wraps and any(self._is_framework(cls) for cls in line)
        return self.project.serving.endpoints.is_endpoint(function) and self._is_routed(function)

    def _is_framework(self, cls: object) -> bool:
        return self.names.name_of(cls).startswith(_VIEWS)  # type: ignore[arg-type]  # of a class, or what is external

    def _is_routed(self, function: FunctionSymbol) -> bool:
        """Whether a URL configuration names a function as it is, and no other code of the project calls it."""
        name = function.node.name
        routing = [unit for unit in self.project.units() if unit.holds(name) and unit.mentions("urlpatterns")]
        wrapped = any(_is_handed_on(part, name) for unit in routing for part in all_parts(unit.module.body))
        return bool(routing) and not wrapped and next(callers(self.project.flow, function), None) is None

    @cached_property
    def _are_handled_elsewhere(self) -> bool:
        """Whether a middleware, or a handler of Django REST framework or ninja, makes an answer of it, or looks before."""
        handlers = ("process_exception", "EXCEPTION_HANDLER", "exception_handler", "handle_exception")
        return any(
            unit.mentions("process_view")
            or (unit.mentions("DoesNotExist") and any(unit.mentions(word) for word in handlers))
            for unit in self.project.units()
        )

    def _is_brought(self, scope: Scope, value: s.Expr, steps_: int = 0) -> bool:
        """Whether a value comes with the request as it is: its URL, query, form or cookies."""
        if isinstance(value, s.Sub):
            return _is_request(value.value)
        if isinstance(value, s.Call):
            if isinstance(value.func, s.Attr) and value.func.name == "get":
                return _is_request(value.func.value)
            is_number = isinstance(value.func, s.Name) and value.func.id in ("int", "str") and len(value.args) == 1
            return is_number and self._is_brought(scope, value.args[0], steps_)
        local = find_local(scope, value.id) if isinstance(value, s.Name) else None
        if local is None or len(local.nodes) > 1 or steps_ > MOST_STEPS:
            return False
        if local.is_param:
            return self._is_of_url(scope, value)
        node = local.nodes[0]
        return isinstance(node, s.Assign) and node.value is not None and self._is_brought(scope, node.value, steps_ + 1)

    def _is_of_url(self, scope: Scope, name: s.Expr) -> bool:
        """Whether a parameter of a view is a part of its URL."""
        function = scope.function
        if function is None or not isinstance(name, s.Name):
            return False
        names = [param.name for param in function.params if not param.kind and param.default is None]
        first = names.index("request") + 1 if "request" in names[:2] else len(names)
        return name.id in names[first:] and (
            scope.owner is None or function.name in ("get", "post", "put", "patch", "delete")
        )


def _is_handed_on(part: s.Expr, name: str) -> bool:
    """`path("…", guarded(view))`: a decorator in the URL configuration."""
    if not isinstance(part, s.Call) or last_name(part.func) in ("path", "re_path", "url"):
        return False
    return any(last_name(arg) == name for arg in part.args)


def _is_request(holder: s.Expr) -> bool:
    """`request.GET`, `self.request.POST`, `self.kwargs`."""
    if not isinstance(holder, s.Attr):
        return False
    if holder.name == "kwargs":
        return last_name(holder.value) == "self"
    return holder.name in _BROUGHT and last_name(holder.value) == "request"


def _is_looked_for(step: Step) -> bool:
    """Whether it is asked before whether the row is there, or what brought its key is all right."""
    for condition in step.conditions:
        for part, _ in evaluated(condition.test):
            name = last_name(part).lower() if isinstance(part, (s.Name, s.Attr)) else ""
            if any(word in name for word in _LOOKS):
                return True
    return False
