"""What an expression is: the one evaluator, for queries, templates and SQLAlchemy alike.

Only what is asked is evaluated: a frame (`frames`) says which definitions reach a point, a definition is evaluated when
somebody reads the name, and every answer is kept. What cannot be known is UNKNOWN.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from linter.facts import syntax as s
from linter.project.flow import attributes, calls, expressions, iteration, promises
from linter.project.flow.as_called import AsCalled
from linter.project.flow.callers import importers
from linter.project.flow.calls import Arguments
from linter.project.flow.definitions import Definition, Joined
from linter.project.flow.frames import Frame
from linter.project.flow.givers import Givers
from linter.project.flow.hierarchy import Hierarchy
from linter.project.flow.managers import names_given_by
from linter.project.flow.names import builtin
from linter.project.flow.scopes import Activation, Env, Scope, Value, Written
from linter.project.flow.solver import Solver, Table
from linter.project.flow.walk import calls_in
from linter.project.imports.modules import is_migration, is_test
from linter.project.trace import cached_property, memo, note
from linter.project.types import (
    UNKNOWN,
    ClassType,
    DictType,
    Function,
    LibraryThing,
    ModuleType,
    Type,
    members,
    union,
)
from linter.project.units import ClassSymbol, External, FunctionSymbol, ModuleSymbol, Symbol, Unit, ValueSymbol

if TYPE_CHECKING:
    from linter.project import Project
    from linter.project.models import Manager, Model

DEEPEST = 64  # expressions within expressions, through names and calls
# Evaluation this deep (and `solver.DEEPEST` questions deep) takes up to 2,000 of Python's own frames: more than it allows
# by default, and far less than any stack holds.
STACK = 4_000


class Flow:
    """`scope`s are points in code: `module_scope`, `class_scope`, `function_scope`, or those that `calls` gives."""

    def __init__(self, project: Project) -> None:
        sys.setrecursionlimit(max(sys.getrecursionlimit(), STACK))
        self.project = project
        self.names = project.names
        self.solver = Solver()
        self.hierarchy = Hierarchy(project)
        self.givers = Givers(self)
        self._as_called = AsCalled(self)
        self._depth = 0
        self._frames: dict[tuple[str, int], Frame] = {}
        self._class_frames: dict[ClassSymbol, Frame] = {}
        self._anywhere: dict[int, Env] = {}
        self._activations: dict[object, Activation] = {}
        self._globals = Table()
        self.results = Table()
        self.managers = Table()
        self.request_attributes = Table()
        self.sensitive: set[object] = set()  # functions whose result depends on what they are given

    # --- scopes -------------------------------------------------------------------------------------------------------

    def module_scope(self, unit: Unit) -> Scope:
        return Scope(self._activation(unit.path, unit), {})

    def class_scope(self, cls: ClassSymbol) -> Scope:
        """Inside a class body, where its own names are seen."""
        key = (cls, "body")
        found = self._activations.get(key)
        if found is None:
            found = self._activations[key] = Activation(cls.unit, cls.function, owner=cls)
        return Scope(found, {})

    def function_scope(self, symbol: FunctionSymbol, receiver: Type | None = None) -> Scope:
        """Inside a function, where each of its names is all that any statement of it makes of it."""
        activation = self.activation(symbol, receiver)
        return Scope(activation, self.anywhere(self.frame(symbol)))

    def activation(
        self, symbol: FunctionSymbol, receiver: Type | None = None, closure: Scope | None = None
    ) -> Activation:
        """The reading of a function where nothing is known of its arguments."""
        key = (symbol.unit.path, symbol.node.body, receiver, id(closure.activation) if closure else None)
        found = self._activations.get(key)
        if found is None:
            found = Activation(symbol.unit, symbol.node, symbol, symbol.owner, receiver, None, closure)
            self._activations[key] = found
        return found

    def _activation(self, key: object, unit: Unit) -> Activation:
        found = self._activations.get(key)
        if found is None:
            found = self._activations[key] = Activation(unit)
        return found

    def frame(self, symbol: FunctionSymbol) -> Frame:
        """What the statements of a function bind."""
        note(symbol.unit.body_bit(symbol.node.body))
        key = (symbol.unit.path, symbol.node.body)
        found = self._frames.get(key)
        if found is None:
            body = symbol.unit.body(symbol.node)
            found = self._frames[key] = Frame(body.statements, symbol.node.params)
        return found

    def module_frame(self, unit: Unit) -> Frame:
        key = (unit.path, -1)
        found = self._frames.get(key)
        if found is None:
            found = self._frames[key] = Frame(unit.module.body, is_global=True)
        return found

    def class_frame(self, cls: ClassSymbol) -> Frame:
        found = self._class_frames.get(cls)
        if found is None:
            found = self._class_frames[cls] = Frame(cls.node.body, is_global=True)
        return found

    def anywhere(self, frame: Frame) -> Env:
        """Every name of a function as all that it ever is: what a closure sees."""
        found = self._anywhere.get(id(frame))
        if found is None:
            made: dict[str, Definition] = {}
            for name, definitions in frame.definitions.items():
                made[name] = definitions[0] if len(definitions) == 1 else Joined({}, list(definitions))
            found = self._anywhere[id(frame)] = made
        return found

    # --- every expression of a piece of code --------------------------------------------------------------------------

    def points(self, symbol: FunctionSymbol, receiver: Type | None = None) -> Iterator[tuple[s.Expr, Scope]]:
        """The expressions of a function's statements, those of its inner functions too, each where it is evaluated."""
        for activation, frame in self.readings(symbol, receiver):
            for point in frame.points:
                yield point.expr, Scope(activation, point.env)
            for local in frame.locals:
                if isinstance(local.node, s.ClassDef):
                    yield from self._class_points(self.local_class_symbol(local.node, activation))

    def readings(self, symbol: FunctionSymbol, receiver: Type | None = None) -> Iterator[tuple[Activation, Frame]]:
        """A function and the functions inside it, each with nothing known of its arguments."""
        pending = [(self.activation(symbol, receiver), self.frame(symbol))]
        while pending:
            activation, frame = pending.pop()
            yield activation, frame
            closure = Scope(activation, self.anywhere(frame))
            for local in frame.locals:
                if isinstance(local.node, s.FunctionDef):
                    inner = FunctionSymbol(activation.unit, local.node)
                    pending.append((self.activation(inner, None, closure), self.frame(inner)))

    def _class_points(self, cls: ClassSymbol) -> Iterator[tuple[s.Expr, Scope]]:
        scope = self.class_scope(cls)
        for point in self.class_frame(cls).points:
            yield point.expr, Scope(scope.activation, point.env)
        if cls.function is not None:
            for node in self.hierarchy.methods(cls):
                yield from self.points(FunctionSymbol(cls.unit, node, cls))

    def unit_points(self, unit: Unit, gate: Callable[[bytes], bool] | None = None) -> Iterator[tuple[s.Expr, Scope]]:
        """Every expression of a module: its own statements, those of its classes and of all its functions; `gate` says by
        the text of a function that is not parsed yet whether it is to be looked at."""
        yield from self.outer_points(unit)
        for function in self.project.functions(unit):
            unread = unit.unread(function.node) if gate is not None else None
            if gate is None or unread is None or gate(unread):
                yield from self.points(function)

    def outer_points(self, unit: Unit) -> Iterator[tuple[s.Expr, Scope]]:
        """The expressions that importing a module evaluates."""
        scope = self.module_scope(unit)
        for point in self.module_frame(unit).points:
            yield point.expr, Scope(scope.activation, point.env)
        for cls in self.names.classes(unit):
            yield from self._class_points(cls)

    def calls(self, symbol: FunctionSymbol, receiver: Type | None = None) -> Iterator[tuple[s.Call, Scope]]:
        """Every call in a function, each where it is made."""
        for expr, scope in self.points(symbol, receiver):
            yield from calls_in(expr, scope)

    def unit_calls(self, unit: Unit, gate: Callable[[bytes], bool] | None = None) -> Iterator[tuple[s.Call, Scope]]:
        for expr, scope in self.unit_points(unit, gate):
            yield from calls_in(expr, scope)

    @cached_property
    def importers(self) -> dict[str, list[Unit]]:
        return importers(self.project.units())

    @memo
    def calls_named(self, unit: Unit, name: str) -> tuple[tuple[s.Call, Scope], ...]:
        """The calls in a module of what has such a last name, without a look at bodies that do not hold it."""
        written = name.encode()
        points = list(self.outer_points(unit)) if written in unit.facts.module else []
        lowest = 0
        bodies = unit.bodies_holding([written])
        for function in sorted(self.project.functions(unit), key=lambda f: f.node.body):
            own = bisect_right(bodies, function.node.body)
            if own > lowest:  # it, or a function inside it
                points.extend(self.points(function))
            lowest = own
        found = (made for expr, where in points for made in calls_in(expr, where))
        return tuple(
            (call, where)
            for call, where in found
            if isinstance(call.func, (s.Name, s.Attr)) and attributes.called_name(call.func) == name
        )

    # --- what something is --------------------------------------------------------------------------------------------

    def expression(self, scope: Scope, expr: s.Expr) -> Type:
        """What an expression is at a point."""
        if self._depth >= DEEPEST:
            self.solver.cut()
            return UNKNOWN
        self._depth += 1
        try:
            return expressions.evaluate(self, expr, scope)
        finally:
            self._depth -= 1

    def as_called(self, scope: Scope, expr: s.Expr) -> Type:
        """What an expression is by all known calls of the function that it stands in; UNKNOWN where they do not tell."""
        return self._as_called.expression(scope, expr)

    def class_body_value(self, cls: ClassSymbol, name: str) -> Type:
        """What the statements of a class body assign to a name."""
        definition = self.class_frame(cls).end.get(name)
        if definition is None:
            return UNKNOWN
        return self.value_of(definition, self.class_scope(cls).activation)

    def read(self, expr: s.Expr, activation: Activation, env: Env) -> Type:
        return self.expression(Scope(activation, env), expr)

    def given(self, value: Value) -> Type:
        """An argument, which may not have been looked at yet."""
        return self.expression(value.scope, value.expr) if isinstance(value, Written) else value

    def value_of(self, definition: Definition, activation: Activation) -> Type:
        return self.solver.solve(activation.values, definition, lambda: definition.evaluate(self, activation))

    def name(self, name: str, scope: Scope) -> Type:
        definition = scope.env.get(name)
        if definition is not None:
            return self.value_of(definition, scope.activation)
        activation = scope.activation
        if activation.outer is not None:
            return self.name(name, activation.outer)
        if activation.owner is not None and activation.symbol is None:
            found = attributes.class_value(self, activation.owner, name)
            if found is not None:
                return found
        return self.global_name(activation.unit, name)

    def global_name(self, unit: Unit, name: str) -> Type:
        return self.solver.solve(self._globals, (unit.path, name), lambda: self._global_name(unit, name))

    def _global_name(self, unit: Unit, name: str) -> Type:
        symbol = self.names.lookup(unit, name)
        if symbol is None:
            return UNKNOWN if name in unit.names else builtin(name)
        if isinstance(symbol, ValueSymbol) and symbol.unit is unit:
            # Each branch of an `if` may be the one that ran; and a frame knows what a name is unpacked from.
            others = [b.node for b in unit.names.get(name, ()) if b.node is not symbol.node and b.guard != "except"]
            again = any(isinstance(node, s.Assign) and node.value is not None for node in others)
            if again or isinstance(symbol.value, s.Unknown):
                return self._global_values(unit, name)
        elif isinstance(symbol, ValueSymbol) and any(b.node is symbol.node for b in symbol.unit.names.get(name, ())):
            return self.global_name(symbol.unit, name)
        return self.of_symbol(symbol)

    def _global_values(self, unit: Unit, name: str) -> Type:
        definitions = self.module_frame(unit).definitions.get(name, [])
        activation = self.module_scope(unit).activation
        return union(*(self.value_of(definition, activation) for definition in definitions))

    def of_symbol(self, symbol: Symbol | None) -> Type:
        """What a name is that was resolved already."""
        if isinstance(symbol, ClassSymbol):
            return ClassType(symbol, self.project.models.of(symbol))
        if isinstance(symbol, FunctionSymbol):
            return Function(symbol)
        if isinstance(symbol, ModuleSymbol):
            return ModuleType(symbol.unit)
        if isinstance(symbol, External):
            return LibraryThing(symbol.dotted)
        if isinstance(symbol, ValueSymbol):
            if symbol.owner is not None:
                return self.expression(self.class_scope(symbol.owner), symbol.value)
            return self.expression(self.module_scope(symbol.unit), symbol.value)
        return UNKNOWN

    def imported(self, node: s.Import | s.ImportFrom, unit: Unit) -> Type:
        """What an import statement inside a function binds."""
        if isinstance(node, s.Import):
            module = self.names.module(node.bound, unit.path)
            return ModuleType(module) if module is not None else LibraryThing(node.bound)
        source = self.names.imported(unit, node)
        if source is None:
            return UNKNOWN
        module = self.names.module(source, unit.path)
        if module is not None and self.names.lookup(module, node.name) is not None:
            return self.global_name(module, node.name)
        submodule = self.names.module(f"{source}.{node.name}", unit.path)
        return ModuleType(submodule) if submodule is not None else LibraryThing(f"{source}.{node.name}")

    def local_function(self, node: s.FunctionDef, activation: Activation, env: Env) -> Type:
        symbol = FunctionSymbol(activation.unit, node)
        frame = self.frame(activation.symbol) if activation.symbol is not None else None
        return Function(symbol, None, Scope(activation, self.anywhere(frame) if frame is not None else env))

    def local_class_symbol(self, node: s.ClassDef, activation: Activation) -> ClassSymbol:
        return self.names.class_symbol(activation.unit, node, node.name, activation.function)

    def local_class(self, node: s.ClassDef, activation: Activation) -> Type:
        return self.of_symbol(self.local_class_symbol(node, activation))

    def annotation(self, unit: Unit, expr: s.Expr, owner: ClassSymbol | None = None) -> Type:
        """What a value is that is annotated so."""
        return promises.annotated(self, unit, expr, owner)

    def instance_of(self, kind: Type) -> Type:
        """What calling a class gives, where `kind` is one."""
        return union(*(calls.instance(self, member) for member in members(kind)))

    def may_be(self, kind: Type, other: Type) -> bool:
        return calls.may_be(self, kind, other)

    # --- parts of a value ---------------------------------------------------------------------------------------------

    def attribute(self, kind: Type, name: str) -> Type | None:
        """What `value.name` is; None where every member of the type is known to have no such name."""
        return attributes.attribute(self, kind, name)

    def attribute_or_unknown(self, kind: Type, name: str) -> Type:
        found = attributes.attribute(self, kind, name)
        return UNKNOWN if found is None else found

    def iterate(self, kind: Type) -> Type:
        """What a `for` loop over a value binds."""
        return iteration.iterate(self, kind)

    def item(self, kind: Type, position: int | None) -> Type:
        """`value[position]`, or what is unpacked from there; None is any position."""
        return iteration.item(self, kind, position)

    def entered(self, kind: Type) -> Type:
        """What `with value as name` binds."""
        return iteration.entered(self, kind)

    def mutated(self, value: Type, call: s.Call, activation: Activation, env: Env) -> Type:
        """What a value is after one of its own methods has changed it in place."""
        return iteration.mutated(self, value, call, Scope(activation, env))

    def with_key(self, value: DictType, key: Type, item: Type) -> DictType:
        """A dict after `value[key] = item`."""
        return expressions.with_key(value, key, item)

    def operate(self, op: str, operands: list[Type]) -> Type:
        return expressions.operate(self, op, operands)

    # --- calls --------------------------------------------------------------------------------------------------------

    def invoke(self, callee: Type, call: s.Call, scope: Scope) -> Type:
        """What a call at a point gives, its callee being known already."""
        return self.call_with(callee, Arguments(self, call, scope))

    def call(self, callee: Type, *args: Type, **keywords: Type) -> Type:
        """What calling a value with these arguments gives."""
        return self.call_with(callee, Arguments.of(self, args, keywords))

    def call_with(self, callee: Type, arguments: Arguments) -> Type:
        found = [calls.call(self, member, arguments) for member in members(callee)]
        return union(*found) if found else UNKNOWN

    def parameter(self, activation: Activation, param: s.Param, index: int) -> Type:
        return calls.parameter(self, activation, param, index)

    def receiver(self, activation: Activation) -> Type:
        """What `self` (or `cls`) is in a method."""
        return calls.receiver(self, activation)

    def result(self, activation: Activation) -> Type:
        """What a function gives in one reading of it."""
        return calls.result(self, activation)

    # --- what the whole project says ----------------------------------------------------------------------------------

    @cached_property
    def given_names(self) -> frozenset[str]:
        """Every name that some code of the project gives to some object at run time. What tests give ends with them, and
        what migrations give, historical models have."""
        return frozenset(
            name
            for unit in self.project.units()
            if not is_test(unit.path) and not is_migration(unit.path)
            for name in unit.module.gives
        )

    @cached_property
    def queryset_names(self) -> frozenset[str] | None:
        """What Django's own managers and querysets can be asked for; None where its source is not at hand."""
        found: set[str] = set()
        for dotted in ("django.db.models.query.QuerySet", "django.db.models.manager.BaseManager"):
            cls = self.names.find(dotted)
            if not isinstance(cls, ClassSymbol):
                return None
            found.update(cls.names)
        return frozenset(found)

    @cached_property
    def _managed(self) -> dict[ClassSymbol, list[tuple[Model, Manager]]]:
        found: dict[ClassSymbol, list[tuple[Model, Manager]]] = {}
        for model in self.project.models:
            for manager in model.managers.values():
                for cls in dict.fromkeys((manager.cls, *manager.queryset_classes)):
                    if isinstance(cls, ClassSymbol):
                        for base in self.names.mro(cls)[0]:
                            if isinstance(base, ClassSymbol):
                                found.setdefault(base, []).append((model, manager))
        return found

    @memo
    def names_given_by(self, cls: ClassSymbol) -> tuple[frozenset[str], bool]:
        return names_given_by(self, cls)

    def managed_by(self, cls: ClassSymbol) -> list[tuple[Model, Manager]]:
        """The models that have a manager or queryset of a class, or of one below it."""
        return self._managed.get(cls, [])
