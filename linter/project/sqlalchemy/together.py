"""Which modules are certain to be imported in one process: what both put into one MetaData is there at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from linter.facts import syntax as s
from linter.project.sqlalchemy.schema import is_test
from linter.project.trace import cached_property, memo
from linter.project.units import Unit

if TYPE_CHECKING:
    from linter.project import Project


class Together:
    def __init__(self, project: Project) -> None:
        self.project = project

    def are_loaded(self, one: str, other: str) -> bool:
        """Whether some module, itself or by way of others, imports the files of two, not counting those of tests."""
        return one == other or not self._loaders(one).isdisjoint(self._loaders(other))

    def is_later(self, one: str, other: str) -> bool:
        """Whether the classes of one file are made after those of another, which it imports and not the other way round."""
        return one != other and one in self._loaders(other) and other not in self._loaders(one)

    @memo
    def _loaders(self, path: str) -> frozenset[str]:
        """A file and those that import it, by way of others too."""
        found, waiting = {path}, [path]
        while waiting:
            for importer in self._importers.get(waiting.pop(), ()):
                if importer not in found:
                    found.add(importer)
                    waiting.append(importer)
        return frozenset(found)

    @cached_property
    def _importers(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for unit in self.project.units():
            if not is_test(unit.path):
                for imported in self._imported(unit):
                    found.setdefault(imported, set()).add(unit.path)
        return found

    def _imported(self, unit: Unit) -> Iterator[str]:
        names = self.project.names
        for node, guard in unit.statements:
            if guard:
                continue
            if isinstance(node, s.Import):
                yield from self._with_packages(node.module, unit)
            elif isinstance(node, s.ImportFrom):
                source = names.imported(unit, node)
                if source is not None:
                    yield from self._with_packages(source, unit)
                    part = names.module(f"{source}.{node.name}", unit.path)
                    if part is not None:
                        yield part.path

    def _with_packages(self, name: str, importer: Unit) -> Iterator[str]:
        """A module and the packages around it, whose `__init__` runs too."""
        while name:
            unit = self.project.names.module(name, importer.path)
            if unit is not None:
                yield unit.path
            name = name.rpartition(".")[0]
