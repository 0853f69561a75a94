"""Memoised answers to questions that may depend on themselves: a loop's variable, a recursive function.

While a question is open, whoever asks it again is given its answer so far. What was worked out with such an answer is
provisional: good for the rest of the round, and worked out anew in the next one. The outermost open question that was asked
again, the head, goes round until nothing changes any more; only then is its answer kept.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from linter.project.trace import note, recording
from linter.project.types import NEVER, PENDING, UNKNOWN, Type, union

DEEPEST = 60  # questions within questions; Python's own stack must hold several frames for each
MOST_STEPS = 8_000  # questions asked on the way to one answer
MOST_ROUNDS = 5  # an answer that still grows after so many is not known

Answer = tuple[Type, int]  # with the files that it was read from


class Table(dict[Any, Answer]):
    """Answers by their questions; itself a part of a question's identity."""

    __hash__ = object.__hash__  # type: ignore[assignment]
    __eq__ = object.__eq__


Identity = tuple[Table, Hashable]


class _Open:
    """A question being answered. `given` is the first answer that was given to somebody who asked it again this round."""

    __slots__ = ("given", "level", "partial")

    def __init__(self, level: int, partial: Type) -> None:
        self.level = level
        self.partial = partial
        self.given: Type | None = None


class Solver:
    def __init__(self) -> None:
        self._level = 0
        self._steps = 0
        self._lowest = DEEPEST  # the level of the outermost open question that the current answer has used
        self._changed = False  # an answer of this round is not what others were given for it
        self._open: dict[Identity, _Open] = {}
        self._provisional: dict[Identity, tuple[Answer, int]] = {}
        self._order: list[Identity] = []  # of the provisional answers, as they were made
        self._seeds: dict[Identity, Type] = {}  # what the last round made of provisional answers

    def solve(self, table: Table, key: Hashable, compute: Callable[[], Type]) -> Type:
        """The answer kept in `table` under `key`, or else what `compute` gives."""
        known = table.get(key)
        if known is not None:
            note(known[1])
            return known[0]
        identity = (table, key)
        entry = self._open.get(identity)
        if entry is not None:
            partial = PENDING if entry.partial == NEVER else entry.partial
            entry.given = entry.given if entry.given is not None else partial
            self._lowest = min(self._lowest, entry.level)
            return partial
        provisional = self._provisional.get(identity)
        if provisional is not None:
            (found, files), lowest = provisional
            note(files)
            self._lowest = min(self._lowest, lowest)
            return found
        self._steps += 1
        if self._level >= DEEPEST or self._steps > MOST_STEPS:
            self.cut()
            return UNKNOWN
        return self._answer(table, key, identity, compute)

    def cut(self) -> None:
        """Say that the current answer was cut short: nobody on the way may keep what follows from it."""
        self._lowest = -1

    def widen(self, table: Table, key: Hashable, partial: Type) -> None:
        """Tell those who ask an open question again what is known of its answer already."""
        entry = self._open.get((table, key))
        if entry is not None:
            entry.partial = union(entry.partial, partial)

    def _answer(self, table: Table, key: Hashable, identity: Identity, compute: Callable[[], Type]) -> Type:
        entry = self._open[identity] = _Open(self._level, self._seeds.get(identity, NEVER))
        outer = self._lowest
        mark = len(self._order)
        self._level += 1
        try:
            with recording() as noted:
                found = self._go_round(entry, compute, mark)
        finally:
            self._level -= 1
            del self._open[identity]
            lowest = self._lowest
            self._lowest = min(outer, lowest if lowest < entry.level else DEEPEST)
        if lowest < entry.level and self._level > 0:
            self._keep_provisionally(entry, identity, (found, noted.files), lowest)
        else:
            found = NEVER if found == PENDING else found
            table[key] = (found, noted.files)
        if self._level == 0:
            self._start_afresh()
        return found

    def _go_round(self, entry: _Open, compute: Callable[[], Type], mark: int) -> Type:
        changed = self._changed
        for _ in range(MOST_ROUNDS):
            self._lowest = DEEPEST
            self._changed = False
            entry.given = None
            found = compute()
            if self._lowest < entry.level:  # an outer question is the head
                self._changed = changed or self._changed
                return found
            settled = entry.given is None or found == entry.given or (found == NEVER and entry.given == PENDING)
            if settled and not self._changed:
                self._forget(mark)
                self._changed = changed
                return NEVER if found == PENDING else found
            entry.partial = union(entry.partial, found)
            self._forget(mark)
        self._changed = changed
        return UNKNOWN

    def _keep_provisionally(self, entry: _Open, identity: Identity, answer: Answer, lowest: int) -> None:
        self._provisional[identity] = (answer, lowest)
        self._order.append(identity)
        if entry.given is not None and answer[0] != entry.given:
            self._changed = True
            self._seeds[identity] = union(entry.partial, answer[0])

    def _forget(self, mark: int) -> None:
        """Drop the provisional answers made since `mark`."""
        for identity in self._order[mark:]:
            self._provisional.pop(identity, None)
        del self._order[mark:]

    def _start_afresh(self) -> None:
        self._steps = 0
        self._changed = False
        self._lowest = DEEPEST
        self._forget(0)
        self._seeds.clear()
