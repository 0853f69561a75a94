"""The files of a project as facts: from the cache where their bytes are known, else extracted, by several processes."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

import msgspec

from linter.cache import Cache, digest
from linter.discover import Stat, stat_of
from linter.facts.files import Facts, FixtureFile, Kind, LockFile, PythonFile, TemplateFile, TextFile, UnreadFile
from linter.facts.template import Header
from linter.record import Entry, Outside, Trouble, content_digest
from linter.source import LARGEST
from linter.workers import apart, shared

ALONE = 256 * 1024  # bytes of source that are read sooner than workers are started
CHUNK = 400 * 1024
MARKER = b"ormlint:"  # what a suppression begins with

_encode = msgspec.msgpack.Encoder().encode
_header_decoder = msgspec.msgpack.Decoder(Header)
_facts_decoder: msgspec.msgpack.Decoder[Facts] = msgspec.msgpack.Decoder(Facts)


# --- facts by content ------------------------------------------------------------------------------------------------


class Pack:
    """Facts by the digest of the bytes that they were read from. In the cache: a large file that is seldom written, and a
    small one with what came since."""

    def __init__(self, cache: Cache | None, identity: str) -> None:
        self.cache = cache
        self.base_name, self.more_name = f"facts-{identity}", f"facts-{identity}-more"
        self.base = self._load(self.base_name)
        self.more = self._load(self.more_name)
        self.fresh: dict[bytes, bytes] = {}  # what the cache does not hold yet

    def _load(self, name: str) -> dict[bytes, bytes]:
        return (self.cache.load(name, dict[bytes, bytes]) if self.cache else None) or {}

    def __contains__(self, content: bytes) -> bool:
        return content in self.base or content in self.more or content in self.fresh

    @property
    def known(self) -> frozenset[bytes]:
        return frozenset((*self.base, *self.more, *self.fresh))

    def facts(self, content: bytes) -> Facts:
        for part in (self.base, self.more):
            if content in part:
                return _facts_decoder.decode(part[content])
        return _facts_decoder.decode(self.fresh[content])

    def save(self, live: set[bytes]) -> None:
        """Write what is fresh. When that has grown to a good part of the whole, write the whole again; without what no file
        of the project says any more, if that is most of it."""
        if self.cache is None or not self.fresh:
            return
        self.more |= self.fresh
        self.fresh = {}
        if len(self.more) * 8 > len(self.base):
            self.base |= self.more
            self.more = {}
            if len(self.base) > 2 * len(live):
                self.base = {content: facts for content, facts in self.base.items() if content in live}
            self.cache.save(self.base_name, _encode(self.base))
        self.cache.save(self.more_name, _encode(self.more))


# --- the project's files ---------------------------------------------------------------------------------------------


class _Read(msgspec.Struct, frozen=True, array_like=True):
    """What a worker sends back of one file: `facts` is empty where they are known already. Without `content` and `trouble`
    the file is gone."""

    path: str
    kind: Kind
    content: bytes = b""
    marked: bool = False
    facts: bytes = b""
    trouble: Trouble | None = None


_read_decoder = msgspec.msgpack.Decoder(list[_Read])


class Reader:
    """Reads files of the project. `overlay` holds the bytes of files as an editor has them, or as a fix would make them."""

    def __init__(self, root: Path, pack: Pack, jobs: int, overlay: Mapping[str, bytes]) -> None:
        self.root = root
        self.pack = pack
        self.jobs = jobs
        self.overlay = overlay
        self.troubles: dict[str, Trouble] = {}

    def read(self, wanted: Mapping[str, tuple[Kind, Stat]], progress: Callable[[int, int], None]) -> dict[str, Entry]:
        """The entries of files whose facts are in the pack from now on. Those that cannot be read are in `troubles`; those
        that have vanished are nowhere."""
        chunks = list(_chunks(wanted))
        work = partial(_read_chunk, str(self.root), self.overlay, self.pack.known)
        jobs = self.jobs if sum(stat.size for _, stat in wanted.values()) > ALONE else 1
        entries: dict[str, Entry] = {}
        died: list[tuple[str, Kind]] = []
        for index, answer in shared(work, chunks, jobs):
            if answer is None:
                died.extend(chunks[index])
            else:
                entries.update(self._take(answer))
            progress(len(entries), len(wanted))
        if died:
            entries.update(self._read_one_by_one(work, died))
        return entries

    def _read_one_by_one(
        self, work: Callable[[list[tuple[str, Kind]]], bytes], files: list[tuple[str, Kind]]
    ) -> Iterator[tuple[str, Entry]]:
        """One file of a chunk brought its process down: find out which, and read the others."""
        for index, answer in apart(work, [[file] for file in files], self.jobs):
            if answer is None:
                self.troubles[files[index][0]] = Trouble("the process that read it died", True)
            else:
                yield from self._take(answer)

    def _take(self, answer: bytes) -> Iterator[tuple[str, Entry]]:
        for read in _read_decoder.decode(answer):
            if read.trouble is not None:
                self.troubles[read.path] = read.trouble
            elif read.content:
                if read.facts:
                    self.pack.fresh[read.content] = read.facts
                yield read.path, _entry(self.pack.facts(read.content), read)


def _entry(facts: Facts, read: _Read) -> Entry:
    problem = facts.reason if isinstance(facts, UnreadFile) else ""
    return Entry(read.kind, read.content, digest(_interface(facts)), read.marked, problem)


def _interface(facts: Facts) -> bytes:
    if isinstance(facts, PythonFile):
        return facts.module
    if isinstance(facts, TemplateFile):
        return _encode(_header_decoder.decode(facts.template))
    if isinstance(facts, LockFile):
        return msgspec.msgpack.encode(facts.versions)
    if isinstance(facts, FixtureFile):
        return _encode(facts.models)
    return (facts.text if isinstance(facts, TextFile) else facts.reason).encode("utf-8", "surrogatepass")


def _chunks(wanted: Mapping[str, tuple[Kind, Stat]]) -> Iterator[list[tuple[str, Kind]]]:
    """Shares of about equal size, the large files first, so that no worker is left alone with one at the end. Before them
    what is no Python, in larger shares: what reads templates takes long to import, and mostly one worker needs to."""
    chunk: list[tuple[str, Kind]] = []
    total = 0
    for path, (kind, stat) in sorted(wanted.items(), key=lambda item: (item[1][0] == "python", -item[1][1].size)):
        is_python = kind == "python"
        if total > (CHUNK if is_python else 2 * CHUNK) or (is_python and chunk and chunk[-1][1] != kind):
            yield chunk
            chunk, total = [], 0
        chunk.append((path, kind))
        total += stat.size
    if chunk:
        yield chunk


def _read_chunk(
    root: str, overlay: Mapping[str, bytes], known: frozenset[bytes], chunk: list[tuple[str, Kind]]
) -> bytes:
    """What a worker does. The collector is off meanwhile: facts hold no cycles, and there are many of them."""
    collects = gc.isenabled()
    gc.disable()
    try:
        return _encode([_read(root, overlay, known, path, kind) for path, kind in chunk])
    finally:
        if collects:
            gc.enable()


def _read(root: str, overlay: Mapping[str, bytes], known: frozenset[bytes], path: str, kind: Kind) -> _Read:
    try:
        raw = overlay[path] if path in overlay else _bytes(os.path.join(root, path))
        content = content_digest(kind, raw)
        return _Read(path, kind, content, MARKER in raw, b"" if content in known else _extracted(path, kind, raw))
    except FileNotFoundError:
        return _Read(path, kind)
    except OSError as error:
        return _Read(path, kind, trouble=Trouble(f"cannot be read: {error.strerror or error}"))
    except Exception as error:
        return _Read(path, kind, trouble=Trouble(f"reading it failed: {type(error).__name__}: {error}"[:300], True))


def _bytes(file: str | Path) -> bytes:
    with open(file, "rb") as stream:
        return stream.read(LARGEST + 1)  # what is larger is refused when it is decoded


def _extracted(path: str, kind: Kind, raw: bytes) -> bytes:
    from linter.extract import facts_of

    return _encode(facts_of(path, kind, raw))


# --- files outside the project ---------------------------------------------------------------------------------------


class Outsiders:
    """Reads source of the project's environment. `known` is what earlier runs saw of it, and all of it still stands."""

    def __init__(self, pack: Pack, known: Mapping[str, Outside]) -> None:
        self.pack = pack
        self.seen = dict(known)

    def watch(self, folder: Path) -> None:
        """Note a folder whose entries matter: installing something there changes it."""
        self.seen.setdefault(str(folder), Outside(stat_of(folder)))

    def take(self, seen: Mapping[str, Outside], facts: Mapping[bytes, bytes]) -> None:
        """Take over what a worker read."""
        self.seen.update(seen)
        self.pack.fresh.update(facts)

    def __call__(self, file: Path) -> Facts:
        known = self.seen.get(str(file))
        if known is None or known.content not in self.pack:
            before, raw = stat_of(file), _bytes(file)
            known = self.seen[str(file)] = Outside(before, content_digest("python", raw))
            self.watch(file.parent)
            if known.content not in self.pack:
                self.pack.fresh[known.content] = _extracted(file.name, "python", raw)
        return self.pack.facts(known.content)
