"""Who calls a function: every known call of it, and what its parameters are by all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from linter.facts import syntax as s
from linter.project.flow.attributes import called_name
from linter.project.flow.scopes import Scope
from linter.project.types import Function, members
from linter.project.units import FunctionSymbol, Unit

if TYPE_CHECKING:
    from linter.project.flow import Flow

MOST_CALLERS = 150


def callers(flow: Flow, function: FunctionSymbol) -> Iterator[tuple[s.Call, Scope, Function]]:
    """Every known call of a function, each where it is made, with the function as it is called there."""
    places = _method_calls(flow, function) if function.owner is not None else _calls(flow, function)
    found = 0
    for call, scope in places:
        if called_name(call.func) != function.node.name or scope.activation.symbol == function:
            continue
        for member in members(flow.expression(scope, call.func)):
            if isinstance(member, Function) and member.symbol == function:
                yield call, scope, member
                found += 1
        if found >= MOST_CALLERS:
            return


def _calls(flow: Flow, function: FunctionSymbol) -> Iterator[tuple[s.Call, Scope]]:
    """The calls in all modules that may know a module's function."""
    name = function.node.name
    knowing = (*flow.importers.get(name, ()), *flow.importers.get(function.unit.name.rpartition(".")[2], ()))
    for unit in dict.fromkeys((function.unit, *knowing, *flow.importers.get("*", ()))):
        if unit.mentions(name):
            yield from flow.calls_named(unit, name)


def _method_calls(flow: Flow, function: FunctionSymbol) -> Iterator[tuple[s.Call, Scope]]:
    """The calls in the methods of a method's own class and of those below it."""
    assert function.owner is not None
    for cls in (function.owner, *flow.hierarchy.subclasses(function.owner)):
        if cls.unit.mentions(function.node.name):
            for node in flow.hierarchy.methods(cls):
                yield from flow.calls(FunctionSymbol(cls.unit, node, cls), flow.instance_of(flow.of_symbol(cls)))


def importers(units: Iterable[Unit]) -> dict[str, list[Unit]]:
    """The modules by the names that they import at their top, their modules' last names among them, "*" for all of some."""
    found: dict[str, dict[Unit, None]] = {}
    for unit in units:
        if unit.star_imports:
            found.setdefault("*", {})[unit] = None
        for name, bindings in unit.names.items():
            for binding in bindings:
                node = binding.node
                if isinstance(node, s.ImportFrom):
                    found.setdefault(node.name, {})[unit] = None
                elif isinstance(node, s.Import):
                    found.setdefault(node.module.rpartition(".")[2], {})[unit] = None
                else:
                    continue
                found.setdefault(name, {})[unit] = None
    return {name: list(importing) for name, importing in found.items()}
