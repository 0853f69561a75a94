"""Modules that connect receivers and that nothing imports, so that the receivers are never connected."""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import basename
from typing import TYPE_CHECKING

import msgspec

from linter.project.imports.modules import is_test
from linter.project.imports.startup import Import
from linter.project.models.apps import APP_CONFIG
from linter.project.signals.receivers import Receiver
from linter.project.trace import cached_property
from linter.project.units import ClassSymbol, FunctionSymbol

if TYPE_CHECKING:
    from linter.project import Project

# What such modules are called. Of others some library may look for the name: `wagtail_hooks`, `translation`, `cms_plugins`.
_NAMED = re.compile(r"(^|_)(signals?|receivers?|handlers?|listeners?|subscribers?)(_|$)")
_RUN = re.compile(r"(^|/)(migrations|management|scripts?)/")
_FINDERS = ("walk_packages", "iter_modules", "autodiscover_modules", "find_modules")
_IMPORTERS = ("import_module", "__import__", "import_string", "load_module")


class Unimported(msgspec.Struct, frozen=True):
    """`receivers`: what the module would connect. `unused`: a method of the app's configuration that imports it and that
    nobody calls, where there is one."""

    path: str
    receivers: tuple[Receiver, ...]
    unused: FunctionSymbol | None


class UnimportedReceivers:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.names = project.names

    def of(self, path: str) -> Unimported | None:
        return self._by_path.get(path)

    @cached_property
    def _by_path(self) -> dict[str, Unimported]:
        waiting: dict[str, list[Receiver]] = {}
        for receiver in self.project.receivers:
            path = receiver.scope.unit.path
            if not receiver.scope.functions and not receiver.guards and receiver.signal and self._may_be_lost(path):
                waiting.setdefault(path, []).append(receiver)
        found: dict[str, Unimported] = {}
        for path, receivers in waiting.items():
            if not self._is_found_by_name(path):
                unused = [self._unused(importer) for importer in self._importers(path)]
                if all(unused):
                    found[path] = Unimported(path, tuple(receivers), unused[0] if unused else None)
        return found

    def _may_be_lost(self, path: str) -> bool:
        """Whether a module lies in an installed app, is no program, and is not certain to be imported."""
        if is_test(path) or _RUN.search(path) or not _NAMED.search(basename(path).removesuffix(".py")):
            return False
        return not self.project.startup.reached(path) and self._is_in_app(path)

    def _is_in_app(self, path: str) -> bool:
        """Whether a module lies in an app of INSTALLED_APPS, named by its package or by a configuration there."""
        installed = self.project.settings.texts("INSTALLED_APPS")
        for package in map(_parent, self.project.modules.names(path)):
            while package:
                if any(entry == package or entry.startswith(f"{package}.apps.") for entry in installed):
                    return True
                package = _parent(package)
        return False

    def _is_found_by_name(self, path: str) -> bool:
        """Whether some code may look for the module by its name: where it stands in a string, or beside a dynamic import."""
        stem, names = basename(path).removesuffix(".py"), self.project.modules.names(path)
        for unit in self.project.units():
            if unit.path == path or is_test(unit.path):
                continue
            if any(map(unit.says, (stem, f".{stem}", *names))) or any(map(unit.holds, _FINDERS)):
                return True
            if any(map(unit.holds, _IMPORTERS)) and unit.mentions(stem):
                return True
        return False

    def _importers(self, path: str) -> Iterator[Import]:
        stem = basename(path).removesuffix(".py")
        for unit in self.project.units():
            if unit.path != path and not is_test(unit.path) and unit.mentions(stem):
                for target, where in self.project.startup.imports(unit, bodies=True):
                    if target.path == path:
                        yield where

    def _unused(self, where: Import) -> FunctionSymbol | None:
        """The method of an app's configuration that an import stands in, where Django does not call it, nor does anybody."""
        if where.function is None:
            return None
        for cls in self.names.classes(where.unit):
            if where.function in cls.methods and self._is_config(cls) and where.function.name != "ready":
                name = where.function.name
                if not name.startswith("__") and not where.unit.mentions(name, times=2):
                    return FunctionSymbol(where.unit, where.function, cls)
        return None

    def _is_config(self, cls: ClassSymbol) -> bool:
        return self.names.is_subclass(cls, *APP_CONFIG)


def _parent(name: str) -> str:
    return name.rpartition(".")[0]
