"""Which mapped classes Alembic sees: those in the modules that `env.py` imports, directly or not."""

from __future__ import annotations

from posixpath import basename, dirname
from typing import TYPE_CHECKING

import msgspec

from linter.project.imports.modules import is_test
from linter.project.trace import cached_property
from linter.project.units import Unit

if TYPE_CHECKING:
    from linter.project import Project
    from linter.project.sqlalchemy.mapping import Mapper
    from linter.project.sqlalchemy.schema import Table

# What imports modules whose names are not written down, and what chooses by itself what is compared.
_DYNAMIC = ("import_module", "__import__", "iter_modules", "walk_packages", "find_modules", "load_module", "entry_points",
            "exec_module", "include_object", "include_name", "current_app")  # fmt: skip


class Unseen(msgspec.Struct, frozen=True):
    """A mapped class that `environment` (an `env.py`) does not lead to; `revision` makes its table."""

    mapper: Mapper
    table: Table
    environment: Unit
    revision: Unit
    package: Unit | None  # the package around its module, if that is imported


class Registration:
    def __init__(self, project: Project) -> None:
        self.project = project

    def unseen(self, path: str) -> tuple[Unseen, ...]:
        return self._unseen.get(path, ())

    @cached_property
    def _unseen(self) -> dict[str, tuple[Unseen, ...]]:
        found: dict[str, list[Unseen]] = {}
        for unit in self.project.units():
            if basename(unit.path) == "env.py" and b"target_metadata" in unit.facts.module and not is_test(unit.path):
                for unseen in self._of(unit):
                    found.setdefault(unseen.mapper.symbol.unit.path, []).append(unseen)
        return {path: tuple(every) for path, every in found.items()}

    def _of(self, environment: Unit) -> list[Unseen]:
        reached = self._reached(environment, bodies=False)
        missing = self._missing(environment, reached)
        if not missing or any(unit.mentions(word) for unit in reached.values() for word in _DYNAMIC):
            return []
        # Functions may import too, and whether they are called cannot always be said.
        reached = self._reached(environment, bodies=True)
        if any(unit.mentions(word) for unit in reached.values() for word in _DYNAMIC):
            return []
        return self._missing(environment, reached)

    def _reached(self, environment: Unit, bodies: bool) -> dict[str, Unit]:
        found = {environment.path: environment}
        waiting = [environment]
        while waiting:
            for target, _ in self.project.startup.imports(waiting.pop(), bodies):
                if target.path not in found and not target.is_library:
                    found[target.path] = target
                    waiting.append(target)
        return found

    def _missing(self, environment: Unit, reached: dict[str, Unit]) -> list[Unseen]:
        mappers = [mapper for mapper in self.project.tables.mappers if not is_test(mapper.symbol.unit.path)]
        compared = {id(m.metadata) for m in mappers if m.symbol.unit.path in reached and m.table is not None}
        found: list[Unseen] = []
        for mapper in mappers:
            unit, table = mapper.symbol.unit, mapper.table
            if unit.path in reached or table is None or id(mapper.metadata) not in compared or unit.is_library:
                continue
            if mapper.inheritance == "single" or any(d.site.path in reached for d in table.definitions):
                continue
            revision = self._revision(environment, table)
            if revision is not None:
                package = reached.get(f"{dirname(unit.path)}/__init__.py")
                found.append(Unseen(mapper, table, environment, revision, package))
        return found

    def _revision(self, environment: Unit, table: Table) -> Unit | None:
        """A migration that names the table: that it belongs to the database that is compared."""
        folder = dirname(environment.path)
        for path in self.project.python_paths:
            if path.startswith(f"{folder}/" if folder else "") and path != environment.path:
                unit = self.project.unit(path)
                if unit is not None and b"down_revision" in unit.facts.module and unit.says(table.name):
                    return unit
        return None
