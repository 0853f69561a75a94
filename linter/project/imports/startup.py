"""What Django imports when it starts: the modules that are certain to run, and which import makes them run."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import basename
from typing import TYPE_CHECKING

import msgspec

from linter.facts import syntax as s
from linter.finding import Place
from linter.project.control import evaluated, own
from linter.project.imports.modules import is_test
from linter.project.names import last_name
from linter.project.trace import cached_property
from linter.project.units import Unit, walk

if TYPE_CHECKING:
    from linter.project import Project

# The modules of an installed app that Django, or its admin, imports by name.
LOADED = ("", ".apps", ".models", ".admin")
ENTRIES = frozenset({"manage.py", "wsgi.py", "asgi.py"})


class Import(msgspec.Struct, frozen=True):
    """`unit` imports a module; `at` is where, NOWHERE where Django does it by itself. `function`: whose body says so."""

    unit: Unit
    at: int
    function: s.FunctionDef | None = None


class Startup:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.names = project.names

    def reached(self, path: str) -> bool:
        """Whether a file is certain to be imported when the project starts."""
        return path in self._imports

    def import_place(self, path: str) -> Place | None:
        """The import that makes a file run, where it is one of the project's own."""
        found = self._imports.get(path)
        if found is None or found.at == s.NOWHERE:
            return None
        return self.project.place(found.unit.path, found.unit.span(found.at, found.function))

    @cached_property
    def _imports(self) -> dict[str, Import]:
        found: dict[str, Import] = {}
        waiting = [unit for unit in self._roots() if not is_test(unit.path)]
        for unit in waiting:
            found.setdefault(unit.path, Import(unit, s.NOWHERE))
        while waiting:
            unit = waiting.pop()
            for target, where in self.imports(unit):
                if target.path not in found and not target.is_library:
                    found[target.path] = where
                    waiting.append(target)
        return found

    # --- where it starts ---

    def _roots(self) -> Iterator[Unit]:
        modules = self.project.settings.modules
        for module in modules:
            yield module.unit
            for setting in _READ:
                for text in module.texts(setting):
                    yield from self._named(text, module.path)
            for app in module.texts("INSTALLED_APPS"):
                yield from self._app(app, module.path)
        for unit in self.project.units():
            name = basename(unit.path)
            if name in ENTRIES or (not modules and name in ("models.py", "apps.py", "admin.py")):
                yield unit

    def _named(self, text: str, importer: str) -> Iterator[Unit]:
        """The module of a dotted path in the settings: of a middleware, the URL configuration, a context processor."""
        while text:
            unit = self.names.module(text, importer)
            if unit is not None:
                yield unit
                return
            text = text.rpartition(".")[0]

    def _app(self, entry: str, importer: str) -> Iterator[Unit]:
        package = entry
        if self.names.module(package, importer) is None:
            package = entry.rpartition(".")[0].removesuffix(".apps")
        for suffix in LOADED:
            unit = self.names.module(f"{package}{suffix}", importer)
            if unit is not None:
                yield unit

    # --- what a module imports ---

    def imports(self, unit: Unit, bodies: bool = False) -> Iterator[tuple[Unit, Import]]:
        """What importing a module imports; with `bodies` what its functions import too, whether they are called or not."""
        calls = any(word in unit.facts.module for word in _CALLS)  # else its expressions need not be gone through
        yield from self._in_block(unit, unit.statements, None, calls)
        for cls in self.names.classes(unit):
            ready = cls.member("ready")
            yield from self._in_block(unit, cls.statements, None, calls)
            if isinstance(ready, s.FunctionDef) and basename(unit.path) in ("apps.py", "__init__.py"):
                yield from self._in_block(unit, walk(unit.body(ready).statements), ready, True)
        for function in self.project.functions(unit) if bodies else ():
            yield from self._in_block(unit, walk(unit.body(function.node).statements), function.node, True)

    def _in_block(
        self, unit: Unit, statements: list[tuple[s.Stmt, str]], function: s.FunctionDef | None, calls: bool
    ) -> Iterator[tuple[Unit, Import]]:
        for node, guard in statements:
            if guard == "typing":
                continue
            if isinstance(node, s.Import):
                yield from self._with_packages(node.module, Import(unit, node.at, function))
            elif isinstance(node, s.ImportFrom):
                source = self.names.imported(unit, node)
                if source is not None:
                    where = Import(unit, node.at, function)
                    yield from self._with_packages(source, where)
                    submodule = self.names.module(f"{source}.{node.name}", unit.path)
                    if submodule is not None:
                        yield submodule, where
            elif calls:
                yield from self._by_call(unit, node, function)

    def _with_packages(self, name: str, where: Import) -> Iterator[tuple[Unit, Import]]:
        """A module and the packages around it, whose `__init__` runs too."""
        while name:
            unit = self.names.module(name, where.unit.path)
            if unit is not None:
                yield unit, where
            name = name.rpartition(".")[0]

    def _by_call(self, unit: Unit, node: s.Stmt, function: s.FunctionDef | None) -> Iterator[tuple[Unit, Import]]:
        """`include("app.urls")`, `import_module("app.signals")`, `autodiscover_modules("signals")`."""
        for expr in own(node):
            for part, _ in evaluated(expr):
                if not isinstance(part, s.Call) or not part.args or not isinstance(part.args[0], s.Str):
                    continue
                name, text, where = last_name(part.func), part.args[0].value, Import(unit, part.at, function)
                if name in ("include", "import_module", "__import__"):
                    yield from self._with_packages(text, where)
                elif name == "autodiscover_modules":
                    for app in self.project.settings.texts("INSTALLED_APPS"):
                        found = self.names.module(f"{app}.{text}", unit.path)
                        if found is not None:
                            yield found, where


_CALLS = (b"include", b"import_module", b"__import__", b"autodiscover_modules")
_READ = (
    "ROOT_URLCONF", "WSGI_APPLICATION", "ASGI_APPLICATION", "MIDDLEWARE", "AUTHENTICATION_BACKENDS", "DATABASE_ROUTERS",
)  # fmt: skip
