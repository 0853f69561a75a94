"""What a project's files ask to be installed: pins with their places, which files belong together, and which contradict.

Read are requirements files with what they include, `[project] dependencies` of pyproject.toml, the packages of a Pipfile and
of Poetry, and lock files. `packaging` compares versions; it is imported only where there is something to compare.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from linter.catalogue import metadata
from linter.facts.files import LockFile
from linter.finding import Place
from linter.project.trace import cached_property, memo
from linter.span import Span

if TYPE_CHECKING:
    from linter.project import Project

_NAME = r"[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?"
_VERSIONS = r"[=~<>!]=?=?\s*[\w.*+!-]+(?:\s*,\s*[=~<>!]=?=?\s*[\w.*+!-]+)*"
_REQUIREMENT = re.compile(
    rf"[ \t]*(?P<name>{_NAME})[ \t]*(?:\[(?P<extras>[^\]\n]*)\])?[ \t]*(?P<versions>{_VERSIONS})?[ \t]*(?P<rest>[^\n]*)"
)
_INCLUDE = re.compile(r"^[ \t]*(?:-r|--requirement|-c|--constraint)[ \t=]*(?P<path>[^\s#]+)", re.M)
_EXACT = re.compile(r"===?\s*([\w.+!-]+)$")
_DEPENDENCIES = re.compile(r"^dependencies\s*=\s*\[(?P<items>.*?)^\s*\]", re.M | re.S)
_SECTION = re.compile(r"^\[(?P<name>[^\]\n]+)\][^\n]*\n(?P<body>(?:(?!\[)[^\n]*\n?)*)", re.M)
_QUOTED = re.compile(r"""(["'])(?P<text>(?:(?!\1)[^\n])*)\1""")
_ENTRY = re.compile(rf"""^(?P<name>{_NAME})[ \t]*=[ \t]*["'](?P<versions>(?:==)?\d[\w.]*)["']""", re.M)
_APART = frozenset(
    {"doc", "docs", "test", "tests", "example", "examples", "ci", "tools", "scripts", "benchmarks", "demo"}
)
LEAST_SHARED = 3


class Requirement(msgspec.Struct, frozen=True):
    """One line that asks for a distribution. `title` is its name as it is written there; `version` is that of an exact pin, "" for a range. `plain`: it holds
    everywhere, for no marker limits it."""

    name: str
    title: str
    version: str
    extras: frozenset[str]
    plain: bool
    path: str
    span: Span


class Contradiction(msgspec.Struct, frozen=True):
    """`pin` and what asks for another version of the same distribution: `other` where a place of it is known. `included`:
    the two are installed together, so that the installer refuses them."""

    pin: Requirement
    other: Requirement | None
    path: str
    version: str
    included: bool


class Refusal(msgspec.Struct, frozen=True):
    """`pin` is not what `by` wants: its metadata says `wants`, or (`optional`, the module's name) it says so when it is used."""

    pin: Requirement
    by: Requirement
    wants: str
    optional: str = ""


class Requirements:
    def __init__(self, project: Project) -> None:
        self.project = project

    def place(self, pin: Requirement) -> Place:
        return self.project.place(pin.path, pin.span)

    @memo
    def of(self, path: str) -> tuple[Requirement, ...]:
        """What one file asks for itself."""
        text = self.project.text(path)
        if text is None:
            return ()
        name = posixpath.basename(path)
        if name == "pyproject.toml":
            return tuple(_of_pyproject(path, text))
        if name == "Pipfile":
            return tuple(_of_sections(path, text, ("packages",)))
        return tuple(_of_lines(path, text)) if name.endswith((".txt", ".in")) else ()

    @memo
    def includes(self, path: str) -> tuple[str, ...]:
        """The files that a requirements file takes in by `-r` and `-c`, theirs too, itself first."""
        found = {path: None}
        waiting = [path]
        for file in waiting:
            text = self.project.text(file) if file.endswith((".txt", ".in")) else None
            for match in _INCLUDE.finditer(text or ""):
                target = posixpath.normpath(posixpath.join(posixpath.dirname(file), match["path"].strip("\"'")))
                if target not in found and target in self.project.files:
                    found[target] = None
                    waiting.append(target)
        return tuple(found)

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """The files that ask for something, those near the root first."""
        named = (p for p in self.project.files if p.endswith((".txt", ".in", "pyproject.toml", "Pipfile")))
        return tuple(sorted((p for p in named if self.of(p)), key=lambda p: (p.count("/"), p)))

    # --- contradictions ---

    @cached_property
    def contradictions(self) -> dict[str, tuple[Contradiction, ...]]:
        found: dict[str, dict[str, Contradiction]] = {}
        for contradiction in (*self._together(), *self._beside()):
            found.setdefault(contradiction.pin.path, {}).setdefault(contradiction.pin.name, contradiction)
        return {path: tuple(by_name.values()) for path, by_name in found.items()}

    def _together(self) -> Iterator[Contradiction]:
        """Pins that one installation meets."""
        for path in self.paths:
            seen: dict[str, Requirement] = {}
            for pin in (pin for file in reversed(self.includes(path)) for pin in self.of(file)):
                if not pin.version or not pin.plain:
                    continue
                other = seen.setdefault(pin.name, pin)
                if pin.path == path and not _same(pin.version, other.version):
                    yield Contradiction(pin, other, other.path, other.version, True)

    def _beside(self) -> Iterator[Contradiction]:
        """Pins of files that say the same thing for different readers."""
        for index, path in enumerate(self.paths):
            for other in self.paths[index + 1 :]:
                if other in self.includes(path) or path in self.includes(other):
                    continue
                if _is_compiled(other, path):
                    yield from self._apart(path, other, False)
                elif _is_compiled(path, other):
                    yield from self._apart(other, path, False)
                elif _are_copies(path, other):
                    yield from self._apart(path, other, True)
            folder = posixpath.dirname(path)
            for lock in ("uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock"):
                facts = self.project.files.get(f"{folder}/{lock}" if folder else lock)
                if isinstance(facts, LockFile) and posixpath.basename(path) in ("requirements.txt", "pyproject.toml"):
                    yield from self._from_lock(path, f"{folder}/{lock}" if folder else lock, facts)

    def _apart(self, path: str, other: str, likely: bool) -> Iterator[Contradiction]:
        """`likely`: that they belong together is told by how much they share."""
        theirs = {pin.name: pin for pin in self.of(other) if pin.version and pin.plain}
        shared = [pin for pin in self.of(path) if pin.version and pin.plain and pin.name in theirs]
        apart = [pin for pin in shared if not _same(pin.version, theirs[pin.name].version)]
        if likely and not self._say_the_same(len(shared), len(apart), self.of(path), self.of(other)):
            return
        for pin in apart:
            yield Contradiction(pin, theirs[pin.name], other, theirs[pin.name].version, False)

    def _say_the_same(self, shared: int, apart: int, *both: tuple[Requirement, ...]) -> bool:
        return shared >= LEAST_SHARED and apart * 2 < shared and all(shared * 5 >= len(one) * 3 for one in both)

    def _from_lock(self, path: str, lock: str, facts: LockFile) -> Iterator[Contradiction]:
        pins = [pin for pin in self.of(path) if pin.version and pin.plain and pin.name in facts.versions]
        apart = [pin for pin in pins if not _same(pin.version, facts.versions[pin.name])]
        if len(pins) >= LEAST_SHARED and len(apart) * 2 < len(pins):
            for pin in apart:
                yield Contradiction(pin, None, lock, facts.versions[pin.name], False)

    # --- what packages refuse ---

    @cached_property
    def refusals(self) -> dict[str, tuple[Refusal, ...]]:
        found: dict[str, dict[str, Refusal]] = {}
        for path in self.paths:
            pins: dict[str, Requirement] = {}
            for pin in (pin for file in self.includes(path) for pin in self.of(file)):
                if pin.version and pin.plain:
                    pins.setdefault(pin.name, pin)
            for refusal in self._among(pins):
                found.setdefault(refusal.pin.path, {}).setdefault(refusal.pin.name, refusal)
        return {path: tuple(by_name.values()) for path, by_name in found.items()}

    def _among(self, pins: dict[str, Requirement]) -> Iterator[Refusal]:
        known = metadata()
        for by in pins.values():
            for line in known.requires.get(by.name, {}).get(by.version, ()):
                yield from self._by_metadata(by, line, pins)
            table = _nearest(known.minimums.get(by.name, {}), by.version)
            for name, minimum in known.minimums[by.name][table].items() if table else ():
                pin = pins.get(name)
                if pin is not None and _older(pin.version, minimum.version) and self._is_used(name):
                    yield Refusal(pin, by, minimum.version, minimum.module.partition(".")[0])

    def _by_metadata(self, by: Requirement, line: str, pins: dict[str, Requirement]) -> Iterator[Refusal]:
        from packaging.requirements import InvalidRequirement
        from packaging.requirements import Requirement as Parsed

        try:
            wanted = Parsed(line)
        except InvalidRequirement:
            return
        pin = pins.get(_normalised(wanted.name))
        if pin is None or not wanted.specifier:
            return
        if wanted.marker is not None:
            extra = re.fullmatch(r"""extra == ["']([\w.-]+)["']""", str(wanted.marker))
            if extra is None or _normalised(extra[1]) not in by.extras:
                return
        if not wanted.specifier.contains(pin.version, prereleases=True):
            yield Refusal(pin, by, str(wanted.specifier))

    @memo
    def _is_used(self, optional: str) -> bool:
        """Whether the project uses what an optional dependency of pandas is for."""
        words = _USED_FOR.get(optional, ())
        return any(unit.mentions(word) for unit in self.project.units() for word in words)


# What of pandas raises for want of a newer one.
_USED_FOR = {
    "openpyxl": ("read_excel", "ExcelFile", "to_excel", "ExcelWriter"),
    "pyxlsb": ("read_excel", "ExcelFile"),
    "xlrd": ("read_excel", "ExcelFile"),
    "pyarrow": ("read_parquet", "to_parquet", "read_feather", "to_feather"),
    "tabulate": ("to_markdown",),
    "tables": ("read_hdf", "to_hdf", "HDFStore"),
    "beautifulsoup4": ("read_html",),
    "html5lib": ("read_html",),
}


def _of_lines(path: str, text: str) -> Iterator[Requirement]:
    start = 0
    for line in text.splitlines(keepends=True):
        match = _REQUIREMENT.match(line)
        if match is not None and (match["versions"] or not match["rest"] or match["rest"][0] in ";#\\"):
            found = _requirement(path, text, match, start)
            if found is not None:
                yield found
        start += len(line)


def _requirement(path: str, text: str, match: re.Match[str], start: int) -> Requirement | None:
    rest = match["rest"].strip()
    if rest.startswith(("@", ":", "/", "=", "(")):
        return None
    versions = (match["versions"] or "").strip()
    exact = _EXACT.fullmatch(versions)
    begin = start + match.start("name")
    end = start + (match.end("versions") if match["versions"] else match.end("name"))
    extras = frozenset(_normalised(extra.strip()) for extra in (match["extras"] or "").split(",") if extra.strip())
    version = exact[1] if exact and "*" not in exact[1] else ""
    span = Span(len(text[:begin].encode()), len(text[:end].encode()))
    return Requirement(_normalised(match["name"]), match["name"], version, extras, not rest.startswith(";"), path, span)


def _of_pyproject(path: str, text: str) -> Iterator[Requirement]:
    for section in _SECTION.finditer(text):
        if section["name"] == "project":
            items = _DEPENDENCIES.search(text, section.start(), section.end())
            for quoted in _QUOTED.finditer(
                re.sub(r"#[^\n]*", lambda m: " " * len(m[0]), items["items"]) if items else ""
            ):
                match = _REQUIREMENT.match(quoted["text"])
                assert items is not None
                if match is not None:
                    found = _requirement(path, text, match, items.start("items") + quoted.start("text"))
                    if found is not None:
                        yield found
            break
    yield from _of_sections(path, text, ("tool.poetry.dependencies",))


def _of_sections(path: str, text: str, sections: Iterable[str]) -> Iterator[Requirement]:
    """`name = "==1.2"` below a heading, as in a Pipfile and Poetry's tables."""
    for section in _SECTION.finditer(text):
        if section["name"] not in sections:
            continue
        for entry in _ENTRY.finditer(section["body"]):
            begin, end = (section.start("body") + at for at in entry.span())
            version = entry["versions"].removeprefix("==")
            span = Span(len(text[:begin].encode()), len(text[:end].encode()))
            yield Requirement(_normalised(entry["name"]), entry["name"], version, frozenset(), True, path, span)


def _normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _is_compiled(source: str, path: str) -> bool:
    """Whether pip-compile makes `path` from `source`."""
    return source.endswith(".in") and path == source.removesuffix(".in") + ".txt"


def _are_copies(path: str, other: str) -> bool:
    """Two files of one name, one of them in a folder below that of the other: one for the platform, one beside the code."""
    folder, below = posixpath.dirname(path), posixpath.dirname(other)
    if posixpath.basename(path) != posixpath.basename(other) or not path.endswith(".txt"):
        return False
    return below.startswith(f"{folder}/" if folder else "") and _APART.isdisjoint(below.split("/"))


@cache
def _same(one: str, other: str) -> bool:
    if one == other:
        return True
    from packaging.version import InvalidVersion, Version

    try:
        return Version(Version(one).public) == Version(Version(other).public)  # `+cpu` is a build, not a version
    except InvalidVersion:
        return True  # not known to differ


def _older(version: str, minimum: str) -> bool:
    from packaging.version import InvalidVersion, Version

    try:
        return Version(version) < Version(minimum)
    except InvalidVersion:
        return False


def _nearest(tables: Iterable[str], version: str) -> str:
    """The release of the same series (`2.2`): the minimums change with these only."""
    series = version.split(".")[:2]
    return next((known for known in tables if known.split(".")[:2] == series), "")
