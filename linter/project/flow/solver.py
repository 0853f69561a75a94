"""Memoised answers to questions that may depend on themselves: a loop's variable, a recursive function."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from linter.project.trace import note_all, recording
from linter.project.types import NEVER, UNKNOWN, Type, union

DEEPEST = 60  # questions within questions; Python's own stack must hold several frames for each
MOST_STEPS = 30_000  # questions asked on the way to one answer
MOST_ROUNDS = 4  # a type that still grows after so many is not known


Table = dict[Any, tuple[Type, frozenset[str]]]  # each answer with the files that it was read from


class _Open:
    """A question being answered: `partial` is the answer so far, given to whoever asks again meanwhile."""

    __slots__ = ("level", "partial", "was_read")

    def __init__(self, level: int) -> None:
        self.level = level
        self.partial: Type = NEVER
        self.was_read = False


class Solver:
    """An answer that used the partial answer of a question further up is provisional and is not kept; the question further
    up repeats until its answer stands still."""

    def __init__(self) -> None:
        self._level = 0
        self._steps = 0
        self._lowest = DEEPEST  # the outermost open question that the current answer has used
        self._open: dict[tuple[int, Hashable], _Open] = {}

    def solve(self, table: Table, key: Hashable, compute: Callable[[], Type]) -> Type:
        """The answer kept in `table` under `key`, or else what `compute` gives."""
        known = table.get(key)
        if known is not None:
            note_all(known[1])
            return known[0]
        identity = (id(table), key)
        entry = self._open.get(identity)
        if entry is not None:
            entry.was_read = True
            self._lowest = min(self._lowest, entry.level)
            return entry.partial
        if self._level == 0:
            self._steps = 0
        self._steps += 1
        if self._level >= DEEPEST or self._steps > MOST_STEPS:
            self.cut()
            return UNKNOWN
        return self._compute(table, key, identity, compute)

    def _compute(
        self, table: Table, key: Hashable, identity: tuple[int, Hashable], compute: Callable[[], Type]
    ) -> Type:
        entry = self._open[identity] = _Open(self._level)
        outer, self._lowest = self._lowest, DEEPEST
        self._level += 1
        try:
            with recording() as files:
                found = self._settle(entry, compute)
        finally:
            self._level -= 1
            del self._open[identity]
            lowest = self._lowest
            self._lowest = min(outer, lowest if lowest < entry.level else DEEPEST)
        if lowest >= entry.level or self._level == 0:
            table[key] = (found, frozenset(files))
        return found

    @staticmethod
    def _settle(entry: _Open, compute: Callable[[], Type]) -> Type:
        """Ask until the answer that was used on the way is the answer that comes out."""
        for _ in range(MOST_ROUNDS):
            entry.was_read = False
            found = compute()
            if not entry.was_read or found == entry.partial:
                return found
            entry.partial = union(entry.partial, found)
        return UNKNOWN

    def cut(self) -> None:
        """Say that the current answer was cut short: nobody on the way may keep what follows from it."""
        self._lowest = -1

    def widen(self, table: Table, key: Hashable, partial: Type) -> None:
        """Tell those who ask an open question again what is known of its answer already."""
        entry = self._open.get((id(table), key))
        if entry is not None:
            entry.partial = union(entry.partial, partial)
