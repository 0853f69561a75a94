"""Names in settings modules that are one slip away from a setting of Django's, and that nobody reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from linter.catalogue import Catalogue
from linter.facts import syntax as s
from linter.finding import Place
from linter.project.imports.modules import is_test
from linter.project.settings.values import SettingsModule
from linter.project.trace import cached_property

if TYPE_CHECKING:
    from linter.project import Project

_SHORTEST = 8  # shorter names are like each other by chance


class Misspelt(msgspec.Struct, frozen=True):
    name: str
    meant: str
    place: Place


class MisspeltSettings:
    def __init__(self, project: Project) -> None:
        self.project = project

    def of(self, path: str) -> tuple[Misspelt, ...]:
        return self._found.get(path, ())

    @cached_property
    def _found(self) -> dict[str, tuple[Misspelt, ...]]:
        found: dict[str, tuple[Misspelt, ...]] = {}
        for module in self.project.settings.modules:
            if module.path not in found and not is_test(module.path):
                found[module.path] = tuple(self._in_module(module))
        return found

    def _in_module(self, module: SettingsModule) -> Iterator[Misspelt]:
        unit = module.unit
        for name in sorted(module.own - self._known):
            bound = unit.names.get(name, ())
            node = bound[0].node if len(bound) == 1 else None
            target = node.targets[0] if isinstance(node, s.Assign) and len(node.targets) == 1 else None
            if not name.isupper() or len(name) < _SHORTEST or not isinstance(target, s.Name):
                continue
            like = [known for known in self._known if _is_slip(name, known)]
            if len(like) != 1 or self._times(name) != 1 or self._times(like[0]):
                continue
            if not Catalogue(lambda releases: releases[0]).speaks_of(name):
                yield Misspelt(name, like[0], self.project.place(unit.path, unit.span(target.at)))

    @cached_property
    def _known(self) -> frozenset[str]:
        unit = self.project.names.module("django.conf.global_settings")
        return frozenset(name for name in unit.names if name.isupper()) if unit is not None else frozenset()

    def _times(self, name: str) -> int:
        """How often a word stands in the project's code and text files: whoever reads a setting says its name, and where the
        right name stands somewhere the other was meant."""
        word = re.compile(rb"\b%s\b" % name.encode())
        code = sum(
            len(word.findall(self.project.source(unit.path).data))
            for unit in self.project.units()
            if unit.mentions(name)
        )
        texts = (self.project.text(path) for path in self.project.files)
        return code + sum(len(word.findall(text.encode())) for text in texts if text is not None and name in text)


def _is_slip(name: str, known: str) -> bool:
    """One letter too many, too few or wrong, or two that changed places; the first one is right."""
    if name[0] != known[0] or len(known) < _SHORTEST or abs(len(name) - len(known)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(name, known, strict=False)) if a != b), min(len(name), len(known)))
    a, b = name[start:], known[start:]
    return a[1:] == b or a == b[1:] or a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
