"""What a step of a dotted path gives: Django's rules (key, attribute, index, and whatever can be called is called) and
Jinja's (attribute, then key). None is a name that the value is known to lack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.project.flow.attributes import is_given_to_others
from linter.project.templates import macros
from linter.project.templates.forms import BOUND_FIELD, FORM_NAMES, Shape, shape
from linter.project.trace import memo
from linter.project.types import (
    NEVER,
    NONE,
    UNKNOWN,
    ClassType,
    Constant,
    DictType,
    Function,
    Instance,
    LambdaType,
    LibraryThing,
    Method,
    Sequence,
    TupleType,
    Type,
    UnknownType,
    members,
    union,
)
from linter.project.units import ClassSymbol, FunctionSymbol

if TYPE_CHECKING:
    from linter.project.flow import Flow

_DICT_NAMES = frozenset(dir(dict)) | {"default_factory", "lists"}
_LIST_NAMES = frozenset(dir(list)) | frozenset(dir(set)) | frozenset(dir(tuple))


class Lookup:
    """The two languages differ in where they look first and in what they call."""

    def __init__(self, flow: Flow, is_jinja: bool) -> None:
        self.flow = flow
        self.is_jinja = is_jinja

    def step(self, kind: Type, name: str) -> Type | None:
        """`value.name`."""
        asked = [member for member in members(kind) if member != NONE]
        if not asked:
            return UNKNOWN
        found: list[Type] = []
        for member in asked:
            value = self.attribute(member, name)
            if isinstance(value, UnknownType):
                return UNKNOWN
            if value is not None:
                found.append(self.value(value))
        return union(*found) if found else None

    def attribute(self, kind: Type, name: str) -> Type | None:
        if isinstance(kind, DictType):
            return self.key(kind, name)
        if isinstance(kind, LibraryThing) and kind.dotted == macros.MODULE:
            return macros.of_module(kind, name)
        if name.isdigit():
            return self.flow.item(kind, int(name))
        if isinstance(kind, (Sequence, TupleType)):
            return Method(kind, name) if name in _LIST_NAMES else None
        if isinstance(kind, Instance) and (fields := self.form(kind.symbol)) is not None:
            return self.form_attribute(kind, fields, name)
        value = self.flow.attribute(kind, name)
        if isinstance(value, UnknownType) and is_given_to_others(self.flow, kind, name):
            return None
        return value

    @memo
    def form(self, cls: ClassSymbol) -> Shape | None:
        return shape(self.flow, cls)

    def form_attribute(self, kind: Instance, fields: Shape, name: str) -> Type | None:
        if name in fields.fields:
            return BOUND_FIELD
        if name in fields.perhaps:
            return UNKNOWN
        value = self.flow.attribute(kind, name)
        if not isinstance(value, UnknownType) and value is not None:
            return value
        is_there = name in FORM_NAMES or self.flow.hierarchy.has_attribute(kind.symbol, name)
        return None if fields.is_closed and not is_there else UNKNOWN

    def key(self, kind: DictType, name: str) -> Type | None:
        method = Method(kind, name) if name in _DICT_NAMES else None
        if self.is_jinja and method is not None:
            return method
        value = kind.get(name)
        if value is not None:
            return value
        if method is not None:
            return UNKNOWN if kind.is_open and kind.values != NEVER else method
        return (
            UNKNOWN  # whoever fills dicts may have put more into this one; and asking for a key that may lack is normal
        )

    def item(self, kind: Type, key: Type) -> Type:
        """Jinja's `value[key]`."""
        if isinstance(key, Constant) and isinstance(key.value, int) and not isinstance(key.value, bool):
            return self.flow.item(kind, key.value)
        if isinstance(key, Constant) and isinstance(key.value, str):
            found = [m.get(key.value) if isinstance(m, DictType) else None for m in members(kind)]
            return union(*(UNKNOWN if value is None else value for value in found))
        return UNKNOWN

    def value(self, kind: Type) -> Type:
        """What is there once Django has called what can be called; Jinja calls nothing by itself."""
        return kind if self.is_jinja else union(*(self._called(member) for member in members(kind)))

    def _called(self, kind: Type) -> Type:
        if isinstance(kind, Function):
            return self.flow.call(kind) if _takes_nothing(kind.symbol, kind.receiver is not None) else UNKNOWN
        if isinstance(kind, (Method, LambdaType)):
            return self.flow.call(kind)
        if isinstance(kind, ClassType):
            if kind.symbol.names.keys() & {"do_not_call_in_templates"} or self.flow.hierarchy.is_enumeration(
                kind.symbol
            ):
                return kind
            return self.flow.instance_of(kind)
        if isinstance(kind, LibraryThing) and not kind.called:
            return self.flow.call(kind)
        if isinstance(kind, Instance) and self.flow.hierarchy.has_member(kind.symbol, "__call__"):
            return UNKNOWN
        return kind


def _takes_nothing(symbol: FunctionSymbol, is_bound: bool) -> bool:
    """Whether a function can be called without arguments; else Django renders nothing."""
    params = [p for p in symbol.node.params if p.kind not in ("*", "**")]
    return all(param.default is not None for param in params[1 if is_bound else 0 :])
