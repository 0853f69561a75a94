"""Migrations and the databases they run on: which operation cannot run on which of them."""

from __future__ import annotations

from posixpath import basename, dirname
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from linter.facts import syntax as s
from linter.finding import Place
from linter.project.migrations import alembic, django
from linter.project.migrations.columns import At
from linter.project.migrations.rows import Row
from linter.project.migrations.sql import is_script
from linter.project.migrations.vendors import MYSQL, SQLITE, Target, Vendor
from linter.project.names import last_name
from linter.project.trace import memo
from linter.project.units import Unit

if TYPE_CHECKING:
    from linter.project import Project


class Obstacle(msgspec.Struct, frozen=True):
    """An operation that some of the project's databases cannot run. `row` is that of the first of them."""

    row: Row
    targets: tuple[Target, ...]
    at: int
    function: s.FunctionDef | None


class Migrations:
    def __init__(self, project: Project) -> None:
        self.project = project

    @memo
    def obstacles(self, path: str) -> tuple[Obstacle, ...]:
        unit = self.project.unit(path)
        if unit is None:
            return ()
        found: dict[tuple[str, int, int], Obstacle] = {}
        for target, row, (at, function) in self._refused(unit):
            key = (row.what, at, function.body if function is not None else -1)
            known = found.setdefault(key, Obstacle(row, (), at, function))
            found[key] = replace(known, targets=(*known.targets, target))
        return tuple(found.values())

    def _refused(self, unit: Unit) -> list[tuple[Target, Row, At]]:
        upgrade = alembic.upgrade_function(unit)
        if upgrade is not None:
            return [
                (target, row, at)
                for target in self.project.vendors.of_alembic(unit.path)
                for row, at in alembic.AlembicMigration(self.project, unit, upgrade, target.vendor).refused()
            ]
        cls = django.migration_class(self.project, unit) if django.may_depend_on_database(unit) else None
        if cls is None or basename(unit.path).removesuffix(".py") in self.replaced(dirname(unit.path)):
            return []
        return [
            (target, row, at)
            for target in self.project.vendors.of_django(dirname(unit.path))
            for row, at in django.DjangoMigration(self.project, cls, target.vendor).refused()
        ]

    def place(self, path: str, obstacle: Obstacle) -> Place:
        unit = self.project.unit(path)
        assert unit is not None
        return self.project.place(path, unit.span(obstacle.at, obstacle.function))

    @memo
    def replaced(self, folder: str) -> frozenset[str]:
        """The migrations of a package that a squashed one replaces: a new database never runs them."""
        found: set[str] = set()
        for path in self.project.python_paths:
            unit = self.project.unit(path) if dirname(path) == folder else None
            if unit is not None and b"replaces" in bytes(unit.facts.module):
                cls = django.migration_class(self.project, unit)
                found.update(django.replaced(cls) if cls is not None else ())
        return frozenset(found)

    def refuses_script(self, vendor: Vendor, text: str) -> bool:
        """Whether a text holds more statements than what talks to a database takes at a time."""
        takes_one = vendor == SQLITE or (vendor == MYSQL and self.project.vendors.only_pymysql)
        return takes_one and ";" in text and is_script(text)

    @memo
    def compiled(self, vendor: Vendor) -> frozenset[str]:
        """The SQLAlchemy types that the project renders itself for a database."""
        found: set[str] = set()
        for unit in self.project.units():
            if b"compiles" in bytes(unit.facts.module):
                for function in self.project.functions(unit):
                    for decorator in function.node.decorators:
                        if isinstance(decorator, s.Call) and last_name(decorator.func) == "compiles" and decorator.args:
                            given = [arg.value for arg in decorator.args[1:] if isinstance(arg, s.Str)]
                            if not given or vendor in given:
                                found.add(last_name(decorator.args[0]))
        return frozenset(found)
