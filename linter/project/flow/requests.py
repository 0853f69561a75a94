"""What the project puts on requests: `request.profile = …` in a middleware, read in views and templates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from linter.facts import syntax as s
from linter.project.flow.frames import Store
from linter.project.flow.scopes import Activation
from linter.project.imports.modules import is_test
from linter.project.types import NEVER, UNKNOWN, Type, UnknownType, union

if TYPE_CHECKING:
    from linter.project.flow import Flow


def given_attribute(flow: Flow, name: str) -> Type:
    """The union of all that is assigned to `request.<name>` anywhere; UNKNOWN where nothing is."""
    return flow.solver.solve(flow.request_attributes, name, lambda: _assigned(flow, name))


def _assigned(flow: Flow, name: str) -> Type:
    found: Type = NEVER
    for activation, store in _stores(flow, name):
        found = union(found, flow.value_of(store.definition, activation))
        if isinstance(found, UnknownType):
            break
    return UNKNOWN if found == NEVER else found


def _stores(flow: Flow, name: str) -> Iterator[tuple[Activation, Store]]:
    for unit in flow.project.units():
        if name not in unit.module.gives or is_test(unit.path):
            continue
        for function in flow.project.functions(unit):
            for activation, frame in flow.readings(function):
                for store in frame.stores:
                    if store.name == name and store.key is None and _is_request(store.value):
                        yield activation, store


def _is_request(expr: s.Expr) -> bool:
    return (isinstance(expr, s.Name) and expr.id == "request") or (isinstance(expr, s.Attr) and expr.name == "request")
