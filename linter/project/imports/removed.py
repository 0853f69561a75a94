"""Imports and attributes that lead nowhere: names and modules of the project that are gone."""

from __future__ import annotations

import builtins
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

import msgspec

from linter.facts import syntax as s
from linter.project.control import Condition, Step, evaluated, own, steps
from linter.project.imports.modules import is_test
from linter.project.names import last_name
from linter.project.scopes import Scope, find_local, functions
from linter.project.signals.post_save import names_in
from linter.project.trace import memo
from linter.project.units import IMPORTS_FROM, Binding, Unit, attribute_of, walk

if TYPE_CHECKING:
    from linter.project import Project

# Words of a condition that asks whether something is there.
_ASKS = re.compile(
    r"hasattr|getattr|find_spec|TYPE_CHECKING|version|installed|available|^HAS_|^HAVE_|^PY\d|^six$", re.I
)
_SWALLOWS = re.compile(r"suppress|raises|ignore|skip", re.I)


class Removed(msgspec.Struct, frozen=True):
    """A reference to `name` of the module `module`, or (kind "module") to a module `name` of the package `module`."""

    kind: Literal["name", "attribute", "module"]
    module: Unit
    name: str
    at: int
    function: s.FunctionDef | None


class RemovedNames:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.names = project.names
        self.closed = project.closed_modules

    @memo
    def in_file(self, path: str) -> tuple[Removed, ...]:
        unit = self.project.unit(path)
        if unit is None or is_test(path) or unit.module.broken or self.closed.is_foreign(path):
            return ()
        return tuple(self._found(unit))

    def _found(self, unit: Unit) -> Iterator[Removed]:
        suspects = self._suspects(unit, unit.names)
        yield from self._in_block(Scope(unit), suspects)
        for cls in self.names.classes(unit) if suspects else ():
            if cls.function is None:
                yield from _Block(self, Scope(unit, (), cls), suspects).references(cls.node.body)
        gates = (IMPORTS_FROM, *(attribute_of(alias) for alias in suspects))
        if unit.bodies_holding(gates):
            for scope in functions(self.names, unit, gates):
                inside: dict[str, Unit] = {}
                for function in scope.functions:
                    inside |= self._suspects(unit, unit.local_names(function))
                yield from self._in_block(scope, suspects | inside)

    def _in_block(self, scope: Scope, suspects: dict[str, Unit]) -> Iterator[Removed]:
        block = scope.statements
        if suspects or any(self._imported(scope.unit, node) is not None for node, _ in walk(block)):
            yield from _Block(self, scope, suspects).references(block)

    def _suspects(self, unit: Unit, names: dict[str, list[Binding]]) -> dict[str, Unit]:
        """Those of some names that stand for modules of the project of which the file asks something that is not there."""
        found: dict[str, Unit] = {}
        for name, bound in names.items():
            if not isinstance(bound[0].node, (s.Import, s.ImportFrom)) or any(binding.guard for binding in bound):
                continue
            target = self.closed.imported_module(unit, bound[0].node)
            if target is not None and any(self.closed.lacks(target, asked) for asked in set(unit.attributes_of(name))):
                if self._alias(unit, [binding.node for binding in bound]) is target:
                    found[name] = target
        return found

    def _alias(self, unit: Unit, nodes: list[s.Stmt]) -> Unit | None:
        """The one module that all of some statements bind a name to, where it can be no other."""
        targets = {self.closed.imported_module(unit, node) for node in nodes}
        target = targets.pop() if len(targets) == 1 else None
        if target is None:
            return None
        for node in nodes:
            if isinstance(node, s.Import):
                if self.closed.module(unit, node.bound, 0) is not target:
                    return None
            elif isinstance(node, s.ImportFrom):
                source = self.names.imported(unit, node) or ""
                package = self.closed.module(unit, source, node.level)
                if package is None or not self.closed.is_closed(package):
                    return None
        return target

    def _imported(self, unit: Unit, node: s.Stmt) -> tuple[Literal["name", "module"], Unit, str] | None:
        """What an import asks for and does not get: a name of a module, or a module of a package."""
        level, wanted = 0, ""
        if isinstance(node, s.Import):
            source: str | None = node.module
        elif isinstance(node, s.ImportFrom) and node.module != "__future__":
            level, wanted, source = node.level, node.name, self.names.imported(unit, node)
        else:
            return None
        if not source:
            return None
        path = self.project.modules.find(source, unit.path)
        if path is None:
            package = self.closed.missing(source, unit.path, level)
            return ("module", package, source.rpartition(".")[2]) if package is not None else None
        known = self.project.unit(path)
        if known is None or known is unit or wanted in ("", "*") or not self.closed.lacks(known, wanted):
            return None
        return ("name", known, wanted) if self.closed.module(unit, source, level) is known else None


class _Block:
    """The references in one block of a file."""

    def __init__(self, index: RemovedNames, scope: Scope, suspects: dict[str, Unit]) -> None:
        self.index = index
        self.scope = scope
        self.unit = scope.unit
        self.suspects = suspects
        self.seen: set[str] = set()  # missing modules that were reported: an import names several things

    def references(self, block: tuple[s.Stmt, ...]) -> Iterator[Removed]:
        function = self.scope.function
        for step in steps(block):
            node = step.node
            if isinstance(node, (s.Import, s.ImportFrom)):
                found = self.index._imported(self.unit, node)
                if found is not None and self._is_sure(step, (), found[2], is_module=found[0] == "module"):
                    kind, module, name = found
                    if kind == "name" or name not in self.seen:
                        yield Removed(kind, module, name, node.at, function)
                    self.seen.add(name)
            for whole in _expressions(node) if self.suspects else ():
                yield from self.attributes(step, whole)

    def attributes(self, step: Step, whole: s.Expr) -> Iterator[Removed]:
        for part, inner in evaluated(whole):
            if isinstance(part, s.Attr) and isinstance(part.value, s.Name):
                target = self.module_of(part.value.id) if part.value.id in self.suspects else None
                if target is None or not self.index.closed.lacks(target, part.name):
                    continue
                if part.value.id not in _bound_inside(whole) and self._is_sure(step, inner, part.name, part.value.id):
                    yield Removed("attribute", target, part.name, part.at, self.scope.function)

    def module_of(self, name: str) -> Unit | None:
        """The module that a name stands for here."""
        local = find_local(self.scope, name)
        if local is None:
            inside = self.scope.owner.names if self.scope.owner is not None and not self.scope.functions else {}
            return self.suspects.get(name) if name not in inside else None
        if local.is_param or not isinstance(local.nodes[0], (s.Import, s.ImportFrom)):
            return None
        return self.index._alias(self.unit, list(local.nodes))

    def _is_sure(
        self, step: Step, inner: tuple[Condition, ...], name: str, alias: str = "", is_module: bool = False
    ) -> bool:
        """Whether nothing around a reference expects that it may fail."""
        conditions = (*step.conditions, *inner)
        if step.is_fallback or any(map(_may_catch, step.caught)):
            return False
        if is_module and (conditions or step.contexts):
            return False
        if any(_SWALLOWS.search(word) for word in names_in(*step.contexts)):
            return False
        asked = names_in(*(condition.test for condition in conditions))
        if any(isinstance(c.test, s.Unknown) for c in conditions) or any(map(_ASKS.search, asked)) or name in asked:
            return False
        return not alias or (alias not in asked and not self._is_rebound(alias))

    def _is_rebound(self, alias: str) -> bool:
        """Whether the file binds a name in a way that no record tells: `except … as name`, `global name`, `case name`."""
        text = self.index.project.source(self.unit.path).data
        pattern = rb"\b(?:(?:except|global|nonlocal|case)\b[^\n]*\b%s\b|%s\s*:=)"
        return re.search(pattern % (2 * (re.escape(alias.encode()),)), text) is not None


def _expressions(node: s.Stmt) -> tuple[s.Expr, ...]:
    """What a statement evaluates when it runs, definitions too."""
    if isinstance(node, s.FunctionDef):
        return (*node.decorators, *(param.default for param in node.params if param.default is not None))
    if isinstance(node, s.ClassDef):
        return (*node.bases, *node.decorators, *(keyword.value for keyword in node.keywords))
    return own(node)


def _bound_inside(expr: s.Expr) -> set[str]:
    """The names that comprehensions, lambdas and `:=` bind in an expression."""
    found: set[str] = set()
    for part, _ in evaluated(expr):
        if isinstance(part, s.Lambda):
            found.update(param.name for param in part.params)
        elif isinstance(part, s.Comp):
            found |= names_in(*(clause.target for clause in part.clauses))
        elif isinstance(part, s.Walrus):
            found.add(part.name)
    return found


def _may_catch(expr: s.Expr) -> bool:
    """Whether an `except` clause catches an ImportError or AttributeError, or something that is not known."""
    if isinstance(expr, s.Seq):
        return any(map(_may_catch, expr.items))
    name = last_name(expr)
    known = getattr(builtins, name, None)
    if not isinstance(known, type):
        return not name[:1].isupper()  # no class of anybody else's is a base of Python's own errors
    return any(issubclass(error, known) for error in (ImportError, ModuleNotFoundError, AttributeError))
