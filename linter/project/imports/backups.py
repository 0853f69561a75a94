"""Copies of modules that were kept as Python: `models_backup.py` declares again what `models.py` declares."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import basename
from typing import TYPE_CHECKING, Literal

import msgspec

from linter.facts import syntax as s
from linter.finding import Place
from linter.project.imports.modules import is_test
from linter.project.signals.copies import is_backup
from linter.project.trace import memo
from linter.project.units import Unit, walk

if TYPE_CHECKING:
    from linter.project import Project


class Again(msgspec.Struct, frozen=True):
    """Something that a backup declares again; `original` is where it is declared already."""

    kind: Literal["receiver", "model", "table"]
    name: str
    original: Place
    runtime: str = ""


class Backups:
    def __init__(self, project: Project) -> None:
        self.project = project

    @memo
    def declared_again(self, path: str) -> tuple[Again, ...]:
        """What a file that is named like a backup declares again; () for every other file."""
        if not is_backup(path) or is_test(path):
            return ()
        return (*self._receivers(path), *self._models(path), *self._tables(path))

    def _receivers(self, path: str) -> Iterator[Again]:
        for copy in self.project.receiver_copies.in_file(path):
            if copy.copy.function is not None and not is_backup(copy.original.path):
                yield Again("receiver", copy.copy.function.node.name, self.project.receivers.place(copy.original))

    def _models(self, path: str) -> Iterator[Again]:
        unit = self.project.unit(path)
        if unit is None or not self._may_declare(unit):
            return
        for cls in self.project.names.classes(unit):
            model = self.project.models.of(cls)
            if model is None or model.abstract or model.label is None:
                continue
            for other in self.project.models.labelled(model.label):
                theirs = other.symbol.unit
                if theirs.path != path and not theirs.is_library and not is_backup(theirs.path):
                    runtime = (
                        f"Conflicting '{model.name.lower()}' models in application '{model.app_label}': "
                        f"<class '{other.symbol.dotted}'> and <class '{cls.dotted}'>."
                    )
                    yield Again("model", model.name, self.project.class_place(other.symbol), runtime)
                    break

    def _may_declare(self, unit: Unit) -> bool:
        return any(isinstance(node, s.ClassDef) and node.bases for node, _ in unit.statements)

    def _tables(self, path: str) -> Iterator[Again]:
        if not self.project.uses_sqlalchemy:
            return
        for table in self.project.tables.tables:
            sites = [definition.site for definition in table.definitions]
            if len(sites) < 2 or path not in {site.path for site in sites}:
                continue
            if any(definition.extends is not False for definition in table.definitions):
                continue
            for site in sites:
                if site.path != path and not is_backup(site.path) and not is_test(site.path):
                    runtime = f"Table '{table.name}' is already defined for this MetaData instance."
                    yield Again("table", table.name, self.project.tables.place(site), runtime)
                    break

    @memo
    def import_place(self, path: str) -> Place | None:
        """An import of a file by another one of the project, no test."""
        certain = self.project.startup.import_place(path)
        if certain is not None:
            return certain
        word = basename(path).removesuffix(".py")
        for unit in self.project.units():
            if unit.path != path and not is_test(unit.path) and unit.mentions(word):
                for node, function in self._imports(unit):
                    if path in self._targets(unit, node):
                        return self.project.place(unit.path, unit.span(node.at, function))
        return None

    def _imports(self, unit: Unit) -> Iterator[tuple[s.Import | s.ImportFrom, s.FunctionDef | None]]:
        blocks: list[tuple[s.FunctionDef | None, list[tuple[s.Stmt, str]]]] = [(None, unit.statements)]
        blocks += [(symbol.node, walk(unit.body(symbol.node).statements)) for symbol in self.project.functions(unit)]
        for function, block in blocks:
            for node, guard in block:
                if isinstance(node, (s.Import, s.ImportFrom)) and guard != "typing":
                    yield node, function

    def _targets(self, unit: Unit, node: s.Import | s.ImportFrom) -> set[str | None]:
        find = self.project.modules.find
        if isinstance(node, s.Import):
            return {find(node.module, unit.path)}
        source = self.project.names.imported(unit, node)
        return {find(source, unit.path), find(f"{source}.{node.name}", unit.path)} if source else set()
