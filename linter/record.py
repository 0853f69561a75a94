"""What one run leaves for the next: which files there were, what is known of each, and what was found in it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from functools import cached_property

import msgspec

from linter.cache import Cache, digest
from linter.discover import Stat, Tree, stat_of
from linter.facts.files import Kind
from linter.finding import Finding
from linter.grounds import Grounds, from_bytes

# File systems stamp with the clock's last tick: what was written this shortly before it was looked at may have been
# written again under the same stamp. Some count whole seconds only.
TICK = 50_000_000
SECOND = 1_000_000_000


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """What is known of a file besides its facts. `content` is a digest of its bytes, `interface` of what others see of it
    without looking into its functions; `marked`: it has comments that are meant for us; `problem`: why it says nothing."""

    kind: Kind
    content: bytes
    interface: bytes
    marked: bool = False
    problem: str = ""


class Trouble(msgspec.Struct, frozen=True, array_like=True):
    """Why a file could not be read or judged this time; `internal` where the fault is ours."""

    message: str
    internal: bool = False


class Verdict(msgspec.Struct, frozen=True, array_like=True):
    """What was found in a file. With troubles there may be more to find: such a verdict is not kept."""

    findings: tuple[Finding, ...] = ()
    troubles: tuple[Trouble, ...] = ()


class Outside(msgspec.Struct, frozen=True, array_like=True):
    """The state of a file outside the project that was read, or (without `content`) of a folder that was searched."""

    stat: Stat | None
    content: bytes = b""

    def stands(self, path: str) -> bool:
        return stat_of(path) == self.stat


class Record(msgspec.Struct, dict=True):
    """`started` is when the run began, in nanoseconds; `rules` are those that ran, with the kinds of file each judges;
    `paths` are the files that verdicts can depend on, `words` what gates have looked for in them."""

    started: int = 0
    rules: dict[str, tuple[Kind, ...]] = msgspec.field(default_factory=dict)
    tree: Tree = msgspec.field(default_factory=Tree)
    entries: dict[str, Entry] = msgspec.field(default_factory=dict)
    paths: tuple[str, ...] = ()
    words: frozenset[bytes] = frozenset()
    verdicts: dict[str, Verdict] = msgspec.field(default_factory=dict)
    outside: dict[str, Outside] = msgspec.field(default_factory=dict)
    packed: bytes = b""  # the grounds of the verdicts, as the cache holds them

    def can_trust(self, stat: Stat) -> bool:
        """Whether a file that has this stat still is surely the file that the run saw."""
        changed = stat.ctime if os.name == "posix" else stat.mtime
        return changed < self.started - (TICK if changed % SECOND else 2 * SECOND)

    @cached_property
    def grounds(self) -> Grounds:
        """What the verdicts depend on. A run in which nothing has changed does not ask."""
        return from_bytes(self.packed)

    def changed(self, entries: Mapping[str, Entry]) -> list[str] | None:
        """The files that say other things than before to who looks into them; None where any verdict may be another now:
        something has changed that all can see."""
        if interface_of(entries) != interface_of(self.entries):
            return None
        if not all(outside.stands(path) for path, outside in self.outside.items()):
            return None
        return [path for path, entry in entries.items() if entry.content != self.entries[path].content]

    def bits(self, files: Mapping[str, Iterable[int]]) -> int:
        """A set of some files, in some respects each (`facts.files`)."""
        found = 0
        for place, path in enumerate(self.paths):
            for respect in files.get(path, ()):
                found |= 1 << place + len(self.paths) * respect
        return found


class _Stored(msgspec.Struct, array_like=True):
    """A record as bytes."""

    started: int
    rules: dict[str, tuple[Kind, ...]]
    tree: Tree
    entries: dict[str, Entry]
    outside: dict[str, Outside]
    paths: tuple[str, ...]
    words: frozenset[bytes]
    verdicts: dict[str, Verdict]
    grounds: bytes


def to_bytes(record: Record) -> bytes:
    """A record for the cache; verdicts with troubles are left out."""
    verdicts = {path: verdict for path, verdict in record.verdicts.items() if not verdict.troubles}
    return msgspec.msgpack.encode(
        _Stored(
            record.started,
            record.rules,
            record.tree,
            record.entries,
            record.outside,
            record.paths,
            record.words,
            verdicts,
            record.grounds.to_bytes(verdicts),
        )
    )


def load(cache: Cache, name: str) -> Record | None:
    stored = cache.load(name, _Stored)
    if stored is None:
        return None
    return Record(
        stored.started,
        stored.rules,
        stored.tree,
        stored.entries,
        stored.paths,
        stored.words,
        stored.verdicts,
        stored.outside,
        stored.grounds,
    )


def content_digest(kind: Kind, raw: bytes) -> bytes:
    """The same bytes say other things as Python than as a template."""
    return digest(kind.encode(), raw)


def interface_of(entries: Mapping[str, Entry]) -> bytes:
    """A digest of all that files show of themselves to others."""
    return digest(*_parts(entries))


def _parts(entries: Mapping[str, Entry]) -> Iterable[bytes]:
    for path in sorted(entries):
        yield path.encode()
        yield entries[path].interface
