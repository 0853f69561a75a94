"""What is put on model classes from outside their bodies: metaclasses, decorators, `add_to_class`, `setattr`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from linter.facts import syntax as s
from linter.project.imports.modules import is_test
from linter.project.models.class_body import Body
from linter.project.models.class_effects import Added, Effects
from linter.project.models.expressions import calls
from linter.project.models.field_classes import is_django, is_harmless
from linter.project.models.loop_variables import items
from linter.project.names import callee, last_name, metaclass
from linter.project.scopes import Scope, functions, resolve
from linter.project.trace import cached_property, compared, memo
from linter.project.units import ClassSymbol, External, FunctionSymbol, Symbol, Unit, ValueSymbol, walk

if TYPE_CHECKING:
    from linter.project.models.index import Models

_WORDS = frozenset({"add_to_class(", "contribute_to_class(", "setattr(", "register("})
_IN_CODE = tuple(word[:-1].encode() for word in _WORDS)
_DOING = frozenset({s.Assign, s.ExprStmt, s.Return})


class _Patches(msgspec.Struct, frozen=True):
    classes: dict[ClassSymbol, list[Effects]]
    patchers: set[str]


class Touches:
    def __init__(self, index: Models) -> None:
        self.index = index
        self.names = index.names

    @memo
    def of(self, cls: ClassSymbol) -> list[Body]:
        found = Body()
        if cls.dotted in self.index.bodies.injected:
            self.index.bodies.inject(found, cls)
        else:
            for effects in (*self._decorators(cls), *self._metaclass(cls), *self._hook(cls)):
                self.index.bodies.apply(found, cls, effects, None)
        of_library = self._patches_in(cls.unit).get(cls, []) if cls.unit.is_library else []
        for effects in (*of_library, *self._patches.get(cls, ())):
            self.index.bodies.apply(found, cls, effects, None)
        return [found] if found != Body() else []

    # --- decorators ---

    def _decorators(self, cls: ClassSymbol) -> Iterator[Effects]:
        for decorator in cls.node.decorators:
            expr = callee(decorator)
            symbol = self._callee(Scope(cls.unit), expr)
            if isinstance(symbol, FunctionSymbol):
                yield from self._decorated(symbol, isinstance(decorator, s.Call))
            elif isinstance(symbol, External) and is_harmless(symbol):
                continue
            else:
                name = self.names.name_of(symbol) or last_name(expr)
                if not name.startswith("django."):
                    yield Effects(open_reason=f"`@{name}` was not found")

    def _callee(self, scope: Scope, expr: s.Expr) -> Symbol | None:
        """What a decorator or a function is, through `register = registry.register_decorator` too."""
        symbol = self._resolved(scope, expr)
        if isinstance(symbol, ValueSymbol) and isinstance(symbol.value, s.Attr):
            scope, expr, symbol = Scope(symbol.unit), symbol.value, None
        if symbol is None and isinstance(expr, s.Attr):  # a method of an instance at module level
            base = self._resolved(scope, expr.value)
            if isinstance(base, ValueSymbol) and isinstance(base.value, s.Call):
                made = self.names.follow(self.names.resolve(base.unit, base.value.func))
                return self.names.attribute(made, expr.name, scope.unit) if isinstance(made, ClassSymbol) else None
        return symbol

    def _decorated(self, function: FunctionSymbol, called: bool) -> Iterator[Effects]:
        """A decorator gets the class; a call of a decorator gives a function that does."""
        if function.unit.is_django:
            return
        effects = self.index.bodies.effects
        if not called:
            yield effects.of(function, 1 if function.owner is not None else 0, None)
            return
        found = 0
        for node, _ in walk(function.unit.body(function.node).statements):
            if isinstance(node, s.FunctionDef) and node.params:
                found += 1
                yield effects.of(FunctionSymbol(function.unit, node, function.owner), 0, None)
            elif isinstance(node, s.Return) and isinstance(node.value, s.Lambda):
                found += 1
                yield effects.of_lambda(function, node.value)
        if not found:
            yield Effects(open_reason=f"`{function.qualname}` was not followed")

    # --- metaclasses and __init_subclass__ ---

    def _metaclass(self, cls: ClassSymbol) -> Iterator[Effects]:
        given = metaclass(cls.node)
        if given is None:
            return
        expr = callee(given)
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
        patchers: set[str] = set()
        for unit in self.index.project.units():
            if put := self.patches(unit):
                for cls, effects in put.classes.items():
                    found[cls] += effects
                patchers |= put.patchers
        for unit in self.index.project.units() if patchers else ():
            if any(unit.mentions(name) for name in patchers):
                self._patched_in(found, unit, patchers)
        return dict(found)

    @compared("models.touches.patches")
    def patches(self, unit: Unit) -> _Patches | None:
        """What a module does to model classes, and which of its functions do something to the class that they are handed."""
        found: dict[ClassSymbol, list[Effects]] = defaultdict(list)
        patchers: set[str] = set()
        for scope in self._scopes(unit):
            for node, _ in walk(scope.statements):
                if type(node) in _DOING:
                    self._statement(found, scope, node)
                    patchers.update(_patching(scope, node))
        return _Patches(found, patchers) if found or patchers else None

    def _patched_in(self, found: dict[ClassSymbol, list[Effects]], unit: Unit, patchers: set[str]) -> None:
        """`patch(Article, "likes")`, of a function that puts names on the class that it is handed."""
        for scope in (Scope(unit), *functions(self.names, unit, tuple(patchers))):
            for node, _ in walk(scope.statements):
                if isinstance(node, s.ExprStmt):
                    for call in calls(node.value):
                        if last_name(call.func) in patchers:
                            self._handed(found, scope, call)

    def _handed(self, found: dict[ClassSymbol, list[Effects]], scope: Scope, call: s.Call) -> None:
        function = self._resolved(scope, call.func)
        if not isinstance(function, FunctionSymbol) or function.unit.is_library:
            return
        for index, arg in enumerate(call.args):
            for cls in filter(None, (self._class(scope, each) for each in items(scope, arg))):
                following = call.args[index + 1] if index + 1 < len(call.args) else None
                text = self.index.apps.text(scope.unit, following) if following is not None else None
                found[cls].append(self.index.bodies.effects.of(function, index, text))

    @memo
    def _patches_in(self, unit: Unit) -> dict[ClassSymbol, list[Effects]]:
        """What a library's module does to its own classes below them."""
        found: dict[ClassSymbol, list[Effects]] = defaultdict(list)
        for node, _ in walk(unit.module.body):
            self._statement(found, Scope(unit), node)
        return dict(found)

    def _scopes(self, unit: Unit) -> Iterator[Scope]:
        """The module itself where it may do something to a class; its functions where one of the words stands in them."""
        speaks = not _WORDS.isdisjoint(unit.module.uses)
        if speaks or any(type(node) is s.Assign and type(node.targets[0]) is s.Attr for node in unit.module.body):
            yield Scope(unit)
        if speaks and not is_test(unit.path) and unit.bodies_holding(_IN_CODE):
            yield from functions(self.names, unit)

    def _statement(self, found: dict[ClassSymbol, list[Effects]], scope: Scope, node: s.Stmt) -> None:
        if isinstance(node, s.Assign):
            for target in node.targets:
                if isinstance(target, s.Attr) and isinstance(target.value, (s.Name, s.Attr)):
                    self._put(found, scope, target.value, s.Str(target.name), node.value)
        elif isinstance(node, (s.ExprStmt, s.Return)) and node.value is not None:
            for call in calls(node.value):
                self._call(found, scope, call)

    def _call(self, found: dict[ClassSymbol, list[Effects]], scope: Scope, call: s.Call) -> None:
        func = call.func
        if isinstance(func, s.Name) and func.id == "setattr" and len(call.args) == 3:
            self._put(found, scope, call.args[0], call.args[1], call.args[2])
        elif isinstance(func, s.Attr) and func.name == "add_to_class" and len(call.args) == 2:
            self._put(found, scope, func.value, call.args[0], call.args[1])
        elif isinstance(func, s.Attr) and func.name == "contribute_to_class" and len(call.args) >= 2:
            self._put(found, scope, call.args[0], call.args[1], func.value)
        elif isinstance(func, (s.Name, s.Attr)) and call.args and last_name(func).startswith("register"):
            self._registered(found, scope, call)

    def _registered(self, found: dict[ClassSymbol, list[Effects]], scope: Scope, call: s.Call) -> None:
        """A model handed to the registry of a library: it may put names on it."""
        name = self._library(scope, call.func)
        for index, arg in enumerate(call.args if name else ()):
            cls = self._class(scope, arg)
            if cls is None:
                continue
            function = self._callee(scope, call.func)
            if isinstance(function, FunctionSymbol):
                index += function.owner is not None
                found[cls].append(self.index.bodies.effects.of(function, index, None))
            else:
                found[cls].append(Effects(open_reason=f"`{name}` may put names on it"))

    def _library(self, scope: Scope, func: s.Expr) -> str:
        """The full name of a function of a library that is not Django, "" for anything else."""
        base, symbol = func, self._resolved(scope, func)
        while symbol is None and isinstance(base, s.Attr):
            base = base.value
            symbol = self._resolved(scope, base)
        if isinstance(symbol, External):
            return "" if is_harmless(symbol) or symbol.dotted.startswith("django.") else symbol.dotted
        source = getattr(symbol, "unit", None)
        if isinstance(source, Unit) and source.is_library and not source.is_django:
            return f"{source.name}.{last_name(func)}"
        return ""

    def _put(
        self, found: dict[ClassSymbol, list[Effects]], scope: Scope, target: s.Expr, name: s.Expr, value: s.Expr | None
    ) -> None:
        classes = [self._class(scope, each) for each in items(scope, target)]
        if not any(classes):
            return
        effects = Effects()
        names = [self.index.apps.text(scope.unit, each) for each in items(scope, name)]
        for text in names:
            if text is not None:
                effects.added.append(Added(text, scope.unit, value if isinstance(value, s.Call) else None))
        if not names or None in names:
            effects.open(f"{scope.unit.name} puts names on it")
        for cls in filter(None, classes):
            found[cls].append(effects)

    # --- what is meant ---

    def _resolved(self, scope: Scope, expr: s.Expr) -> Symbol | None:
        return self.names.follow(resolve(self.names, scope, expr))

    def _class(self, scope: Scope, expr: s.Expr) -> ClassSymbol | None:
        """The model class that an expression means."""
        symbol = self._resolved(scope, expr)
        call = symbol.value if isinstance(symbol, ValueSymbol) else expr
        if isinstance(call, s.Call):
            return self._called(scope, call)
        return symbol if isinstance(symbol, ClassSymbol) and self.index.of(symbol) is not None else None

    def _called(self, scope: Scope, call: s.Call) -> ClassSymbol | None:
        func = call.func
        model = None
        if isinstance(func, s.Attr) and func.name == "get_model" and func.value == s.Name("self", _at(func.value)):
            if scope.owner is not None and call.args and isinstance(call.args[0], s.Str):  # of an AppConfig
                model = self.index.by_label(f"{self.index.apps.of(scope.unit).label}.{call.args[0].value}")
        elif isinstance(func, (s.Name, s.Attr)):
            model = self.index.referenced_call(scope.unit, call)
        return model.symbol if model is not None else None


def _patching(scope: Scope, node: s.Stmt) -> Iterator[str]:
    """The name of the function around a statement that puts something on one of its parameters by `add_to_class` or
    `contribute_to_class`."""
    if scope.function is None or scope.owner is not None or not isinstance(node, s.ExprStmt):
        return
    for call in calls(node.value):
        method = last_name(call.func) if isinstance(call.func, s.Attr) else ""
        target = call.func.value if isinstance(call.func, s.Attr) and method == "add_to_class" else None
        if method == "contribute_to_class" and call.args:
            target = call.args[0]
        if isinstance(target, s.Name) and any(param.name == target.id for param in scope.function.params):
            yield scope.function.name


def _at(expr: s.Expr) -> int:
    return expr.at if isinstance(expr, s.Name) else s.NOWHERE
