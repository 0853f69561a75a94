"""What can be reversed at one level of a URL configuration."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple


class Level:
    """`names` of patterns, `prefixes` that the names of a router begin with, `spaces`: namespaces with all that have that
    name. `is_open`: there may be more of all of them."""

    def __init__(self, is_open: bool = False) -> None:
        self.names: set[str] = set()
        self.prefixes: set[str] = set()
        self.spaces: dict[str, list[Level]] = {}
        self.is_open = is_open

    def add(self, other: Level) -> None:
        """What another level has is here too."""
        if other is self:
            return
        self.names |= other.names
        self.prefixes |= other.prefixes
        self.is_open = self.is_open or other.is_open
        for name, levels in other.spaces.items():
            known = self.spaces.setdefault(name, [])
            known.extend(level for level in levels if level not in known)

    def has(self, name: str) -> bool:
        return name in self.names or name.startswith(tuple(self.prefixes))


class Missing(NamedTuple):
    """`name` is what is missing: a pattern, or the namespace of one inside those `above`. `known`: what could have been
    meant, spelt as the whole is."""

    name: str
    is_namespace: bool
    above: str
    known: tuple[str, ...]


def find(root: Level, full: str) -> Missing | None:
    """What of a name is not there; None where it is, or where it may be."""
    *spaces, name = full.split(":")
    levels = [root]
    for at, space in enumerate(spaces):
        below = [found for level in levels for found in level.spaces.get(space, ())]
        if not below:
            above = ":".join(spaces[:at])
            known = (
                ":".join([*spaces[:at], other, *spaces[at + 1 :], name]) for level in levels for other in level.spaces
            )
            return None if _is_open(levels) else Missing(space, True, above, tuple(known))
        levels = below
    if _is_open(levels) or any(level.has(name) for level in levels):
        return None
    prefix = "".join(f"{space}:" for space in spaces)
    here = (prefix + other for level in levels for other in level.names)
    return Missing(name, False, ":".join(spaces), (*here, *_qualified(root, name)))


def _is_open(levels: Iterable[Level]) -> bool:
    return any(level.is_open for level in levels)


def _qualified(level: Level, name: str, prefix: str = "", depth: int = 3) -> Iterator[str]:
    """The same name in any namespace."""
    if name in level.names:
        yield prefix + name
    for space, levels in level.spaces.items() if depth else ():
        for below in levels:
            yield from _qualified(below, name, f"{prefix}{space}:", depth - 1)
