"""Functions that answer a request: routes of FastAPI, Starlette, Flask and their like, Django's views."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.facts import syntax as s
from linter.project.names import callee
from linter.project.scopes import Scope, resolve
from linter.project.trace import memo
from linter.project.units import ClassSymbol, External, FunctionSymbol, Symbol, ValueSymbol

if TYPE_CHECKING:
    from linter.project import Project

_VERBS = frozenset({"get", "post", "put", "patch", "delete", "head", "options"})
_ROUTES = _VERBS | {"route", "api_route", "websocket", "websocket_route"}
# What routes are registered with, by the package that has it.
_ROUTERS = {
    "fastapi": ("FastAPI", "APIRouter"),
    "starlette": ("Starlette", "Router"),
    "flask": ("Flask", "Blueprint"),
    "ninja": ("NinjaAPI", "Router"),
    "quart": ("Quart", "Blueprint"),
}
# Decorators that make one.
# Decorators of views that look at the request, and then call the view as it is: they catch nothing and open no transaction.
VIEW_DECORATORS = frozenset({
    "login_required", "permission_required", "user_passes_test", "staff_member_required", "require_http_methods",
    "require_GET", "require_POST", "require_safe", "csrf_exempt", "never_cache", "api_view", "permission_classes", "action",
})  # fmt: skip
_DECORATORS = {"modernrpc": ("rpc_method",)}
_VIEWS = ("django.views.", "rest_framework.", "flask.views.", "flask_restful.", "starlette.endpoints.")
# Methods of their classes that are run for a request.
_ACTIONS = _VERBS | {
    "list", "create", "retrieve", "update", "partial_update", "destroy", "dispatch", "form_valid", "form_invalid",
    "get_context_data", "get_queryset", "perform_create", "perform_update", "perform_destroy",
}  # fmt: skip


class Endpoints:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.names = project.names

    @memo
    def is_endpoint(self, function: FunctionSymbol) -> bool:
        if function.owner is not None:
            return self._is_handler(function, function.owner)
        return any(self._is_route(function, each) for each in function.node.decorators) or self._takes_request(function)

    def _is_route(self, function: FunctionSymbol, decorator: s.Expr) -> bool:
        named = callee(decorator)
        package, _, rest = self.names.full_name(function.unit, named).partition(".")
        if rest.rpartition(".")[2] in _DECORATORS.get(package, ()):
            return True
        if not isinstance(decorator, s.Call) or not isinstance(decorator.func, s.Attr):
            return False
        if decorator.func.name not in _ROUTES:
            return False
        router = resolve(self.names, Scope(function.unit), decorator.func.value)
        if not isinstance(router, ValueSymbol) or not isinstance(router.value, s.Call):
            return False
        return self._is_router(self.names.follow(self.names.resolve(router.unit, router.value.func)))

    def _is_router(self, made: Symbol | None) -> bool:
        if isinstance(made, ClassSymbol):
            return any(_is_named_router(self.names.name_of(cls)) for cls in self.names.mro(made)[0])
        return isinstance(made, External) and _is_named_router(made.dotted)

    def _is_handler(self, function: FunctionSymbol, owner: ClassSymbol) -> bool:
        """A method of a class-based view that is called for a request."""
        params = function.node.params
        takes_request = len(params) > 1 and params[1].name == "request"
        if not takes_request and function.node.name not in _ACTIONS:
            return False
        return any(self.names.name_of(cls).startswith(_VIEWS) for cls in self.names.mro(owner)[0])

    def _takes_request(self, function: FunctionSymbol) -> bool:
        """A view of Django is any function whose first parameter is the request."""
        params = function.node.params
        return bool(params) and params[0].name == "request" and b"django" in function.unit.facts.module


def _is_named_router(dotted: str) -> bool:
    package, _, rest = dotted.partition(".")
    return rest.rpartition(".")[2] in _ROUTERS.get(package, ())
