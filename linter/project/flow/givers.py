"""Who gives objects a name at run time, and what those objects are: `check.total = …`, `annotate(total=…)`,
`setattr(check, "total", …)`.

That some code gives some object a name is known for every module without a look into its functions
(`Flow.given_names`). Here the code is looked at: what it is given to, as far as that is known.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING

from linter.facts import syntax as s
from linter.project.flow import attributes
from linter.project.flow.frames import Frame
from linter.project.flow.scopes import Activation, Scope
from linter.project.flow.walk import calls_in
from linter.project.imports.modules import is_migration, is_test
from linter.project.trace import memo
from linter.project.types import (
    UNKNOWN,
    ClassType,
    Constant,
    DictType,
    Function,
    Instance,
    LibraryThing,
    ModelInstance,
    ModuleType,
    QuerySet,
    Scalar,
    Sequence,
    TupleType,
    Type,
    UnknownType,
    members,
)
from linter.project.units import ClassSymbol, Unit

if TYPE_CHECKING:
    from linter.project.flow import Flow

MOST_PLACES = 60  # of a name that is given everywhere nothing is worked out
_NAMING = frozenset({"annotate", "alias", "extra", "aggregate"})
_ASKING = frozenset({"hasattr", "getattr"})
_NO_OBJECTS = (Constant, Scalar, DictType, Sequence, TupleType, Function, ModuleType)


class Givers:
    def __init__(self, flow: Flow) -> None:
        self.flow = flow

    def may_give(self, cls: ClassSymbol, name: str) -> bool:
        """Whether some code may give an instance of a class a name: what it gives it to may be one."""
        return any(self._may_be(kind, cls) for kind in self._receivers(name))

    def _may_be(self, kind: Type, cls: ClassSymbol) -> bool:
        if isinstance(kind, (ModelInstance, QuerySet)):
            return self._are_related(kind.model.symbol, cls)
        if isinstance(kind, (Instance, ClassType)):
            return self._are_related(kind.symbol, cls)
        if isinstance(kind, LibraryThing):  # an unread class is none of the project's, but what a call gives may be
            return not kind.dotted.rpartition(".")[2][:1].isupper()
        return not isinstance(kind, _NO_OBJECTS)

    def _are_related(self, one: ClassSymbol, other: ClassSymbol) -> bool:
        return one in self.flow.names.mro(other)[0] or other in self.flow.names.mro(one)[0]

    @memo
    def _receivers(self, name: str) -> tuple[Type, ...]:
        """All that some code gives a name to; UNKNOWN for each place where that is not known."""
        found: dict[Type, None] = {}
        for unit in self.flow.project.units():
            if name not in unit.module.gives or is_test(unit.path) or is_migration(unit.path):
                continue
            here = [kind for receiver in self._in_unit(unit, name) for kind in members(receiver)]
            found.update(dict.fromkeys(here or [UNKNOWN]))
            if len(found) > MOST_PLACES:
                return (UNKNOWN,)
        return tuple(found)

    def _in_unit(self, unit: Unit, name: str) -> Iterator[Type]:
        for activation, frame in self._frames(unit, name):
            for store in frame.stores:
                if store.name == name and store.key is None and not _is_self(store.value):
                    yield self._known(Scope(activation, store.env), store.value)
            for point in frame.points:
                for call, scope in calls_in(point.expr, Scope(activation, point.env)):
                    yield from self._by_call(call, scope, name)

    def _frames(self, unit: Unit, name: str) -> Iterator[tuple[Activation, Frame]]:
        flow = self.flow
        yield flow.module_scope(unit).activation, flow.module_frame(unit)
        for cls in flow.names.classes(unit):
            yield flow.class_scope(cls).activation, flow.class_frame(cls)
        lowest = 0
        bodies = unit.bodies_holding([name.encode()])
        for function in sorted(flow.project.functions(unit), key=lambda f: f.node.body):
            own = bisect_right(bodies, function.node.body)
            if own > lowest:  # it, or a function inside it
                yield from flow.readings(function)
            lowest = own

    def _by_call(self, call: s.Call, scope: Scope, name: str) -> Iterator[Type]:
        called = attributes.called_name(call.func)
        if called in _NAMING and isinstance(call.func, s.Attr):
            if any(k.name == name or _holds(k.value, name) for k in call.keywords):
                yield self._known(scope, call.func.value)
        elif called == "setattr" and _is_text(call, 1, name):
            yield self._known(scope, call.args[0])
        elif called in _ASKING and _is_text(call, 1, name):
            kind = self._known(scope, call.args[0])
            # Whoever asks for what some class has may well mean that class.
            yield Constant(None) if isinstance(kind, UnknownType) and self._has_owner(name) else kind
        elif any(k.name == "to_attr" and isinstance(k.value, s.Str) and k.value.value == name for k in call.keywords):
            yield UNKNOWN

    def _known(self, scope: Scope, expr: s.Expr) -> Type:
        kind = self.flow.expression(scope, expr)
        return self.flow.as_called(scope, expr) if isinstance(kind, UnknownType) else kind

    @memo
    def _has_owner(self, name: str) -> bool:
        """Whether some class of the project says a name, or some model has a field of it."""
        models = self.flow.project.models
        if any(name in model.fields or name in model.accessors for model in models):
            return True
        return any(name in cls.names for unit in self.flow.project.units() for cls in self.flow.names.classes(unit))


def _is_self(expr: s.Expr) -> bool:
    """Attributes of `self` are the class's own affair."""
    return isinstance(expr, s.Name) and expr.id == "self"


def _is_text(call: s.Call, position: int, text: str) -> bool:
    given = call.args[position] if len(call.args) > position else None
    return isinstance(given, s.Str) and given.value == text


def _holds(value: s.Expr, name: str) -> bool:
    """`extra(select={"total": …})`."""
    return isinstance(value, s.Dict) and any(isinstance(k, s.Str) and k.value == name for k, _ in value.items)
