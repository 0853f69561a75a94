"""Imports of the project's own models whose failure nobody would see: in `try: … except ImportError: pass`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from posixpath import basename
from typing import TYPE_CHECKING

import msgspec

from linter.facts import syntax as s
from linter.project.imports.modules import is_test
from linter.project.names import last_name
from linter.project.trace import cached_property, memo
from linter.project.units import Binding, ClassSymbol, ModuleSymbol, Unit, walk

if TYPE_CHECKING:
    from linter.project import Project

_CATCHES = frozenset({"ImportError", "ModuleNotFoundError", "Exception", "BaseException"})
_CONSTANTS = (s.Lit, s.Str)


class GuardedImport(msgspec.Struct, frozen=True):
    """`node` imports the model `model`, or the module that defines it; `function` is where, None at module level."""

    node: s.Import | s.ImportFrom
    model: ClassSymbol
    function: s.FunctionDef | None


class GuardedImports:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.names = project.names

    @memo
    def in_file(self, path: str) -> tuple[GuardedImport, ...]:
        """The first guarded import of a model in each `try` of a file."""
        unit = self.project.unit(path)
        if unit is None or is_test(path) or "/migrations/" in path:
            return ()
        found = [
            next(iter(guarded), None)
            for function, block in self._blocks(unit)
            for guarded in self._in_block(unit, function, block)
        ]
        targets = frozenset(guarded.model.unit.path for guarded in found if guarded is not None)
        return tuple(g for g in found if g is not None and not self._is_optional(g.model.unit, targets))

    def _blocks(self, unit: Unit) -> Iterator[tuple[s.FunctionDef | None, list[tuple[s.Stmt, str]]]]:
        """What certainly runs: the module's own statements, and `ready()` of a Django app."""
        yield None, unit.statements
        if basename(unit.path) == "apps.py":
            for cls in self.names.classes(unit):
                ready = cls.member("ready")
                if isinstance(ready, s.FunctionDef):
                    yield ready, walk(unit.body(ready).statements)

    def _in_block(
        self, unit: Unit, function: s.FunctionDef | None, block: list[tuple[s.Stmt, str]]
    ) -> Iterator[Iterator[GuardedImport]]:
        for node, guard in block:
            if guard != "typing" and (
                (isinstance(node, s.Try) and any(map(_is_silent, node.handlers)))
                or (isinstance(node, s.With) and any(_suppresses(item) for item, _ in node.items))
            ):
                yield self._models(unit, function, node.body)

    def _models(self, unit: Unit, function: s.FunctionDef | None, body: tuple[s.Stmt, ...]) -> Iterator[GuardedImport]:
        for node in body:
            if isinstance(node, (s.Import, s.ImportFrom)):
                model = self._model(unit, node)
                if model is not None and _top(model.unit) == _top(unit) and model.unit is not unit:
                    yield GuardedImport(node, model, function)

    def _model(self, unit: Unit, node: s.Import | s.ImportFrom) -> ClassSymbol | None:
        """The model that is imported, or the first one of the module that is."""
        if isinstance(node, s.Import) or node.name == "*":
            name = node.module if isinstance(node, s.Import) else self.names.imported(unit, node)
            module = self.names.module(name, unit.path) if name else None
        else:
            symbol = self.names.follow(self.names.bound(unit, Binding(node, ""), node.local))
            if isinstance(symbol, ClassSymbol):
                return symbol if not symbol.unit.is_library and self._is_model(symbol) else None
            module = symbol.unit if isinstance(symbol, ModuleSymbol) else None
        if module is None or module.is_library:
            return None
        return next((cls for cls in self.names.classes(module) if self._is_model(cls)), None)

    def _is_model(self, cls: ClassSymbol) -> bool:
        if self.project.models.of(cls) is not None:
            return True
        return self.project.uses_sqlalchemy and self.project.tables.mapper(cls) is not None

    def _is_optional(self, target: Unit, guarded: frozenset[str]) -> bool:
        """Whether a module needs a library that nothing but such modules imports: there may be a reason for the guard."""
        needed = {top for top in _imported(target) if top not in sys.stdlib_module_names}
        return any(self._importers[top] <= guarded for top in needed)

    @cached_property
    def _importers(self) -> dict[str, set[str]]:
        """The top-level packages that modules import without a guard, each with those modules."""
        found: dict[str, set[str]] = {}
        for unit in self.project.units():
            if not is_test(unit.path):
                for top in _imported(unit):
                    found.setdefault(top, set()).add(unit.path)
        return found


def _imported(unit: Unit) -> Iterator[str]:
    for node, guard in unit.statements:
        if guard in ("", "if") and (isinstance(node, s.Import) or (isinstance(node, s.ImportFrom) and not node.level)):
            yield node.module.partition(".")[0]


def _top(unit: Unit) -> str:
    return unit.name.partition(".")[0]


def _is_silent(handler: s.Handler) -> bool:
    """It catches that an import fails, and neither says so nor does something else instead."""
    return (handler.type is None or _catches(handler.type)) and all(
        (isinstance(node, s.Assign) and _is_constant(node.value))
        or (isinstance(node, s.ExprStmt) and not isinstance(node.value, (s.Call, s.Await)))
        for node in handler.body
    )


def _catches(kind: s.Expr) -> bool:
    return any(map(_catches, kind.items)) if isinstance(kind, s.Seq) else last_name(kind) in _CATCHES


def _is_constant(value: s.Expr | None) -> bool:
    return isinstance(value, _CONSTANTS) or (isinstance(value, (s.Seq, s.Dict)) and not value.items)


def _suppresses(item: s.Expr) -> bool:
    return isinstance(item, s.Call) and last_name(item.func) == "suppress" and any(map(_catches, item.args))
