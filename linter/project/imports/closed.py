"""What a module of the project certainly lacks, and which modules of a package certainly do not exist."""

from __future__ import annotations

import re
import sys
from posixpath import dirname
from typing import TYPE_CHECKING

from linter.facts import syntax as s
from linter.project.control import parts
from linter.project.imports.modules import is_test
from linter.project.trace import cached_property, memo
from linter.project.units import Unit

if TYPE_CHECKING:
    from linter.project import Project

# Code that says one of these may give a module names that nobody sees …
_OPENS = (
    "globals", "locals", "vars", "exec", "execfile", "modules", "__dict__", "__path__", "extend_path", "__import__",
)  # fmt: skip
# … and a folder of such a name holds code that others wrote, that is no code yet, or that tools keep for themselves.
_FOREIGN = re.compile(
    r"(^|/)(_?vendor(ed|s)?|_?vendored_packages|third_?party|extern(al)?s?|site-packages)(/|$)|[{%]|(^|/)\.", re.I
)
# So many imports of a package lead somewhere for each one that does not, else it is another package.
_RESOLVED_SHARE = 2


class ClosedModules:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.names = project.names
        self.modules = project.modules

    # --- names in a module ---

    @memo
    def lacks(self, unit: Unit, name: str) -> bool:
        """Whether a module certainly has no attribute `name`, and no module of that name in it."""
        if self.binds(unit, name) or (name.startswith("__") and name.endswith("__")) or not self.is_closed(unit):
            return False
        modules = (unit, *self._behind(unit))
        if any(self._may_have(module, name) or _is_decorated_with(module, name) for module in modules):
            return False
        return not self._is_given(unit, name)

    def binds(self, unit: Unit, name: str) -> bool:
        """Whether a module, or one that it takes everything from, binds a name where it can be seen, or is its package."""
        if name in unit.names or (unit.star_imports and name in self._taken(unit)):
            return True
        return unit.path.endswith("__init__.py") and self.modules.find(f"{unit.name}.{name}") is not None

    @memo
    def _taken(self, unit: Unit) -> frozenset[str]:
        """The names of all modules that a module takes everything from."""
        return frozenset(name for star in self._behind(unit) for name in star.names)

    def _behind(self, unit: Unit) -> set[Unit]:
        """The modules that a module takes everything from, and those that they do."""
        found: set[Unit] = set()
        waiting = [unit]
        while waiting:
            for star in self._stars(waiting.pop()):
                if star is not None and star not in found:
                    found.add(star)
                    waiting.append(star)
        return found

    def _may_have(self, unit: Unit, name: str) -> bool:
        if self._is_said(unit, name):
            return True
        return unit.path.endswith("__init__.py") and self._may_hold(unit, name)

    def _may_hold(self, package: Unit, name: str) -> bool:
        """Whether a package may hold a module that was not read."""
        full = f"{package.name}.{name}"
        if self.modules.is_namespace(full) or self.project.may_hide(dirname(package.path), name):
            return True
        return full in self.project.settings.named or self._is_made(f"{name}.py")

    @memo
    def _is_made(self, file: str) -> bool:
        """Whether the project speaks of a file of some name: an installation may write it."""
        return any(unit.mentions(file) for unit in self.project.units())

    def _is_said(self, unit: Unit, name: str) -> bool:
        """Whether the text of a module has the word anywhere: a `global` of a function, a `case`, a name put together."""
        return re.search(rb"\b%s\b" % re.escape(name.encode()), self.project.source(unit.path).data) is not None

    @memo
    def is_closed(self, unit: Unit) -> bool:
        """Whether all names of a module are those that its text binds."""
        if unit.is_library or unit.module.broken or "__getattr__" in unit.names or self.is_foreign(unit.path):
            return False
        if unit.path in self._settings or any(unit.holds(word) for word in _OPENS) or self._hands_itself_over(unit):
            return False
        return all(star is not None and star is not unit and self.is_closed(star) for star in self._stars(unit))

    def is_foreign(self, path: str) -> bool:
        """Whether a file was written by others, is a template for one, or belongs to a tool."""
        return _FOREIGN.search(path) is not None

    @cached_property
    def _settings(self) -> frozenset[str]:
        """Settings are put together in ways of their own: `include("components/*.py")`."""
        return frozenset(module.path for module in self.project.settings.modules)

    @memo
    def _stars(self, unit: Unit) -> tuple[Unit | None, ...]:
        """The modules that a module takes everything from; None for what is not the project's, or not known."""
        return tuple(self._star(unit, node) for node in unit.star_imports)

    def _star(self, unit: Unit, node: s.ImportFrom) -> Unit | None:
        source = self.names.imported(unit, node)
        star = self.names.module(source, unit.path) if source else None
        return star if star is not None and not star.is_library and len(self.modules.shadowed(star.name)) == 1 else None

    def _hands_itself_over(self, unit: Unit) -> bool:
        """`deprecate_names({…}, __name__)`: a call that may do what it likes with the module."""
        if not unit.holds("__name__"):
            return False
        for node, _ in unit.statements:
            if isinstance(node, s.ExprStmt):
                if any(isinstance(part, s.Name) and part.id == "__name__" for part in parts(node)):
                    return True
        return False

    def defining(self, name: str) -> tuple[Unit, ...]:
        """The modules that define a class or function of some name."""
        kinds = (s.ClassDef, s.FunctionDef)
        return tuple(
            unit
            for unit in self.project.units()
            if not is_test(unit.path) and any(isinstance(binding.node, kinds) for binding in unit.names.get(name, ()))
        )

    # --- what others do to a module ---

    def _is_given(self, unit: Unit, name: str) -> bool:
        """Whether any code, tests too, may set that attribute of a module: `module.name = …`, `setattr(module, …)`."""
        return name in self._gives or unit.path in self._set_by_name or self._is_replaced(unit.name)

    @cached_property
    def _gives(self) -> frozenset[str]:
        return frozenset(name for unit in self.project.units() for name in unit.module.gives)

    @cached_property
    def _set_by_name(self) -> frozenset[str]:
        """The modules that stand as such in a file that calls `setattr`."""
        found: set[str] = set()
        for unit in self.project.units():
            if "setattr(" in unit.module.uses:
                for node, _ in unit.statements:
                    target = self.imported_module(unit, node)
                    if target is not None:
                        found.add(target.path)
        return frozenset(found)

    @memo
    def _is_replaced(self, name: str) -> bool:
        """Whether a file that speaks of `sys.modules` names a module."""
        return any(unit.says(name) for unit in self._replacing)

    @cached_property
    def _replacing(self) -> tuple[Unit, ...]:
        return tuple(unit for unit in self.project.units() if unit.holds("modules"))

    # --- modules ---

    def imported_module(self, unit: Unit, node: s.Stmt) -> Unit | None:
        """The module of the project that a statement binds a name to: `import app.views as views`, `from app import views`."""
        if isinstance(node, s.Import):
            path = self.modules.find(node.bound, unit.path)
        elif isinstance(node, s.ImportFrom) and node.name != "*":
            source = self.names.imported(unit, node)
            package = self.modules.find(source, unit.path) if source else None
            path = self.modules.find(f"{source}.{node.name}", unit.path) if source else None
            inside = self.project.unit(package) if package is not None and path is not None else None
            if inside is not None and node.name in inside.names:
                return None  # it may be anything
        else:
            return None
        return self.project.unit(path) if path is not None else None

    def module(self, unit: Unit, name: str, level: int) -> Unit | None:
        """The file of a module that a file imports, where it can be no other."""
        path = self.modules.find(name, unit.path)
        if path is None or len(self.modules.shadowed(name)) != 1 or not (level or self._is_ours(name, unit.path)):
            return None
        return (
            self.project.unit(path) if level or not self._is_beside(name.partition(".")[0], unit.path, path) else None
        )

    def _is_beside(self, top: str, importer: str, found: str) -> bool:
        """Whether another module of a name lies beside the file that imports it: a script's folder is searched first."""
        folder = f"{dirname(importer)}/" if dirname(importer) else ""
        beside = (f"{folder}{top}.py", f"{folder}{top}/__init__.py")
        return not found.startswith((beside[0], f"{folder}{top}/")) and any(p in self.project.files for p in beside)

    @memo
    def missing(self, name: str, importer: str, level: int) -> Unit | None:
        """The package that certainly has no module of a name, where the module is not there; None where it may be."""
        parent, _, last = name.rpartition(".")
        if not parent or self.modules.find(parent, importer) is None or self.modules.is_namespace(name):
            return None  # most often a library
        if self.names.module(name, importer) is not None:
            return None
        unit = self.project.unit(importer)
        package = self.module(unit, parent, level) if unit is not None else None
        if package is None or not package.path.endswith("__init__.py") or not self.lacks(package, last):
            return None
        return package if not self._is_replaced(name) else None

    def _is_ours(self, name: str, importer: str) -> bool:
        """Whether the package of a full name is the project's, not a library of the same name."""
        top = name.partition(".")[0]
        files = self.modules.shadowed(top)
        if len(files) != 1 or top in sys.stdlib_module_names or self.project.library(top) is not None:
            return False
        root = dirname(files[0].removesuffix("/__init__.py"))
        return (not root or importer.startswith(root + "/")) and self._leads_somewhere(top)

    @memo
    def _leads_somewhere(self, top: str) -> bool:
        if top.replace("_", "-").lower() in self._required:
            return False
        found = lost = 0
        for unit in self.project.units():
            if top.encode() not in bytes(unit.facts.module):
                continue
            for node, _ in unit.statements:
                level = node.level if isinstance(node, s.ImportFrom) else 0
                if isinstance(node, (s.Import, s.ImportFrom)) and not level and node.module.partition(".")[0] == top:
                    if self.modules.find(node.module, unit.path):
                        found += 1
                    else:
                        lost += 1
        return found >= _RESOLVED_SHARE * lost

    @cached_property
    def _required(self) -> frozenset[str]:
        """The distributions that the project asks for."""
        requirements = self.project.requirements
        return frozenset(pin.name for path in requirements.paths for pin in requirements.of(path))


def _is_decorated_with(unit: Unit, name: str) -> bool:
    """Whether a decorated class lends a name its own: `@pghistory.track()` puts a `BookEvent` beside `Book`."""
    decorated = (node.name for node, _ in unit.statements if isinstance(node, s.ClassDef) and node.decorators)
    return any(word in name for word in decorated)
