"""Which rules there are. Nothing is registered: the folders below `checks/` are listed, and installed packages are asked
for the entry-point group `ormlint.checks`. Listing imports no check; a check is imported when it is to run.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

if TYPE_CHECKING:
    from linter.check import Check, Rule
    from linter.facts.files import Kind

ENTRY_POINTS = "ormlint.checks"

# What the engine itself reports, about its own comments.
_OWN = {
    "invalid-suppression": "InvalidSuppression",
    "unknown-suppression": "UnknownSuppression",
    "unused-suppression": "UnusedSuppression",
}


class UnknownRule(Exception):
    """A name that is neither a rule nor a group; the message is one clear line with a suggestion."""


class Entry(NamedTuple):
    """A rule that can be loaded. `attribute` is "" where the module holds exactly one check."""

    name: str
    group: str
    module: str
    attribute: str = ""


class Layer(NamedTuple):
    """One place where rules are chosen: the configuration, then the command line. `select` of None leaves what came before."""

    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


class Selection(msgspec.Struct, frozen=True):
    """The rules that run; `explicit` are those somebody asked for, which matters for rules that are off by default."""

    names: tuple[str, ...]
    explicit: frozenset[str] = frozenset()


@cache
def entries() -> dict[str, Entry]:
    """Every rule by its name."""
    found = {entry.name: entry for entry in _built_in()}
    for name, attribute in _OWN.items():
        found[name] = Entry(name, "suppressions", "linter.suppress", attribute)
    for entry in _plugins():
        found.setdefault(entry.name, entry)
    return dict(sorted(found.items()))


def groups() -> list[str]:
    return sorted({entry.group for entry in entries().values()})


def _built_in() -> Iterator[Entry]:
    """`checks/<group>/<name>.py`, beside this installation's own `linter`."""
    home = Path(__file__).resolve().parent.parent / "checks"
    for folder in sorted(home.iterdir()):
        if not (folder / "__init__.py").is_file():
            continue
        for file in sorted(folder.glob("*.py")):
            if not file.name.startswith("_"):
                yield Entry(_kebab(file.stem), _kebab(folder.name), f"checks.{folder.name}.{file.stem}")


def _kebab(name: str) -> str:
    return name.replace("_", "-")


def _plugins() -> Iterator[Entry]:
    """`group/check-name = package.module:Class` lines of the entry-point group.

    importlib.metadata takes longer to import and to ask than a whole warm run, so the files are read here.
    """
    heading = f"[{ENTRY_POINTS}]"
    for file in _entry_point_files():
        try:
            with open(file, encoding="utf-8") as stream:
                text = stream.read()
        except (OSError, UnicodeDecodeError):
            continue
        if heading in text:
            section = text.partition(heading)[2].partition("\n[")[0]
            yield from (entry for line in section.splitlines() if (entry := _plugin(line)))


def _entry_point_files() -> Iterator[str]:
    for folder in dict.fromkeys(sys.path):
        try:
            with os.scandir(folder or ".") as found:
                names = [e.name for e in found if e.name.endswith(".dist-info")]
        except OSError:
            continue
        yield from (os.path.join(folder, name, "entry_points.txt") for name in sorted(names))


def _plugin(line: str) -> Entry | None:
    key, equals, target = (part.strip() for part in line.partition("="))
    module, _, attribute = target.partition(":")
    if not equals or key.startswith(("#", ";")):
        return None
    group, _, name = key.rpartition("/")
    return Entry(name, group or _kebab(module.partition(".")[0]), module, attribute)


def load(name: str) -> type[Rule]:
    """Import a rule's class and give it its name and group."""
    return _load(entries()[name])


@cache
def _load(entry: Entry) -> type[Rule]:
    from linter.check import Check

    module = import_module(entry.module)
    if entry.attribute:
        rule: type[Rule] = getattr(module, entry.attribute)
    else:
        own = [
            value
            for value in vars(module).values()
            if isinstance(value, type) and issubclass(value, Check) and value.__module__ == entry.module
        ]
        if len(own) != 1:
            raise TypeError(f"{entry.module} must define exactly one check, not {len(own)}")
        rule = own[0]
    rule.name, rule.group = entry.name, entry.group
    return rule


def checks(names: Iterable[str]) -> list[Check]:
    """The checks among some rules, ready to be asked."""
    from linter.check import Check

    return [rule() for rule in map(load, sorted(names)) if issubclass(rule, Check)]


def kinds(selection: Selection) -> dict[str, tuple[Kind, ...]]:
    """The rules that run, with the kinds of file that each is asked about."""
    return {name: tuple(sorted(getattr(load(name), "kinds", ()))) for name in active(selection)}


def active(selection: Selection) -> frozenset[str]:
    """The rules that run: an opinion (severity info) only where somebody asked for it."""
    return frozenset(n for n in selection.names if load(n).severity != "info" or n in selection.explicit)


def select(layers: Iterable[Layer]) -> Selection:
    """What is left when each layer has spoken in turn: `select` starts afresh, `extend_select` adds, `ignore` takes away.

    Within a layer a rule's own name counts for more than its group's.
    """
    names = set(entries())
    explicit: set[str] = set()
    for layer in layers:
        if layer.select is not None:
            names, explicit = set(), set()
        wanted = [*(layer.select or ()), *layer.extend_select]
        removed = expand(layer.ignore) - (_named(wanted) - _named(layer.ignore))
        names = (names | expand(wanted)) - removed
        explicit = (explicit | expand(wanted)) - removed
    return Selection(tuple(sorted(names)), frozenset(explicit))


def _named(words: Iterable[str]) -> set[str]:
    return {resolve(word) for word in words if word not in groups()}


def expand(words: Iterable[str]) -> set[str]:
    """The rules that names and groups stand for."""
    found: set[str] = set()
    for word in words:
        members = {entry.name for entry in entries().values() if entry.group == word}
        found |= members or {resolve(word)}
    return found


def resolve(word: str) -> str:
    """A rule's present name, from that or from an older one."""
    if word in entries():
        return word
    for name in entries():  # only a name that is not there at all costs the import of every check
        if word in load(name).aliases:
            return name
    raise UnknownRule(f"there is no check or group `{word}`{did_you_mean(word, [*entries(), *groups()])}")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(word, list(known), 1)
    return f"; did you mean `{near[0]}`?" if near else ""
