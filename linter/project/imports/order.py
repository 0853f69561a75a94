"""Circles of imports: what is bound already when a module is asked for a name while it is still being imported."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Union

import msgspec
from msgspec.structs import replace

from linter.facts import syntax as s
from linter.project.circles import Circles
from linter.project.imports.modules import is_test
from linter.project.names import last_name
from linter.project.trace import cached_property, memo
from linter.project.units import ClassSymbol, Unit, bindings, walk

if TYPE_CHECKING:
    from linter.project import Project
    from linter.project.imports.guarded import GuardedImport

_CATCHES = frozenset({"ImportError", "Exception", "BaseException"})
# What binds names, or imports modules, that are not written down.
_DYNAMIC = ("import_module", "__import__", "iter_modules", "walk_packages", "exec", "globals", "modules", "setattr")
_Wanted = Union[s.Import, s.ImportFrom]


class Failure(msgspec.Struct, frozen=True):
    """`node` asks for a name of `target`, which is still being imported; `loading` are the modules under way, in order.

    With a `guard` it fails only if that import, whose failure nobody would see, has not run before."""

    unit: Unit
    node: s.ImportFrom
    target: Unit
    loading: tuple[Unit, ...]
    guard: GuardedImport | None = None


class _FailsError(Exception):
    def __init__(self, failure: Failure) -> None:
        self.failure = failure


class _UnsureError(Exception):
    pass


class ImportOrder:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.names = project.names

    def failures(self, path: str) -> tuple[Failure, ...]:
        """The imports of a file that fail, whatever the project imports first."""
        circle = self._circles.of(path) if self.project.unit(path) is not None and not is_test(path) else ()
        failure = self._failure_of(circle) if len(circle) > 1 else None
        return (failure,) if failure is not None and failure.unit.path == path else ()

    @cached_property
    def _circles(self) -> Circles:
        return Circles(self.edges)

    @memo
    def _failure_of(self, circle: tuple[str, ...]) -> Failure | None:
        failure = self._failure(circle) or self._guarded_failure(circle)
        return failure if failure is not None and self._is_of_models(failure) and self._is_plain(circle) else None

    def _failure(self, circle: tuple[str, ...]) -> Failure | None:
        """How a circle fails that fails wherever it is entered."""
        first: Failure | None = None
        for path in circle:
            failure = self._entered(path, frozenset(circle))
            if failure is None:
                return None
            first = first or failure
        return first

    def _guarded_failure(self, circle: tuple[str, ...]) -> Failure | None:
        """How a circle fails that only works because of an import in `try: … except ImportError: pass`."""
        guards = tuple(g for path in circle for g in self.project.guarded_imports.in_file(path))
        for path in circle if guards else ():
            failure = self._entered(path, frozenset(circle), guards)
            if failure is not None:
                return replace(failure, guard=next((g for g in guards if g.model.unit is failure.unit), None))
        return None

    def _entered(self, path: str, circle: frozenset[str], left_out: tuple[GuardedImport, ...] = ()) -> Failure | None:
        loader = _Loader(self, circle, frozenset(guarded.node for guarded in left_out))
        try:
            loader.load(path)
        except _FailsError as failed:
            return failed.failure
        except _UnsureError:
            return None
        return loader.swallowed

    def _is_of_models(self, failure: Failure) -> bool:
        """Whether a module that is under way when it fails defines a model."""
        start = failure.loading.index(failure.target)
        return any(self._is_model(cls) for unit in failure.loading[start:] for cls in self.names.classes(unit))

    def _is_model(self, cls: ClassSymbol) -> bool:
        if self.project.models.of(cls) is not None:
            return True
        return self.project.uses_sqlalchemy and self.project.tables.mapper(cls) is not None

    def _is_plain(self, circle: tuple[str, ...]) -> bool:
        """Whether its modules are imported and defined by what is written, each under one name."""
        names: dict[str, set[str]] = {}
        for path in circle:
            for target, called in self.edges(path).items():
                names.setdefault(target, set()).update(called)
        units = [unit for unit in map(self.project.unit, circle) if unit is not None]
        return all(len(names[path]) == 1 for path in circle) and not any(
            unit.module.broken or any(map(unit.mentions, _DYNAMIC)) for unit in units
        )

    # --- who imports whom ---

    @memo
    def edges(self, path: str) -> dict[str, set[str]]:
        """The project's modules that importing one imports, each with the names it goes by there; no tests."""
        unit = self.project.unit(path)
        imported = self._imported(unit) if unit is not None else {}
        return {target: names for target, names in imported.items() if not is_test(target)}

    def _imported(self, unit: Unit) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for node, guard in unit.statements:
            if guard != "typing" and isinstance(node, (s.Import, s.ImportFrom)):
                for name, target in self.targets(unit, node):
                    found.setdefault(target.path, set()).add(name)
        package = self.project.names.module(unit.name.rpartition(".")[0]) if "." in unit.name else None
        if package is not None and not package.is_library and package is not unit:
            found.setdefault(package.path, set()).add(package.name)
        found.pop(unit.path, None)
        return found

    def targets(self, unit: Unit, node: _Wanted) -> list[tuple[str, Unit]]:
        """The modules that one import runs, outermost first: its module with the packages around, and a submodule."""
        name = node.module if isinstance(node, s.Import) else self.names.imported(unit, node)
        if not name:
            return []
        parts = name.split(".")
        wanted = [".".join(parts[: n + 1]) for n in range(len(parts))]
        if isinstance(node, s.ImportFrom):
            wanted.append(f"{name}.{node.name}")
        return [(name, module) for name in wanted if (module := self._own(name, unit)) is not None]

    def _own(self, name: str, importer: Unit) -> Unit | None:
        path = self.project.modules.find(name, importer.path)
        return self.project.unit(path) if path is not None else None

    def leads_into(self, unit: Unit, block: Iterable[s.Stmt], circle: frozenset[str]) -> bool:
        return any(
            target.path in circle
            for node, guard in walk(tuple(block))
            if guard != "typing" and isinstance(node, (s.Import, s.ImportFrom))
            for _, target in self.targets(unit, node)
        )


class _Loader:
    """Imports the modules of a circle as Python would; all others are there already."""

    def __init__(self, order: ImportOrder, circle: frozenset[str], left_out: frozenset[_Wanted]) -> None:
        self.order = order
        self.circle = circle
        self.left_out = left_out
        self.bound: dict[str, set[str]] = {}
        self.loading: list[Unit] = []
        self.swallowed: Failure | None = None

    def load(self, path: str) -> None:
        unit = self.order.project.unit(path)
        if path in self.bound or path not in self.circle or unit is None:
            return
        for package in self.order.edges(path):
            if path.startswith(package.removesuffix("__init__.py")) and package.endswith("/__init__.py"):
                self.load(package)
        if path in self.bound:
            return
        self.bound[path] = set()
        self.loading.append(unit)
        try:
            self.run(unit, unit.module.body)
        except _FailsError:
            del self.bound[path]
            raise
        finally:
            self.loading.pop()

    def run(self, unit: Unit, block: tuple[s.Stmt, ...]) -> None:
        for node in block:
            if isinstance(node, (s.Import, s.ImportFrom)):
                self.run_import(unit, node)
            elif isinstance(node, s.Try):
                self.run_try(unit, node)
            elif isinstance(node, s.With):
                self.run(unit, node.body)
            elif isinstance(node, (s.If, s.For)):
                self.run_maybe(unit, node)
            else:
                self.bound[unit.path].update(bindings((node,)))

    def run_import(self, unit: Unit, node: _Wanted) -> None:
        targets = dict(self.order.targets(unit, node))
        source = self.order.names.imported(unit, node) if isinstance(node, s.ImportFrom) else None
        submodule = targets.pop(f"{source}.{node.name}", None) if isinstance(node, s.ImportFrom) else None
        for target in targets.values():
            self.load(target.path)
        if isinstance(node, s.ImportFrom):
            module = targets.get(source) if source else None
            if module is None or not self.has(module, node.name):
                if submodule is not None:
                    self.load(submodule.path)
                elif module is not None and module in self.loading:
                    self.miss(unit, node, module)
        self.bound[unit.path].add(node.local)

    def has(self, module: Unit, name: str) -> bool:
        bound = self.bound.get(module.path)
        return bound is not None and bool(bound & {name, "*", "__getattr__"})

    def miss(self, unit: Unit, node: s.ImportFrom, target: Unit) -> None:
        if node.name == "*" or node.name not in target.names:
            raise _UnsureError
        raise _FailsError(Failure(unit, node, target, tuple(self.loading)))

    def run_try(self, unit: Unit, node: s.Try) -> None:
        if any(self.order.leads_into(unit, handler.body, self.circle) for handler in node.handlers):
            raise _UnsureError
        if self.left_out.intersection(n for n in node.body if isinstance(n, (s.Import, s.ImportFrom))):
            self.bound[unit.path].update(bindings(node.body))
            return
        try:
            self.run(unit, node.body)
            self.run(unit, node.orelse)
        except _FailsError as failed:
            if not any(handler.type is None or _catches(handler.type) for handler in node.handlers):
                raise
            self.swallowed = self.swallowed or failed.failure
        for handler in node.handlers:
            self.bound[unit.path].update(bindings(handler.body))
        self.run(unit, node.final)

    def run_maybe(self, unit: Unit, node: s.If | s.For) -> None:
        typing = isinstance(node, s.If) and last_name(node.test) == "TYPE_CHECKING"
        if self.order.leads_into(unit, node.orelse if typing else (*node.body, *node.orelse), self.circle):
            raise _UnsureError
        self.bound[unit.path].update(bindings((node,)))


def _catches(kind: s.Expr) -> bool:
    return any(map(_catches, kind.items)) if isinstance(kind, s.Seq) else last_name(kind) in _CATCHES
