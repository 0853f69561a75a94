"""Which files an answer was read from: what makes it safe to keep a finding when some other file changes.

All that modules say at import time (and how templates hang together, and every text file) is the project's *interface*:
while it is unchanged, an answer can only change with what it read beyond that: bodies of functions, what else templates say,
places in texts. `Unit.body`, `Unit.span`, `Templates.template` and `Project.source` note what they were asked about
(of a body, the share of the file's bodies that it is in); whoever wants to know records what is noted meanwhile.

An answer that is remembered must remember its files too, else the second asker would not depend on them. So everything in
`linter.project` that remembers what may come from a body uses the `cached_property` and `memo` of this module, never those
of functools, and never a dict of its own.

A set of files is a number with some bits for each (`Project.bits`, `facts.files`): most answers come from
hundreds of files, and sets of them are united at every question.

Most files are only asked whether they hold some word, and do not. Such a question (`gate`) is noted by another bit of the
file, and its word is remembered: when the file changes, the answer stands if it holds the same words as before.

What has to be read whole for a short answer, mostly for none, is asked of one file by a `compared` method. Who asks depends
on a bit for just that answer, and the answer remembers what it was read from: when any of it changes, the question is asked
again before any verdict falls. Only plain data is treated so, for what is an object can be asked for more.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, NamedTuple, ParamSpec, TypeVar

import msgspec

if TYPE_CHECKING:
    from linter.project.units import Unit

_noted = 0


class Answer(NamedTuple):
    """What a `compared` method gave, as bytes, and the files that it was read from."""

    value: bytes
    files: int


words: set[bytes] = set()  # what gates have looked for

# The questions whose answers are compared, each as the way from the project to the method that is asked of a file.
COMPARED = (
    "models.own_attributes",
    "self_saves.savers",
    "models.touches.patches",
)


def note(files: int) -> None:
    """Say that the answer being worked out depends on more than the interface of some files."""
    global _noted
    _noted |= files


def gate(files: int, *sought: bytes) -> None:
    """Say that it depends on whether some words stand in some files (whose other bit is given)."""
    global _noted
    _noted |= files
    words.update(sought)


class recording:
    """`files`: those noted inside the block, once it is left; whoever records around it sees them as well."""

    __slots__ = ("files", "outer")

    def __enter__(self) -> recording:
        global _noted
        self.outer, _noted = _noted, 0
        return self

    def __exit__(self, *_: object) -> None:
        global _noted
        self.files = _noted
        _noted |= self.outer


def _recorded(function: Callable[..., Any], *args: Any) -> tuple[Any, int]:
    """What a function gives, and the files noted meanwhile: `recording`, where every question passes."""
    global _noted
    outer, _noted = _noted, 0
    try:
        found = function(*args)
        return found, _noted
    finally:
        _noted |= outer


if TYPE_CHECKING:
    from functools import cached_property as cached_property
else:

    class cached_property:
        """functools' own, remembering the files of its answer. One that was read from no body costs nothing afterwards."""

        def __init__(self, function: Callable[[Any], Any]) -> None:
            self.function = function
            self.__doc__ = function.__doc__

        def __set_name__(self, owner: type, name: str) -> None:
            self.name = name
            self.store = f"_traced_{name}"

        def __get__(self, instance: Any, owner: type | None = None) -> Any:
            global _noted
            if instance is None:
                return self
            known = instance.__dict__.get(self.store)
            if known is None:
                value, files = _recorded(self.function, instance)
                if not files:
                    instance.__dict__[self.name] = value  # found before this descriptor from now on
                    return value
                known = instance.__dict__[self.store] = (value, files)
            else:
                _noted |= known[1]
            return known[0]


P = ParamSpec("P")
R = TypeVar("R")
S = TypeVar("S")


def memo(method: Callable[Concatenate[S, P], R]) -> Callable[Concatenate[S, P], R]:
    """A method that remembers its answers, and the files of each. Its arguments must be hashable, and positional."""
    store = f"_memo_{method.__name__}"

    @wraps(method)
    def remembered(self: Any, *args: Any) -> R:
        global _noted
        table: dict[Hashable, tuple[R, int]] | None = self.__dict__.get(store)
        if table is None:
            table = self.__dict__[store] = {}
        known = table.get(args)
        if known is None:
            known = table[args] = _recorded(method, self, *args)
        elif known[1]:
            _noted |= known[1]
        return known[0]

    return remembered  # type: ignore[return-value]  # its arguments are the method's


def compared(question: str) -> Callable[[Callable[[S, Unit], R]], Callable[[S, Unit], R]]:
    """A `memo` of a method asked about one file whose answer, where it is nothing or plain data, is compared after an edit."""
    number = COMPARED.index(question)

    def decorate(method: Callable[[S, Unit], R]) -> Callable[[S, Unit], R]:
        def asked(self: S, unit: Unit) -> tuple[R, int]:
            found, files = _recorded(method, self, unit)
            answer = _as_bytes(found) if unit.bit else None
            if answer is None:
                return found, files
            unit.answers[question, unit.path] = Answer(answer, files)
            return found, unit.answer_bit(number)

        store = f"_memo_{method.__name__}"

        @wraps(method)
        def remembered(self: Any, unit: Unit) -> R:
            global _noted
            table: dict[Unit, tuple[R, int]] = self.__dict__.setdefault(store, {})
            known = table.get(unit)
            if known is None:
                outer = _noted
                known = table[unit] = asked(self, unit)
                _noted = outer
            _noted |= known[1]
            return known[0]

        return remembered

    return decorate


def _as_bytes(answer: object) -> bytes | None:
    """An answer as bytes, None for one that is no plain data."""
    if not answer:
        return b""
    try:
        return msgspec.msgpack.encode(answer, order="deterministic")
    except TypeError:
        return None
