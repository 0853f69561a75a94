"""Containers: what looping over one gives, what stands in it, what its methods do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.facts import syntax as s
from linter.project.flow import library, mapped, querysets
from linter.project.flow.expressions import merged, with_key
from linter.project.flow.scopes import Scope
from linter.project.types import (
    INT,
    NEVER,
    NONE,
    STR,
    UNKNOWN,
    Constant,
    DictType,
    Function,
    Instance,
    LibraryThing,
    PendingType,
    QuerySet,
    Scalar,
    Sequence,
    TupleType,
    Type,
    members,
    union,
)

if TYPE_CHECKING:
    from linter.project.flow import Flow
    from linter.project.flow.calls import Arguments


def iterate(flow: Flow, kind: Type) -> Type:
    found = [_element(flow, member) for member in members(kind) if member != NONE]
    result = union(*found) if found else UNKNOWN
    return UNKNOWN if result == NEVER else result  # nothing was seen going in


def _element(flow: Flow, kind: Type) -> Type:
    if isinstance(kind, PendingType):
        return kind
    if isinstance(kind, QuerySet):
        return querysets.row(kind)
    if isinstance(kind, Sequence):
        return kind.element
    if isinstance(kind, TupleType):
        return union(*kind.items)
    if isinstance(kind, DictType):
        return STR
    if isinstance(kind, Constant):
        return STR if isinstance(kind.value, str) else UNKNOWN
    if isinstance(kind, Scalar):
        return STR if kind == STR else UNKNOWN
    if isinstance(kind, LibraryThing):
        return mapped.iterate(kind) if kind.dotted in mapped.KINDS else library.iterate(flow, kind)
    if isinstance(kind, Instance):
        return _iterated(flow, kind)
    return UNKNOWN


def _iterated(flow: Flow, kind: Instance) -> Type:
    """What a class's own `__iter__` leads to: another iterable, or, where it returns `self`, what `__next__` gives."""
    method = flow.attribute(kind, "__iter__")
    if not isinstance(method, Function):
        return UNKNOWN
    found: list[Type] = []
    for member in members(flow.call(method)):
        if isinstance(member, Instance):
            following = flow.attribute(member, "__next__")
            found.append(flow.call(following) if isinstance(following, Function) else UNKNOWN)
        else:
            found.append(_element(flow, member))
    return union(*found)


def item(flow: Flow, kind: Type, position: int | None) -> Type:
    found = [_item(flow, member, position) for member in members(kind) if member != NONE]
    result = union(*found) if found else UNKNOWN
    return UNKNOWN if result == NEVER else result


def _item(flow: Flow, kind: Type, position: int | None) -> Type:
    if isinstance(kind, TupleType) and position is not None:
        return kind.items[position] if -len(kind.items) <= position < len(kind.items) else UNKNOWN
    if isinstance(kind, DictType):
        return union(*(value for _, value in kind.items), *([kind.values] if kind.is_open else []))
    if isinstance(kind, Instance):
        method = flow.attribute(kind, "__getitem__")
        return flow.call(method) if isinstance(method, Function) else UNKNOWN
    return _element(flow, kind)


def entered(flow: Flow, kind: Type) -> Type:
    found: list[Type] = []
    for member in members(kind):
        if isinstance(member, LibraryThing):
            found.append(member.about[0] if member.dotted == "contextlib.contextmanager" and member.about else UNKNOWN)
        elif isinstance(member, Instance):
            found.append(flow.call(flow.attribute_or_unknown(member, "__enter__")))
        else:
            return UNKNOWN
    return union(*found) if found else UNKNOWN


def mutated(flow: Flow, value: Type, call: s.Call, scope: Scope) -> Type:
    assert isinstance(call.func, s.Attr)
    name = call.func.name
    if isinstance(value, DictType):
        return _mutated_dict(flow, value, name, call, scope)
    if isinstance(value, TupleType):
        return value
    if isinstance(value, Sequence):
        if name in ("append", "add", "appendleft") and call.args:
            return Sequence(union(value.element, flow.expression(scope, call.args[0])))
        if name == "insert" and len(call.args) > 1:
            return Sequence(union(value.element, flow.expression(scope, call.args[1])))
        if name in ("extend", "update") and call.args:
            return Sequence(union(value.element, *(flow.iterate(flow.expression(scope, arg)) for arg in call.args)))
        if name in ("remove", "discard", "pop", "clear"):
            return _lessened(value, flow.expression(scope, call.args[0]) if call.args and name != "pop" else UNKNOWN)
    return value


def _lessened(value: Sequence, gone: Type) -> Sequence:
    """A list that something was taken out of: a known text is not in it any more; where it is not known which, any of its
    texts may be the one."""
    left = members(value.element) - {gone}
    if not isinstance(gone, Constant):
        left = frozenset(STR if isinstance(m, Constant) and isinstance(m.value, str) else m for m in left)
    return Sequence(union(*left))


def _mutated_dict(flow: Flow, value: DictType, name: str, call: s.Call, scope: Scope) -> Type:
    result = value
    if name == "update":
        for argument in call.args:
            result = merged(result, flow.expression(scope, argument))
        for keyword in call.keywords:
            kind = flow.expression(scope, keyword.value)
            result = result.with_item(keyword.name, kind) if keyword.name else merged(result, kind)
    elif name == "setdefault" and call.args:
        key = flow.expression(scope, call.args[0])
        default = flow.expression(scope, call.args[1]) if len(call.args) > 1 else NONE
        known = value.get(key.value) if isinstance(key, Constant) and isinstance(key.value, str) else None
        result = with_key(value, key, union(known, default) if known is not None else default)
    return result


def call(flow: Flow, receiver: Type, name: str, arguments: Arguments) -> Type:
    """What a method of a builtin container or text gives."""
    if isinstance(receiver, DictType):
        return _call_dict(receiver, name, arguments)
    if isinstance(receiver, (Sequence, TupleType)):
        if name in ("pop", "__getitem__", "popleft"):
            return iterate(flow, receiver)
        if name in ("copy", "union", "difference", "intersection"):
            return receiver
        return INT if name in ("index", "count") else NONE if name in ("append", "extend", "sort", "add") else UNKNOWN
    if isinstance(receiver, (Constant, Scalar)):
        if name in ("split", "rsplit", "splitlines"):
            return Sequence(STR)
        if name in ("partition", "rpartition"):
            return TupleType((STR, STR, STR))
        if name == "encode":
            return Scalar("bytes")
        return Scalar("bool") if name.startswith(("is", "startswith", "endswith")) else STR
    return UNKNOWN


def _call_dict(receiver: DictType, name: str, arguments: Arguments) -> Type:
    every = union(*(value for _, value in receiver.items), *([receiver.values] if receiver.is_open else []))
    if name == "items":
        return Sequence(TupleType((STR, every)))
    if name == "values":
        return Sequence(every)
    if name == "keys":
        return Sequence(STR)
    if name == "copy":
        return receiver
    if name in ("get", "pop", "setdefault", "getlist"):
        key = arguments.at(0)
        default = arguments.at(1)
        known = receiver.get(key.value) if isinstance(key, Constant) and isinstance(key.value, str) else None
        if known is not None:
            return union(known, default) if default is not None and receiver.is_open else known
        if key is None or any(isinstance(m, Constant) for m in members(key)) or name == "getlist":
            return UNKNOWN
        return union(every, NONE if default is None else default)  # some key: any of the values
    return NONE if name in ("update", "clear") else UNKNOWN
