"""What an expression of a declaration can hold: constants, library things, classes, and what calling them makes."""

from __future__ import annotations

from collections.abc import Mapping as AbstractMapping
from typing import Union

import msgspec

from linter.facts import syntax as s
from linter.project.units import ClassSymbol, FunctionSymbol, ModuleSymbol, Unit


class Site(msgspec.Struct, frozen=True):
    """Where something is written: a record of `unit`, or of the body of `function`."""

    unit: Unit
    at: int
    function: s.FunctionDef | None = None

    @property
    def path(self) -> str:
        return self.unit.path

    @property
    def key(self) -> tuple[str, int, int]:
        return self.unit.path, self.function.body if self.function else -1, self.at


class Scope(msgspec.Struct, eq=False):
    """The names that an expression sees: `names` of a running function, then those of `outer`; at class level those of
    the body of `owner`, as they are when its statement `now` runs; then the module's, when its statement `before` does."""

    unit: Unit
    function: s.FunctionDef | None = None
    names: dict[str, Value] = msgspec.field(default_factory=dict)
    owner: ClassSymbol | None = None
    outer: Scope | None = None
    before: s.Stmt | None = None
    now: s.Stmt | None = None
    run: int = 0  # which of the runs of its function

    def site(self, at: int) -> Site:
        return Site(self.unit, at, self.function)


class UnknownValue(msgspec.Struct, frozen=True):
    pass


UNKNOWN = UnknownValue()


class Const(msgspec.Struct, frozen=True):
    """A string, number, bool or None. `origin` is the literal itself, where it is one."""

    value: str | int | float | bool | None
    origin: Site | None = None  # where it stands makes it no other value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Const) and self.value == other.value

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self.value)


class Items(msgspec.Struct, frozen=True):
    """A list, tuple or set. Not `whole`: more may stand in it."""

    items: tuple[Value, ...]
    whole: bool = True


class Mapping(msgspec.Struct, frozen=True):
    """A dict with string keys. Not `whole`: it may hold more."""

    entries: AbstractMapping[str, Value]
    whole: bool = True

    def __hash__(self) -> int:
        return hash(tuple(self.entries))


class Lib(msgspec.Struct, frozen=True):
    """Something of a library that is not looked into, under its full name."""

    dotted: str


class Function(msgspec.Struct, frozen=True, eq=False):
    """A function of the project. `first` is what it is bound to, `scope` what encloses it."""

    symbol: FunctionSymbol
    scope: Scope | None = None
    first: Value | None = None


class Lambda(msgspec.Struct, frozen=True, eq=False):
    node: s.Lambda
    scope: Scope


class Arg(msgspec.Struct, frozen=True):
    """An argument as it is written, or one that a `*` or `**` has given already as a value. `at`: the name of a keyword."""

    expr: s.Expr
    scope: Scope
    given: Value | None = None
    at: int = s.NOWHERE


class Given(msgspec.Struct, frozen=True):
    """An argument that was looked at: its value as far as it is known, and what is written.

    `site` is the value's, or that of the whole call where it has none of its own; `name` that of the keyword, if it is one."""

    value: Value
    expr: s.Expr
    scope: Scope
    site: Site
    name: Site | None = None


class Arguments(msgspec.Struct, frozen=True):
    """`all_positional` and `all_keywords` tell whether there may be more than these, from a `*` or `**` not understood."""

    positional: tuple[Arg, ...] = ()
    keywords: AbstractMapping[str, Arg] = {}
    all_positional: bool = True
    all_keywords: bool = True

    @property
    def whole(self) -> bool:
        return self.all_positional and self.all_keywords


class Partial(msgspec.Struct, frozen=True):
    """What `functools.partial(func, …)` gives: equal to any other of one function."""

    func: Value
    arguments: Arguments

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Partial) and self.func == other.func

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self.func)


class Made(msgspec.Struct, frozen=True):
    """What calling a library thing or a class gives. `kind` is the last name of the SQLAlchemy thing, "" for others.

    Two evaluations of one call are the same object, unless a function was run twice: `key` tells."""

    kind: str
    func: Value
    key: tuple[object, ...]
    arguments: Arguments
    site: Site

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Made) and self._identity == other._identity

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self._identity)

    @property
    def _identity(self) -> tuple[object, ...]:
        return self.kind, self.func, self.key


class Member(msgspec.Struct, frozen=True):
    """An attribute of something, not known further: `Base.metadata`, `users.c`, `User.id`, `db.Model`."""

    base: Value
    name: str


Value = Union[
    UnknownValue, Const, Items, Mapping, Lib, Function, Lambda, Partial, Made, Member, ClassSymbol, ModuleSymbol
]  # fmt: skip

NONE = Const(None)


def text_of(value: Value) -> str | None:
    return value.value if isinstance(value, Const) and isinstance(value.value, str) else None


def flag_of(value: Value) -> bool | None:
    """A bool that is written as one; None for what is not known."""
    return value.value if isinstance(value, Const) and isinstance(value.value, bool) else None


def truth(value: Value) -> bool | None:
    if isinstance(value, Const):
        return bool(value.value)
    if isinstance(value, (Items, Mapping)):
        known = value.items if isinstance(value, Items) else value.entries
        return True if known else (False if value.whole else None)
    if isinstance(value, Made):
        return (
            True if value.kind or isinstance(value.func, ClassSymbol) else None
        )  # what a function gives may be nothing
    if isinstance(value, (ClassSymbol, Function, Lib, ModuleSymbol)):
        return True
    return None
