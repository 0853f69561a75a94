"""Facts of popular packages, bundled: the same records that the extractor gives, made from the packages' releases.

`scripts/generate_catalogue.py` writes `data/`: an index, and for each distribution one pack. A pack is a table of contents
(version -> module name -> where its record lies) followed by the records, each compressed by itself, so that asking for
one module reads one module. Modules that did not change between two versions share a record.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path

import msgspec

from linter.facts.files import PythonFile

DATA = Path(__file__).parent / "data"

_file_decoder = msgspec.msgpack.Decoder(PythonFile)


class Release(msgspec.Struct, frozen=True):
    """One released version of a distribution. `packages`: the top-level names it installs."""

    distribution: str
    version: str
    packages: tuple[str, ...]
    pack: str


class Injected(msgspec.Struct, frozen=True):
    """A field that a class puts on models though no class body says so, as it was seen at run time.

    `by` is the class: one that the model inherits, or that of a field, whose name then stands for `{}`. `type` is the
    full name of the field's class. `needs`: an attribute that a class of the model must have for it."""

    by: str
    name: str
    attname: str
    type: str
    null: bool
    unique: bool
    needs: str = ""


class Index(msgspec.Struct, frozen=True):
    releases: tuple[Release, ...]


class Minimum(msgspec.Struct, frozen=True, array_like=True):
    """The oldest version that a package accepts of an optional dependency, which it imports as `module`."""

    module: str
    version: str


class Metadata(msgspec.Struct, frozen=True):
    """What releases require, as they say it themselves: distribution -> version -> lines of `Requires-Dist`; and the
    `minimums` of optional dependencies that are looked at only when one is used. `made`: when this was read from them."""

    made: str
    requires: dict[str, dict[str, tuple[str, ...]]]
    minimums: dict[str, dict[str, dict[str, Minimum]]]


# Where the records of one version lie: module name -> (offset, size, whether it is a package).
Contents = dict[str, tuple[int, int, bool]]


@cache
def injected() -> Mapping[str, tuple[Injected, ...]]:
    """All that is injected, by the class that does it. `scripts/probe_catalogue.py` writes it."""
    return msgspec.json.decode((DATA / "injected.json").read_bytes(), type=dict[str, tuple[Injected, ...]])


@cache
def metadata() -> Metadata:
    """What popular packages require. `scripts/generate_requirements.py` writes it."""
    return msgspec.json.decode((DATA / "requirements.json").read_bytes(), type=Metadata)


def pack(versions: Mapping[str, Mapping[str, tuple[PythonFile, bool]]]) -> bytes:
    """The bytes of a pack, for `Pack` to read."""
    table: dict[str, Contents] = {}
    records = bytearray()
    known: dict[bytes, tuple[int, int]] = {}
    for version, modules in sorted(versions.items()):
        table[version] = contents = Contents()
        for name, (facts, is_package) in sorted(modules.items()):
            plain = msgspec.msgpack.encode(facts)
            if plain not in known:
                record = zlib.compress(plain, 9)
                known[plain] = len(records), len(record)
                records += record
            contents[name] = (*known[plain], is_package)
    head = msgspec.msgpack.encode(table)
    return len(head).to_bytes(4, "little") + head + bytes(records)


class Pack:
    """One version of a distribution."""

    def __init__(self, path: Path, version: str) -> None:
        with path.open("rb") as stream:
            size = int.from_bytes(stream.read(4), "little")
            self.modules = msgspec.msgpack.decode(stream.read(size), type=dict[str, Contents])[version]
        self._path = path
        self._start = 4 + size

    def read(self, module: str) -> PythonFile:
        offset, size, _ = self.modules[module]
        with self._path.open("rb") as stream:
            stream.seek(self._start + offset)
            return _file_decoder.decode(zlib.decompress(stream.read(size)))


class Catalogue:
    """`choose` picks the release that the project uses, where there are several of one distribution."""

    def __init__(self, choose: Callable[[Sequence[Release]], Release], folder: Path = DATA) -> None:
        self._choose = choose
        self._folder = folder
        self._packs: dict[str, tuple[Release, Pack] | None] = {}

    @cached_property
    def index(self) -> Index:
        return msgspec.json.decode((self._folder / "index.json").read_bytes(), type=Index)

    @cached_property
    def _by_package(self) -> dict[str, list[Release]]:
        found: dict[str, list[Release]] = {}
        for release in self.index.releases:
            for package in release.packages:
                found.setdefault(package, []).append(release)
        return found

    def release(self, package: str) -> Release | None:
        """The release that a top-level name is taken from."""
        found = self._pack(package)
        return found[0] if found else None

    def find(self, module: str) -> tuple[str, PythonFile] | None:
        """The path and the facts of a module of a catalogued package."""
        package = module.partition(".")[0]
        found = self._pack(package)
        if found is not None and module not in found[1].modules:
            found = self._other(package, module, found[0])
        if found is None:
            return None
        release, contents = found
        tail = "/__init__.py" if contents.modules[module][2] else ".py"
        path = f"<{release.distribution} {release.version}>/{module.replace('.', '/')}{tail}"
        return path, contents.read(module)

    def _other(self, package: str, module: str, chosen: Release) -> tuple[Release, Pack] | None:
        """Another release that has a module: a package that was renamed leaves an empty one of its old name."""
        for release in self._by_package[package]:
            if release is not chosen and release.distribution != "django":
                other = Pack(self._folder / release.pack, release.version)
                if module in other.modules:
                    return release, other
        return None

    def _pack(self, package: str) -> tuple[Release, Pack] | None:
        if package not in self._packs:
            releases = self._by_package.get(package)
            if releases:
                release = self._choose(releases)
                self._packs[package] = release, Pack(self._folder / release.pack, release.version)
            else:
                self._packs[package] = None
        return self._packs[package]

    def speaks_of(self, word: str) -> bool:
        """Whether a name or text stands anywhere in a bundled package but Django: all are read, so ask this last."""
        needle = msgspec.msgpack.encode(word)
        for release in self.index.releases:
            if release.distribution != "django":
                pack = Pack(self._folder / release.pack, release.version)
                for module in pack.modules:
                    facts = pack.read(module)
                    if needle in facts.module or needle in facts.code:
                        return True
        return False
