"""Which files an answer was read from: what makes it safe to keep a finding when some other file changes.

All that modules say at import time (and every template and text file) is the project's *interface*: while it is unchanged,
an answer can only change with what it read beyond that: bodies of functions, places in texts. `Unit.body`, `Unit.span` and
`Project.source` note the file they were asked about; whoever wants to know records what is noted meanwhile.

An answer that is remembered must remember its files too, else the second asker would not depend on them. So everything in
`linter.project` that remembers what may come from a body uses the `cached_property` and `memo` of this module, never those
of functools, and never a dict of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

_noted: set[str] = set()


def note(path: str) -> None:
    """Say that the answer being worked out depends on more than the interface of a file."""
    _noted.add(path)


def note_all(paths: frozenset[str]) -> None:
    """Say it of every file that a remembered answer came from."""
    if paths:
        _noted.update(paths)


class recording:
    """The files noted inside the block; whoever records around it sees them as well."""

    __slots__ = ("outer",)

    def __enter__(self) -> set[str]:
        global _noted
        self.outer, _noted = _noted, set()
        return _noted

    def __exit__(self, *_: object) -> None:
        global _noted
        outer = self.outer
        outer |= _noted
        _noted = outer


def _recorded(function: Callable[..., Any], *args: Any, **kwargs: Any) -> tuple[Any, set[str]]:
    """What a function gives, and the files noted meanwhile: `recording`, where every question passes."""
    global _noted
    outer, files = _noted, set[str]()
    _noted = files
    try:
        return function(*args, **kwargs), files
    finally:
        outer |= files
        _noted = outer


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
            if instance is None:
                return self
            known = instance.__dict__.get(self.store)
            if known is None:
                value, files = _recorded(self.function, instance)
                if not files:
                    instance.__dict__[self.name] = value  # found before this descriptor from now on
                    return value
                known = instance.__dict__[self.store] = (value, frozenset(files))
            else:
                _noted.update(known[1])
            return known[0]


P = ParamSpec("P")
R = TypeVar("R")
S = TypeVar("S")


def memo(method: Callable[Concatenate[S, P], R]) -> Callable[Concatenate[S, P], R]:
    """A method that remembers its answers, and the files of each. Its arguments must be hashable, and positional."""
    store = f"_memo_{method.__name__}"

    @wraps(method)
    def remembered(self: S, *args: P.args, **kwargs: P.kwargs) -> R:
        table: dict[Hashable, tuple[R, frozenset[str]]] | None = self.__dict__.get(store)
        if table is None:
            table = self.__dict__[store] = {}
        known = table.get(args)
        if known is None:
            value, files = _recorded(method, self, *args, **kwargs)
            table[args] = (value, frozenset(files))
            return value  # type: ignore[no-any-return]
        if known[1]:
            _noted.update(known[1])
        return known[0]

    return remembered  # type: ignore[return-value]  # wraps() says `self` by name
