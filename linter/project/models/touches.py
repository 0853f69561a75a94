"""What is put on model classes from outside their bodies: metaclasses, decorators, `add_to_class`, `setattr`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from linter.facts import syntax as s
from linter.project.models.class_body import Body
from linter.project.models.class_effects import Added, Effects, calls
from linter.project.models.field_classes import is_django, is_harmless
from linter.project.trace import cached_property, memo
from linter.project.units import ClassSymbol, External, FunctionSymbol, Symbol, Unit, walk

if TYPE_CHECKING:
    from linter.project.models.index import Models

_WORDS = ("add_to_class(", "contribute_to_class(", "setattr(")


class Touches:
    def __init__(self, index: Models) -> None:
        self.index = index
        self.names = index.names

    @memo
    def of(self, cls: ClassSymbol) -> list[Body]:
        found = Body()
        for effects in (*self._decorators(cls), *self._metaclass(cls), *self._hook(cls), *self._patches.get(cls, ())):
            self.index.bodies.apply(found, cls, effects, None)
        return [found] if found.fields or found.contributed or found.open_reason or found.unsure else []

    # --- decorators ---

    def _decorators(self, cls: ClassSymbol) -> Iterator[Effects]:
        for decorator in cls.node.decorators:
            expr = decorator.func if isinstance(decorator, s.Call) else decorator
            symbol = self.names.follow(self.names.resolve(cls.unit, expr))
            if isinstance(symbol, FunctionSymbol):
                yield from self._decorated(symbol, isinstance(decorator, s.Call))
            elif isinstance(symbol, External) and is_harmless(symbol):
                continue
            else:
                name = self.names.name_of(symbol) or (expr.name if isinstance(expr, s.Attr) else "a decorator")
                if not name.startswith("django."):
                    yield Effects(open_reason=f"`@{name}` was not found")

    def _decorated(self, function: FunctionSymbol, called: bool) -> Iterator[Effects]:
        """A decorator gets the class; a call of a decorator gives a function that does."""
        if function.unit.is_library and function.unit.name.startswith("django."):
            return
        if not called:
            yield self.index.bodies.effects.of(function, 0, None)
            return
        inner = [n for n, _ in walk(function.unit.body(function.node).statements) if isinstance(n, s.FunctionDef)]
        if not inner:
            yield Effects(open_reason=f"`{function.qualname}` was not followed")
        for node in inner:
            if node.params:
                yield self.index.bodies.effects.of(FunctionSymbol(function.unit, node, function.owner), 0, None)

    # --- metaclasses and __init_subclass__ ---

    def _metaclass(self, cls: ClassSymbol) -> Iterator[Effects]:
        for keyword in cls.node.keywords:
            if keyword.name != "metaclass":
                continue
            expr = keyword.value.func if isinstance(keyword.value, s.Call) else keyword.value
            symbol = self.names.follow(self.names.resolve(cls.unit, expr))
            if isinstance(symbol, ClassSymbol):
                yield from self._of_metaclass(symbol)
            elif not (isinstance(symbol, External) and is_harmless(symbol)):
                yield Effects(open_reason=f"the metaclass of `{cls.name}` was not found")

    @memo
    def _of_metaclass(self, metaclass: ClassSymbol) -> list[Effects]:
        found: list[Effects] = []
        for cls in self.names.mro(metaclass)[0]:
            if isinstance(cls, External):
                if not is_harmless(cls):
                    found.append(Effects(open_reason=f"the metaclass `{cls.dotted}` was not found"))
                continue
            if is_django(cls):
                break
            for name in ("__new__", "__init__", "__prepare__", "__call__"):
                node = cls.member(name)
                if isinstance(node, s.FunctionDef):
                    found.append(self.index.bodies.effects.of_metaclass(FunctionSymbol(cls.unit, node, cls)))
        return found

    def _hook(self, cls: ClassSymbol) -> Iterator[Effects]:
        """`__init_subclass__` of the class does something to what inherits from it."""
        node = cls.member("__init_subclass__")
        if isinstance(node, s.FunctionDef) and not is_django(cls):
            yield self.index.bodies.effects.of(FunctionSymbol(cls.unit, node, cls), 0, None)

    # --- from anywhere ---

    @cached_property
    def _patches(self) -> dict[ClassSymbol, list[Effects]]:
        found: dict[ClassSymbol, list[Effects]] = defaultdict(list)
        for unit in self.index.project.units():
            for block in self._blocks(unit):
                for node, _ in walk(block):
                    self._statement(found, unit, node)
        return dict(found)

    def _blocks(self, unit: Unit) -> Iterator[tuple[s.Stmt, ...]]:
        """The module's own statements; those of functions where one of the words stands in the file."""
        yield unit.module.body
        if not any(word in unit.module.uses for word in _WORDS):
            return
        waiting = [node for node, _ in walk(unit.module.body)]
        while waiting:
            node = waiting.pop()
            if isinstance(node, s.ClassDef):
                waiting.extend(inner for inner, _ in walk(node.body))
            elif isinstance(node, s.FunctionDef):
                statements = unit.body(node).statements
                yield statements
                waiting.extend(inner for inner, _ in walk(statements) if isinstance(inner, (s.ClassDef, s.FunctionDef)))

    def _statement(self, found: dict[ClassSymbol, list[Effects]], unit: Unit, node: s.Stmt) -> None:
        if isinstance(node, s.Assign):
            for target in node.targets:
                if isinstance(target, s.Attr) and isinstance(target.value, (s.Name, s.Attr)):
                    self._put(found, unit, target.value, s.Str(target.name), node.value)
        elif isinstance(node, (s.ExprStmt, s.Return)) and node.value is not None:
            for call in calls(node.value):
                self._call(found, unit, call)

    def _call(self, found: dict[ClassSymbol, list[Effects]], unit: Unit, call: s.Call) -> None:
        func = call.func
        if isinstance(func, s.Name) and func.id == "setattr" and len(call.args) == 3:
            self._put(found, unit, call.args[0], call.args[1], call.args[2])
        elif isinstance(func, s.Attr) and func.name == "add_to_class" and len(call.args) == 2:
            self._put(found, unit, func.value, call.args[0], call.args[1])
        elif isinstance(func, s.Attr) and func.name == "contribute_to_class" and len(call.args) >= 2:
            self._put(found, unit, call.args[0], call.args[1], func.value)

    def _put(
        self, found: dict[ClassSymbol, list[Effects]], unit: Unit, target: s.Expr, name: s.Expr, value: s.Expr | None
    ) -> None:
        cls = self._class(unit, target)
        if cls is None:
            return
        effects = Effects()
        if isinstance(name, s.Str):
            effects.added.append(Added(name.value, unit, value if isinstance(value, s.Call) else None))
        else:
            effects.open(f"{unit.name} puts names on it")
        found[cls].append(effects)

    def _class(self, unit: Unit, expr: s.Expr) -> ClassSymbol | None:
        symbol: Symbol | None = None
        if isinstance(expr, (s.Name, s.Attr)):
            symbol = self.names.follow(self.names.resolve(unit, expr))
        elif isinstance(expr, s.Call):
            model = self.index.referenced_call(unit, expr)
            return model.symbol if model is not None else None
        return symbol if isinstance(symbol, ClassSymbol) and self.index.of(symbol) is not None else None
