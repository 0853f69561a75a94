"""What an expression can be, as far as it can be known. Values of the one evaluator (`project.flow`).

`UNKNOWN` absorbs: whatever is asked of it is unknown, and no check ever reports on it. A union's members are all possible;
a name is missing only where every member is known to lack it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Literal, Union

import msgspec

if TYPE_CHECKING:
    from linter.facts import syntax as s
    from linter.project.flow.scopes import Scope
    from linter.project.models import Model
    from linter.project.units import ClassSymbol, FunctionSymbol, Unit

MOST_MEMBERS = 40  # a union of more is as good as unknown
DEEPEST_DICTS = 4  # dicts in dicts that are merged key by key; `self.tree[key] = {"above": self.tree}` has no end


class UnknownType(msgspec.Struct, frozen=True):
    pass


UNKNOWN = UnknownType()


class PendingType(msgspec.Struct, frozen=True):
    """What is not worked out yet, of a value that depends on itself: whatever is asked of it comes later, too, and beside
    anything else in a union it is nothing. No answer that is kept has it."""


PENDING = PendingType()


class Constant(msgspec.Struct, frozen=True):
    """A literal: str, number, bool, None."""

    value: object


class Scalar(msgspec.Struct, frozen=True):
    """A value of a builtin or library type whose value is not known: `str`, `int`, `bool`, `datetime.date`, …"""

    name: str


class ModelInstance(msgspec.Struct, frozen=True):
    """A row of a model. `extra` are names that this very instance has besides the model's own (annotations, `to_attr`)."""

    model: Model
    extra: frozenset[str] = frozenset()
    is_open: bool = False  # names may have been added unseen
    or_subclass: bool = False  # `self`, or an annotated parameter: a class below may be the real one


class QuerySet(msgspec.Struct, frozen=True):
    """A queryset or manager of a model. `extra`: annotation and alias names; `is_open`: names may be added unseen.

    `classes` are the project's own classes behind it, whose methods it has, the manager's before the queryset's."""

    model: Model
    extra: frozenset[str] = frozenset()
    is_open: bool = False
    rows: Literal["instance", "dict", "tuple", "flat"] = "instance"
    is_manager: bool = False
    classes: tuple[ClassSymbol, ...] = ()
    columns: tuple[str, ...] | None = None  # the names of `values`, `values_list`; None where not all are known


class ClassType(msgspec.Struct, frozen=True):
    """The class itself, not an instance; `model` is set where it is a Django model."""

    symbol: ClassSymbol
    model: Model | None = None
    or_subclass: bool = False


class Instance(msgspec.Struct, frozen=True):
    """An instance of a class that is no Django model: a view, a form, a dataclass, a mapped class."""

    symbol: ClassSymbol
    or_subclass: bool = False


class Sequence(msgspec.Struct, frozen=True):
    """A list, tuple or set whose elements are all of one type."""

    element: Type


class TupleType(msgspec.Struct, frozen=True):
    items: tuple[Type, ...]


class DictType(msgspec.Struct, frozen=True):
    """A dict with known string keys; `is_open` where others may be added. `values`: the type of the values of unknown keys."""

    items: tuple[tuple[str, Type], ...] = ()
    is_open: bool = False
    values: Type = UNKNOWN

    def get(self, key: str) -> Type | None:
        for name, value in self.items:
            if name == key:
                return value
        return None

    def with_item(self, key: str, value: Type) -> DictType:
        return self.updated(DictType(((key, value),), values=NEVER))

    def updated(self, other: DictType) -> DictType:
        """What `{**self, **other}` has."""
        items = {**dict(self.items), **dict(other.items)}
        return DictType(tuple(items.items()), self.is_open or other.is_open, union(*_open_values(self, other)))


class Function(msgspec.Struct, frozen=True):
    """A function or method of the source; `receiver` is what it is bound to, `closure` where it was defined when that was
    inside a function."""

    symbol: FunctionSymbol
    receiver: Type | None = None
    closure: Scope | None = None

    def __hash__(self) -> int:
        return hash((self.symbol.unit, self.symbol.node.body, self.receiver))

    def __eq__(self, other: object) -> bool:
        # Comparing the records themselves would compare whole trees.
        return (
            isinstance(other, Function)
            and self.symbol.node is other.symbol.node
            and self.symbol.unit is other.symbol.unit
            and self.receiver == other.receiver
            and self.closure is other.closure
        )

    def __ne__(self, other: object) -> bool:
        return not self == other


class LambdaType(msgspec.Struct, frozen=True, eq=False):
    node: s.Lambda
    scope: Scope


class Method(msgspec.Struct, frozen=True):
    """A method of something that is not source: `Check.objects.filter`, `{}.items`."""

    receiver: Type
    name: str


class Super(msgspec.Struct, frozen=True):
    """`super()` in a method of `owner`."""

    receiver: Type
    owner: ClassSymbol


class ModuleType(msgspec.Struct, frozen=True):
    unit: Unit


class LibraryThing(msgspec.Struct, frozen=True):
    """Something outside all that was read, known by its full name only; calling or reading it gives what rules say of it.

    `called`: what calling it gives (an instance, where it is a class). `about`: what it was made of, where a rule asks.
    `entities`: of a query, the classes whose attributes `filter_by()` may mean, None where they are not known."""

    dotted: str
    called: bool = False
    about: tuple[Type, ...] = ()
    entities: tuple[ClassType, ...] | None = None


class Union_(msgspec.Struct, frozen=True):
    members: frozenset[Type]


Type = Union[
    UnknownType, PendingType, Constant, Scalar, ModelInstance, QuerySet, ClassType, Instance, Sequence, TupleType, DictType, Function,
    LambdaType, Method, Super, ModuleType, LibraryThing, Union_,
]  # fmt: skip

# No value at all: what a function gives that only raises, what an empty list holds.
NEVER = Union_(frozenset())
NONE = Constant(None)
BOOL = Scalar("bool")
INT = Scalar("int")
STR = Scalar("str")


def union(*types: Type) -> Type:
    """The union of types; UNKNOWN in it makes it unknown. Dicts become one dict that has the keys of all, lists one list."""
    return _union(types, 0)


def _union(types: Iterable[Type], depth: int) -> Type:
    types = tuple(types)
    first = types[0] if types else NEVER
    for kind in types:
        if kind is not first:
            break
    else:
        return first
    members: set[Type] = set()
    for kind in types:
        if isinstance(kind, UnknownType):
            return UNKNOWN
        if isinstance(kind, Union_):
            members |= kind.members
        else:
            members.add(kind)
    if len(members) > 1:
        members.discard(PENDING)
    if len(members) > 1:
        members = _merge_dicts(_merge_sequences(members, depth), depth)
    if len(members) == 1:
        return members.pop()
    return Union_(frozenset(members)) if len(members) <= MOST_MEMBERS else UNKNOWN


def members(kind: Type) -> frozenset[Type]:
    return kind.members if isinstance(kind, Union_) else frozenset({kind})


def _merge_dicts(members: set[Type], depth: int) -> set[Type]:
    """A key that one of the dicts surely lacks is what it is in the others; one that may have been put there unseen can
    be anything."""
    dicts = [m for m in members if isinstance(m, DictType)]
    if len(dicts) < 2:
        return members
    rest = {m for m in members if not isinstance(m, DictType)}
    if depth == DEEPEST_DICTS:
        return {*rest, DictType(is_open=True)}
    items: dict[str, Type] = {}
    for one in sorted(dicts, key=lambda d: [name for name, _ in d.items]):
        for name, _ in one.items:
            if name not in items:
                kinds = [kind for kind in map(_value_at(name), dicts) if kind is not None]
                items[name] = _union(kinds, depth + 1)
    values = _union(_open_values(*dicts), depth + 1)
    return {*rest, DictType(tuple(items.items()), any(d.is_open for d in dicts), values)}


def _value_at(name: str) -> Callable[[DictType], Type | None]:
    def value(kind: DictType) -> Type | None:
        known = kind.get(name)
        return kind.values if known is None and kind.is_open else known

    return value


def _open_values(*dicts: DictType) -> Iterable[Type]:
    return [d.values for d in dicts if d.is_open]


def _merge_sequences(members: set[Type], depth: int) -> set[Type]:
    sequences = [m for m in members if isinstance(m, Sequence)]
    if len(sequences) < 2:
        return members
    merged = Sequence(_union([m.element for m in sequences], depth))
    return {m for m in members if not isinstance(m, Sequence)} | {merged}
