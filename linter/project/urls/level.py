"""What can be reversed at one level of a URL configuration."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec


class Params(msgspec.Struct, frozen=True):
    """What a pattern takes: `names` of its groups, or how many groups without a name. `given`: names that the pattern itself
    gives the view, which a caller may repeat."""

    names: frozenset[str] = frozenset()
    unnamed: int = 0
    given: frozenset[str] = frozenset()

    def accept(self, count: int, names: frozenset[str]) -> bool:
        """Whether the pattern can be reversed with so many arguments, or with keywords of these names."""
        if count or not (names or self.names):
            return count == len(self.names) + self.unnamed
        return not self.unnamed and names ^ self.names <= self.given


NOTHING = Params()


def both(first: Params | None, second: Params | None) -> Params | None:
    """What a pattern takes below another one; None where that is not known."""
    if first is None or second is None or (first.unnamed and second.names) or (first.names and second.unnamed):
        return None
    return Params(first.names | second.names, first.unnamed + second.unnamed, first.given | second.given)


class Level:
    """`names` of patterns, each with what those of that name take, None where that is not known; `prefixes` that the names
    of a router begin with; `shapes` that those match which popular packages bring; `spaces`: namespaces with all that have that name, and what stands before them takes.
    `is_open`: there may be more of all of them. `repeats`: what is here stands below some pattern of its own too.
    `is_of_package`: it is what a popular package brings at most."""

    def __init__(self, is_open: bool = False) -> None:
        self.names: dict[str, set[Params | None]] = {}
        self.prefixes: set[str] = set()
        self.shapes: set[str] = set()
        self.spaces: dict[str, list[tuple[Level, Params | None]]] = {}
        self.is_open = is_open
        self.repeats = False
        self.is_of_package = False

    def name(self, name: str, params: Params | None) -> None:
        self.names.setdefault(name, set()).add(params)

    def space(self, name: str, level: Level, params: Params | None) -> None:
        self.spaces.setdefault(name, []).append((level, params))

    def add(self, other: Level, params: Params | None = NOTHING) -> None:
        """What another level has is here too, below a pattern that takes `params`."""
        if other is self:
            return
        for name, found in other.names.items():
            self.names.setdefault(name, set()).update(both(params, own) for own in found)
        self.prefixes |= other.prefixes
        self.shapes |= other.shapes
        self.is_open = self.is_open or other.is_open
        self.repeats = self.repeats or other.repeats
        for space, levels in other.spaces.items():
            known = self.spaces.setdefault(space, [])
            more = [(level, both(params, own)) for level, own in levels]
            known.extend(pair for pair in more if pair not in known)

    def has(self, name: str) -> bool:
        return name in self.names or self.may_have(name)

    def may_have(self, name: str) -> bool:
        """Whether a name may be one of those that are known by their looks only."""
        return name.startswith(tuple(self.prefixes)) or any(re.fullmatch(shape, name) for shape in self.shapes)


class Missing(msgspec.Struct, frozen=True):
    """`name` is what is missing: a pattern, or the namespace of one inside those `above`. `known`: what could have been
    meant, spelt as the whole is."""

    name: str
    is_namespace: bool
    above: str
    known: tuple[str, ...]


Levels = list[tuple[Level, "Params | None"]]


def find(root: Level, full: str) -> Missing | None:
    """What of a name is not there; None where it is, or where it may be."""
    *spaces, name = full.split(":")
    levels: Levels = [(root, NOTHING)]
    for at, space in enumerate(spaces):
        below = _inside(levels, space)
        if not below:
            if _is_open(levels):
                return None
            above = spaces[:at]
            known = (
                ":".join([*above, other, *spaces[at + 1 :], name]) for level, _ in levels for other in level.spaces
            )
            return Missing(space, True, ":".join(above), tuple(known))
        levels = below
    if _is_open(levels) or any(level.has(name) for level, _ in levels):
        return None
    prefix = "".join(f"{space}:" for space in spaces)
    here = (prefix + other for level, _ in levels for other in level.names)
    return Missing(name, False, ":".join(spaces), (*here, *_qualified(root, name)))


def taken(root: Level, full: str) -> frozenset[Params] | None:
    """What the patterns of a name take; None where that of one of them is not known. Others of that very name, where more may
    be than was seen, are not to be expected."""
    *spaces, name = full.split(":")
    levels: Levels = [(root, NOTHING)]
    for space in spaces:
        levels = _inside(levels, space)
    if any(level.repeats or level.may_have(name) for level, _ in levels):
        return None
    found = {both(before, own) for level, before in levels for own in level.names.get(name, ())}
    return frozenset(params for params in found if params is not None) if None not in found else None


def _inside(levels: Levels, space: str) -> Levels:
    return [(found, both(before, own)) for level, before in levels for found, own in level.spaces.get(space, ())]


def _is_open(levels: Levels) -> bool:
    return any(level.is_open for level, _ in levels)


def _qualified(level: Level, name: str, prefix: str = "", depth: int = 3) -> Iterator[str]:
    """The same name in any namespace."""
    if name in level.names:
        yield prefix + name
    for space, levels in level.spaces.items() if depth else ():
        for below, _ in levels:
            yield from _qualified(below, name, f"{prefix}{space}:", depth - 1)
