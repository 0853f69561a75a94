"""Model modules in a `models` package that nothing imports, so that Django never hears of their models."""

from __future__ import annotations

import re
from posixpath import basename, dirname
from typing import TYPE_CHECKING

import msgspec

from linter.project.imports.modules import is_test
from linter.project.trace import memo
from linter.project.units import Unit

if TYPE_CHECKING:
    from linter.project import Project
    from linter.project.models import Model

# What imports modules whose names are not written down.
_DYNAMIC = ("import_module", "__import__", "iter_modules", "walk_packages", "find_modules", "load_module", "exec_module",
            "import_submodules", "import_models", "autodiscover_modules", "__path__", "glob", "listdir")  # fmt: skip
_MODELS = re.compile(r"(?P<package>(?:.*/)?models)/")


class Unreached(msgspec.Struct, frozen=True):
    """`package` is the `models/__init__.py` that should lead to the models of a module."""

    models: tuple[Model, ...]
    package: Unit


class UnreachedModels:
    def __init__(self, project: Project) -> None:
        self.project = project

    @memo
    def of(self, path: str) -> Unreached | None:
        match = _MODELS.match(path)
        if match is None or is_test(path) or path.endswith("/__init__.py"):
            return None
        package, unit = self.project.unit(f"{match['package']}/__init__.py"), self.project.unit(path)
        if package is None or unit is None or self.project.closed_modules.is_foreign(path):
            return None
        if any(target is unit for target, _ in self.project.startup.imports(package)):
            return None  # so it is nearly always, and cheap to see
        if self.project.startup.reached(path) or not self._is_importable(path):
            return None
        models = tuple(self._models(unit, dirname(match["package"])))
        if not models or self._may_be_imported(unit, package):
            return None
        return Unreached(models, package)

    def _is_importable(self, path: str) -> bool:
        return basename(path).removesuffix(".py").isidentifier()

    def _models(self, unit: Unit, app: str) -> list[Model]:
        """The models of a module that Django would register for the app around its `models` package."""
        found = [self.project.models.of(cls) for cls in self.project.names.classes(unit) if cls.function is None]
        return [
            model
            for model in found
            if model is not None and not model.abstract and model.registered and model.app.folder == app
        ]

    def _may_be_imported(self, unit: Unit, package: Unit) -> bool:
        """Whether any code but tests imports a module, or may: by its name, or together with all in its folder."""
        if self.project.backups.import_place(unit.path) is not None:
            return True
        if any(other.says(name) for other in self.project.units() for name in self.project.modules.names(unit.path)):
            return True
        app = dirname(dirname(package.path))
        around = (other for other in self.project.units() if dirname(other.path) in (app, dirname(package.path)))
        return any(other.mentions(word) for other in around for word in _DYNAMIC)
