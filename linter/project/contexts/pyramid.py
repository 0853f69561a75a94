"""Pyramid: views whose `renderer=` is a template, which is given what the view returns, and the resource that a view is for.

https://docs.pylonsproject.org/projects/pyramid/en/latest/narr/renderers.html
https://docs.pylonsproject.org/projects/pyramid/en/latest/narr/hybrid.html
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from linter.facts import syntax as s
from linter.project.contexts import Render, Where
from linter.project.flow.attributes import called_name
from linter.project.flow.scopes import Activation
from linter.project.trace import memo
from linter.project.types import UNKNOWN, Instance, Type, UnknownType, union
from linter.project.units import ClassSymbol, FunctionSymbol

if TYPE_CHECKING:
    from linter.project import Project

_SUFFIXES = (".html", ".txt", ".xml", ".jinja2", ".j2", ".jinja")


class Pyramid:
    def __init__(self, project: Project) -> None:
        self.project = project

    def renders(self) -> Iterator[Render]:
        for unit in self.project.units():
            if unit.mentions("view_config") and unit.mentions("renderer"):
                for function in self.project.functions(unit):
                    yield from self._of(function)

    def _of(self, function: FunctionSymbol) -> Iterator[Render]:
        for decorator in function.node.decorators:
            if not isinstance(decorator, s.Call) or called_name(decorator) != "view_config":
                continue
            renderer = decorator.keyword("renderer")
            if isinstance(renderer, s.Str) and renderer.value.endswith(_SUFFIXES):
                name = renderer.value.rpartition(":")[2].removeprefix("templates/")  # `package:templates/page.html`
                where = Where(function.unit, function.node.at)
                yield Render(self.project, (name,), where, function, "jinja", self._result(function))

    def _result(self, function: FunctionSymbol) -> Callable[[], Type]:
        def result() -> Type:
            resource = self._resource(function)
            params = function.node.params
            given = {params[0].name: resource} if len(params) > 1 and not isinstance(resource, UnknownType) else {}
            symbol = function
            return self.project.flow.result(
                Activation(symbol.unit, symbol.node, symbol, symbol.owner, None, given)
                if given
                else self.project.flow.activation(symbol)
            )

        return result

    # --- the resource that a view is for ---

    def _resource(self, function: FunctionSymbol) -> Type:
        """What the routes of a view lead to; UNKNOWN where one of them does not say."""
        found: list[Type] = []
        for decorator in function.node.decorators:
            if isinstance(decorator, s.Call) and called_name(decorator) == "view_config":
                route = decorator.keyword("route_name")
                if not isinstance(route, s.Str):
                    return UNKNOWN
                found.append(self._resource_of(route.value))
        return union(*found) if found else UNKNOWN

    @memo
    def _resource_of(self, route: str) -> Type:
        """`add_route(name, …, factory="shop.models:OrderFactory", traverse="/{order}/{line}")`: from the factory each
        segment goes on by `__getitem__`."""
        for unit in self.project.units():
            if not unit.says(route) or not unit.mentions("add_route"):
                continue
            for call, _ in self.project.flow.calls_named(unit, "add_route"):
                if call.args and isinstance(call.args[0], s.Str) and call.args[0].value == route:
                    return self._traversed(call)
        return UNKNOWN

    def _traversed(self, call: s.Call) -> Type:
        factory, traverse = call.keyword("factory"), call.keyword("traverse")
        if not isinstance(factory, s.Str) or not isinstance(traverse, s.Str):
            return UNKNOWN
        flow = self.project.flow
        symbol = flow.names.follow(flow.names.find(factory.value.replace(":", ".")))
        kind: Type = Instance(symbol) if isinstance(symbol, ClassSymbol) else UNKNOWN
        for _ in traverse.value.strip("/").split("/"):
            kind = flow.call(flow.attribute_or_unknown(kind, "__getitem__"))
        return kind


def renders(project: Project) -> Iterator[Render]:
    yield from Pyramid(project).renders()
