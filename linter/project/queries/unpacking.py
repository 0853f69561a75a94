"""Pairs that are used as rows: `profile = Profile.objects.get_or_create(…)`, then `profile.save()`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from linter.facts import syntax as s
from linter.project.control import evaluated
from linter.project.flow import definitions as d
from linter.project.flow.frames import Frame
from linter.project.flow.scopes import Activation, Scope
from linter.project.queries.methods import AWAITED, CREATES_OR_GETS
from linter.project.types import ModelInstance, TupleType
from linter.project.units import walk

if TYPE_CHECKING:
    from linter.project import Project
    from linter.project.models.model import Model

_OF_TUPLES = frozenset(dir(()))


class Pair(msgspec.Struct, frozen=True):
    """A pair that is used as a row. `target`: the variable that holds it (NOWHERE where it is used at once); `used`: the
    attribute that a tuple does not have; `is_only_row`: nothing else is done with the variable."""

    model: Model
    call: s.Call
    method: str
    target: int
    scope: Scope
    used: int
    attribute: str
    is_only_row: bool


def pairs(project: Project, path: str) -> Iterator[Pair]:
    unit = project.unit(path)
    if unit is None or not unit.mentions("_or_create"):
        return
    for function in project.functions(unit):
        unread = unit.unread(function.node)
        if unread is not None and b"_or_create" not in unread:
            continue
        for activation, frame in project.flow.readings(function):
            yield from _Reading(project, activation, frame).pairs()


class _Reading:
    def __init__(self, project: Project, activation: Activation, frame: Frame) -> None:
        self.flow = project.flow
        self.activation = activation
        self.frame = frame
        self.made = {
            definition: name
            for name, definitions in frame.definitions.items()
            for definition in definitions
            if isinstance(definition, d.Assigned) and _call(definition.expr) is not None
        }

    def pairs(self) -> Iterator[Pair]:
        seen: set[d.Definition] = set()
        for expr, scope in self._expressions():
            for part, _ in evaluated(expr):
                if not isinstance(part, s.Attr) or part.name in _OF_TUPLES:
                    continue
                definition = scope.env.get(part.value.id) if isinstance(part.value, s.Name) else None
                if isinstance(definition, d.Assigned) and definition in self.made and definition not in seen:
                    seen.add(definition)
                    yield from self._pair(definition.expr, Scope(self.activation, definition.env), part, definition)
                elif isinstance(part.value, (s.Call, s.Await)):
                    yield from self._pair(part.value, scope, part, None)

    def _expressions(self) -> Iterator[tuple[s.Expr, Scope]]:
        for point in self.frame.points:
            yield point.expr, Scope(self.activation, point.env)
        for store in self.frame.stores:
            if store.at >= 0:  # `profile.name = …`
                yield s.Attr(store.value, store.name, store.at), Scope(self.activation, store.env)

    def _pair(self, expr: s.Expr, scope: Scope, use: s.Attr, definition: d.Assigned | None) -> Iterator[Pair]:
        call = _call(expr)
        kind = self.flow.expression(scope, expr) if call is not None else None
        if call is None or not isinstance(kind, TupleType) or len(kind.items) != 2:
            return
        row = kind.items[0]
        if isinstance(row, ModelInstance) and isinstance(call.func, s.Attr):
            target = self._target(expr) if definition is not None else s.NOWHERE
            is_only_row = definition is None or self._is_only_row(definition)
            yield Pair(row.model, call, call.func.name, target, scope, use.at, use.name, is_only_row)

    def _target(self, expr: s.Expr) -> int:
        function = self.activation.function
        for node, _ in walk(self.activation.unit.body(function).statements) if function is not None else ():
            if isinstance(node, s.Assign) and node.value is expr and len(node.targets) == 1:
                return node.targets[0].at if isinstance(node.targets[0], s.Name) else s.NOWHERE
        return s.NOWHERE

    def _is_only_row(self, definition: d.Assigned) -> bool:
        """Whether the variable is asked for attributes of a row alone, and neither indexed, unpacked nor handed on."""
        name = self.made[definition]
        names = 0
        for expr, scope in self._expressions():
            for part, _ in evaluated(expr):
                if isinstance(part, s.Attr) and isinstance(part.value, s.Name) and part.name not in _OF_TUPLES:
                    names -= part.value.id == name and scope.env.get(name) is definition
                elif isinstance(part, s.Name):
                    names += part.id == name and scope.env.get(name) is definition
        bare = [result.expr for result in self.frame.results]
        bare += [
            other.expr for found in self.frame.definitions.values() for other in found if isinstance(other, d.Assigned)
        ]
        return names == 0 and not any(isinstance(expr, s.Name) and expr.id == name for expr in bare)


def _call(expr: s.Expr) -> s.Call | None:
    """The call of `get_or_create` and its like that an expression is."""
    call = expr.value if isinstance(expr, s.Await) else expr
    if not isinstance(call, s.Call) or not isinstance(call.func, s.Attr):
        return None
    name = call.func.name
    return call if (name[1:] if name in AWAITED else name) in CREATES_OR_GETS else None
