"""Settings that Django read once, and that the version which the project asks for no longer does.

Which those are is seen by comparing `global_settings` of Django's releases.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from linter.catalogue import Catalogue, Release
from linter.facts import syntax as s
from linter.finding import Place
from linter.project.constants import Text
from linter.project.imports.modules import is_test
from linter.project.requirements.pins import parse, pin
from linter.project.settings.values import SettingsModule
from linter.project.trace import cached_property
from linter.project.units import Unit

if TYPE_CHECKING:
    from linter.project import Project

_DEFAULTS = "django.conf.global_settings"
_LEAST = re.compile(r"^\s*(?:===?|~=|\^|>=)\s*v?(\d[\d.]*)")


class Removed(msgspec.Struct, frozen=True):
    """`setting` was last read by Django `last`; the project asks for `version` at least."""

    setting: str
    place: Place
    last: str
    version: str


class RemovedSettings:
    def __init__(self, project: Project) -> None:
        self.project = project

    def of(self, path: str) -> tuple[Removed, ...]:
        return self._found.get(path, ())

    @cached_property
    def _found(self) -> dict[str, tuple[Removed, ...]]:
        found: dict[str, tuple[Removed, ...]] = {}
        if not self._gone:
            return found
        for module in self.project.settings.modules:
            if not is_test(module.path) and not self._gone.keys().isdisjoint(module.own) and module.path not in found:
                found[module.path] = tuple(self._in_module(module))
        return found

    def _in_module(self, module: SettingsModule) -> Iterator[Removed]:
        unit = module.unit
        for name, (default, last) in self._gone.items():
            bound = unit.names.get(name, ())
            node = bound[0].node if len(bound) == 1 and not bound[0].guard else None
            if not isinstance(node, s.Assign) or node not in unit.module.body:
                continue  # under a condition: it may ask for the version
            values = module.get(name)
            if not values or any(not isinstance(v, Text) or v.value == default for v in values):
                continue
            if isinstance(node.value, s.Str) and not self._is_replaced(name) and not self._is_read(name):
                yield Removed(name, self.project.place(unit.path, unit.span(node.value.at)), last, self._least)

    def _is_replaced(self, name: str) -> bool:
        """Whether a setting of the same last word is given, as STORAGES is for STATICFILES_STORAGE."""
        word = name.rpartition("_")[2]
        return any(module.get(word) or module.get(word + "S") for module in self.project.settings.modules)

    def _is_read(self, name: str) -> bool:
        """Whether the project itself makes something of a setting: it then hands it on, or to a package of its own."""
        assigned = {module.path for module in self.project.settings.modules}
        return any(u.mentions(name, 2 if u.path in assigned else 1) for u in self.project.units())

    @cached_property
    def _least(self) -> str:
        """The oldest version of Django that the project may meet, "" where that is not known."""
        match = _LEAST.match(pin(self.project.files, "django"))
        return match[1].rstrip(".") if match else ""

    @cached_property
    def _gone(self) -> dict[str, tuple[str, str]]:
        """Settings that hold a text and that some release up to the project's lacks -> what they were when nothing was
        said, and the last release that had them. What held a bool went when its one value had become the only one."""
        least = parse(self._least)[:2] if self._least else ()
        releases = self._defaults if least else {}
        newer = [names for version, names in releases.items() if parse(version)[:2] <= least]
        if not newer:
            return {}
        found = {}
        for version, names in releases.items():
            for name, default in names.items():
                if default is not None and name not in newer[-1] and parse(version)[:2] < least:
                    found[name] = (default, version)
        return found

    @cached_property
    def _defaults(self) -> dict[str, dict[str, str | None]]:
        """The settings of each bundled release, from old to new, with the texts that they hold."""
        found: dict[str, dict[str, str | None]] = {}
        releases = [r for r in Catalogue(lambda known: known[0]).index.releases if r.distribution == "django"]
        for release in sorted(releases, key=lambda r: parse(r.version)):
            facts = _catalogue_of(release).find(_DEFAULTS)
            if facts is not None:
                found[release.version] = dict(_texts(Unit(facts[0], _DEFAULTS, facts[1], is_library=True)))
        return found


def _catalogue_of(release: Release) -> Catalogue:
    return Catalogue(lambda known: release)


def _texts(unit: Unit) -> Iterator[tuple[str, str | None]]:
    for name, bound in unit.names.items():
        value = getattr(bound[-1].node, "value", None)
        yield name, value.value if isinstance(value, s.Str) else None
