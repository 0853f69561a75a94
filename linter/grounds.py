"""What verdicts were derived from, check by check: which of them fall, and in which respect, when files change.

A set of files is a number with some bits for each: one for places in it and its text, one for which words stand in it, one
for each share of its bodies (`facts.files`), one for each of its answers that are compared (`project.trace`).
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Container, Iterable, Iterator, Mapping

import msgspec

from linter.cache import digest

LONGEST = 16  # bytes of an answer that are kept as they are

Rules = tuple[str, ...]


class _Stored(msgspec.Struct, array_like=True):
    """Grounds as data: most are shared by many verdicts. A row is a list of (number of a set, numbers of rules)."""

    sets: list[bytes]
    rules: list[str]
    rows: dict[str, list[tuple[int, list[int]]]]
    answers: dict[str, dict[str, tuple[bytes, int]]]


_decoder = msgspec.msgpack.Decoder(_Stored)


class Grounds:
    """`of_verdicts`: for each file, the rules that were judged by each set of files; "" is what is no rule's. `answers`: by
    question and file, those that were compared, with the set of files that each was read from."""

    def __init__(self) -> None:
        self.of_verdicts: dict[str, dict[int, Rules]] = {}
        self.answers: dict[str, dict[str, tuple[bytes, int]]] = {}

    def add(self, path: str, rule: str, files: int) -> None:
        own = self.of_verdicts.setdefault(path, {})
        if files:
            own[files] = (*own.get(files, ()), rule)

    def take(self, answers: Mapping[tuple[str, str], tuple[bytes, int]]) -> None:
        """Note answers that may be compared with later ones."""
        for (question, path), (value, files) in answers.items():
            self.answers.setdefault(question, {})[path] = _kept(value), files

    def update(self, other: Grounds) -> None:
        for path, grounds in other.of_verdicts.items():
            own = self.of_verdicts.setdefault(path, {})
            for files, rules in grounds.items():
                own[files] = (*own.get(files, ()), *rules)
        for question, answers in other.answers.items():
            self.answers.setdefault(question, {}).update(answers)

    def all_of(self, path: str) -> int:
        """All that the verdict on a file depends on."""
        found = 0
        for files in self.of_verdicts.get(path, ()):
            found |= files
        return found

    # --- after an edit ---

    def concerned(self, files: int) -> Iterator[tuple[str, frozenset[str]]]:
        """The files whose verdicts depend on some, with the rules that do."""
        hit: dict[int, bool] = {}
        for path, own in self.of_verdicts.items():
            found: set[str] = set()
            for ground, rules in own.items():
                if ground not in hit:
                    hit[ground] = ground & files != 0
                if hit[ground]:
                    found.update(rules)
            if found:
                yield path, frozenset(found)

    def changed_answers(
        self, files: int, bit: Callable[[str, str], int], ask: Callable[[str, str], bytes | None]
    ) -> int:
        """The files that have changed, with the answers that are others than before. Those that are the same are kept with
        what they depend on now; the others are forgotten."""
        asked: set[tuple[str, str]] = set()
        while concerned := [
            (question, path)
            for question, answers in self.answers.items()
            for path, (_, ground) in answers.items()
            if ground & files and (question, path) not in asked
        ]:
            for question, path in concerned:
                asked.add((question, path))
                before, _ = self.answers[question].pop(path)
                now = ask(question, path)
                if now is None or _kept(now) != before:
                    files |= bit(question, path)
        return files

    def keep(self, fallen: Mapping[str, Container[str]]) -> None:
        """Forget the grounds of all verdicts but those on some files, and of these what some rules say."""
        self.of_verdicts = {
            path: {
                files: left
                for files, rules in own.items()
                if (left := tuple(rule for rule in rules if rule not in fallen[path]))
            }
            for path, own in self.of_verdicts.items()
            if path in fallen
        }

    # --- as bytes ---

    def to_bytes(self, paths: Iterable[str]) -> bytes:
        """Those of the verdicts on some files, and all answers."""
        sets: dict[int, int] = {}
        names: dict[str, int] = {}
        rows = {
            path: [
                (sets.setdefault(files, len(sets)), [names.setdefault(rule, len(names)) for rule in rules])
                for files, rules in self.of_verdicts.get(path, {}).items()
            ]
            for path in paths
        }
        answers = {
            question: {path: (value, sets.setdefault(files, len(sets))) for path, (value, files) in by_path.items()}
            for question, by_path in self.answers.items()
        }
        stored = _Stored([bits_to_bytes(files) for files in sets], list(names), rows, answers)
        return zlib.compress(msgspec.msgpack.encode(stored), 1)


def from_bytes(data: bytes) -> Grounds:
    grounds = Grounds()
    if data:
        stored = _decoder.decode(zlib.decompress(data))
        sets = [int.from_bytes(files, "little") for files in stored.sets]
        for path, row in stored.rows.items():
            grounds.of_verdicts[path] = {
                sets[files]: tuple(stored.rules[rule] for rule in rules) for files, rules in row
            }
        for question, answers in stored.answers.items():
            grounds.answers[question] = {path: (value, sets[files]) for path, (value, files) in answers.items()}
    return grounds


def _kept(value: bytes) -> bytes:
    return value if len(value) <= LONGEST else digest(value)


def bits_to_bytes(files: int) -> bytes:
    return files.to_bytes((files.bit_length() + 7) // 8, "little")
