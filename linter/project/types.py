"""What an expression can be, as far as it can be known. Values of the one evaluator (`project.flow`).

`UNKNOWN` absorbs: whatever is asked of it is unknown, and no check ever reports on it. A union's members are all possible;
a name is missing only where every member is known to lack it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Union

if TYPE_CHECKING:
    from linter.project.models import Model
    from linter.project.units import ClassSymbol, FunctionSymbol, Unit


@dataclass(frozen=True)
class UnknownType:
    pass


UNKNOWN = UnknownType()


@dataclass(frozen=True)
class Constant:
    """A literal: str, number, bool, None."""

    value: object


@dataclass(frozen=True)
class Scalar:
    """A value of a builtin or library type whose value is not known: `str`, `int`, `bool`, `datetime.date`, …"""

    name: str


@dataclass(frozen=True)
class ModelInstance:
    """A row of a model. `extra` are names that this very instance has besides the model's own (annotations, `to_attr`)."""

    model: Model
    extra: frozenset[str] = frozenset()


@dataclass(frozen=True)
class QuerySet:
    """A queryset or manager of a model. `extra`: annotation and alias names; `is_open`: names may be added unseen."""

    model: Model
    extra: frozenset[str] = frozenset()
    is_open: bool = False
    rows: Literal["instance", "dict", "tuple", "flat"] = "instance"
    is_manager: bool = False
    cls: ClassSymbol | None = None  # the project's own manager or queryset class behind it


@dataclass(frozen=True)
class ClassType:
    """The class itself, not an instance; `model` is set where it is a Django model."""

    symbol: ClassSymbol
    model: Model | None = None


@dataclass(frozen=True)
class Instance:
    """An instance of a class that is no Django model: a view, a form, a dataclass, a mapped class."""

    symbol: ClassSymbol


@dataclass(frozen=True)
class Sequence:
    """A list, tuple or set whose elements are all of one type."""

    element: Type


@dataclass(frozen=True)
class TupleType:
    items: tuple[Type, ...]


@dataclass(frozen=True)
class DictType:
    """A dict with known string keys; `is_open` where others may be added. `values`: the type of the values of unknown keys."""

    items: tuple[tuple[str, Type], ...] = ()
    is_open: bool = False
    values: Type = UNKNOWN

    def get(self, key: str) -> Type | None:
        for name, value in self.items:
            if name == key:
                return value
        return None


@dataclass(frozen=True)
class Function:
    """A function or method; `receiver` is what it is bound to."""

    symbol: FunctionSymbol
    receiver: Type | None = field(default=None)


@dataclass(frozen=True)
class ModuleType:
    unit: Unit


@dataclass(frozen=True)
class LibraryThing:
    """Something outside all that was read, known by its full name only; calling or reading it gives what rules say of it."""

    dotted: str
    called: bool = False


@dataclass(frozen=True)
class Union_:
    members: frozenset[Type]


Type = Union[
    UnknownType, Constant, Scalar, ModelInstance, QuerySet, ClassType, Instance, Sequence, TupleType, DictType, Function,
    ModuleType, LibraryThing, Union_,
]  # fmt: skip


def union(*types: Type) -> Type:
    """The union of types; UNKNOWN in it makes it unknown."""
    members: set[Type] = set()
    for kind in types:
        if isinstance(kind, UnknownType):
            return UNKNOWN
        members |= kind.members if isinstance(kind, Union_) else {kind}
    if not members:
        return UNKNOWN
    return members.pop() if len(members) == 1 else Union_(frozenset(members))


def members(kind: Type) -> frozenset[Type]:
    return kind.members if isinstance(kind, Union_) else frozenset({kind})
