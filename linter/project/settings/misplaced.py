"""Options of a database that stand in the settings by themselves, where nobody reads them:
https://docs.djangoproject.com/en/5.2/ref/settings/#databases"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from linter.finding import Place
from linter.project.imports.modules import is_test
from linter.project.settings.values import SettingsModule
from linter.project.trace import cached_property
from linter.span import Span

if TYPE_CHECKING:
    from linter.project import Project

_OPTIONS = ("ATOMIC_REQUESTS", "CONN_MAX_AGE", "CONN_HEALTH_CHECKS", "DISABLE_SERVER_SIDE_CURSORS")


class Misplaced(msgspec.Struct, frozen=True):
    option: str
    place: Place


class MisplacedOptions:
    def __init__(self, project: Project) -> None:
        self.project = project

    def of(self, path: str) -> tuple[Misplaced, ...]:
        return self._found.get(path, ())

    @cached_property
    def _found(self) -> dict[str, tuple[Misplaced, ...]]:
        found: dict[str, dict[Misplaced, None]] = {}
        for module in self.project.settings.modules:
            if not is_test(module.path) and not module.own.isdisjoint(_OPTIONS):
                found.setdefault(module.path, {}).update(dict.fromkeys(self._in_module(module)))
        return {path: tuple(some) for path, some in found.items()}

    def _in_module(self, module: SettingsModule) -> Iterator[Misplaced]:
        for option in _OPTIONS:
            if option in module.own and not self._is_given(option):
                said = [
                    span
                    for unit in self.project.units()
                    if unit.mentions(option)
                    for span in self._said(unit.path, option)
                ]
                if len(said) == 1 and said[0].path == module.path:
                    yield Misplaced(option, said[0])

    def _said(self, path: str, option: str) -> list[Place]:
        """Where a module says the option, but for what it reads of the environment in the very line that assigns it."""
        data = self.project.source(path).data
        line = re.compile(rb"(?m)^[ \t]*(%s)[ \t]*(?::[^=\n]*)?=[^=][^\n]*" % option.encode())
        assigned = [Span(match.start(1), match.end(1)) for match in line.finditer(data)]
        elsewhere = re.finditer(rb"\b%s\b" % option.encode(), line.sub(b"", data))
        found = [self.project.place(path, span) for span in assigned]
        return found + [self.project.first_line(path) for _ in elsewhere]

    def _is_given(self, option: str) -> bool:
        """Whether a database of some settings module has the option."""
        return any(database.get(option) for database in self.project.settings.databases)
