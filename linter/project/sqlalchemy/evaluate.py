"""Works out what the expressions of declarations hold: names across files, calls of small functions, string arithmetic.

Nothing is run but Python's own string functions on constants. What is not understood is UNKNOWN.
"""

from __future__ import annotations

import builtins
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from msgspec.structs import replace

from linter.facts import syntax as s
from linter.project.names import choose
from linter.project.sqlalchemy import pure, vocabulary
from linter.project.sqlalchemy.running import LONGEST_LOOP, Runner, part_of
from linter.project.sqlalchemy.values import (
    UNKNOWN,
    Arg,
    Arguments,
    Const,
    Function,
    Given,
    Items,
    Lambda,
    Lib,
    Made,
    Mapping,
    Member,
    Partial,
    Scope,
    Site,
    UnknownValue,
    Value,
    text_of,
    truth,
)
from linter.project.units import (
    Binding,
    ClassSymbol,
    External,
    FunctionSymbol,
    ModuleSymbol,
    Symbol,
    Unit,
    ValueSymbol,
    walk,
)

if TYPE_CHECKING:
    from linter.project import Project

DEEPEST = 80  # nested expressions, names and calls that one expression may lead through
MOST_CALLS = 500  # of the project's functions, for one expression: helpers that call helpers must end
MOST_STEPS = 100_000  # expressions that are looked at for one

_BUILTINS = frozenset(dir(builtins))
_REGISTRY_METHODS = vocabulary.BASE_DECORATORS | vocabulary.MAPPING_DECORATORS | {"generate_base", "map_imperatively"}
# What is the extension's own; all other names of it are SQLAlchemy's.
_EXTENSION_MEMBERS = frozenset({
    "Model", "Table", "metadata", "metadatas", "session", "engine", "engines", "reflect", "get_engine", "get_app",
    "create_all", "drop_all", "init_app", "make_declarative_base", "paginate",
})  # fmt: skip
# What a file says that has an object of Flask-SQLAlchemy's, whatever package that is from.
_ASKED_OF_EXTENSIONS = ("Column", "mapped_column", "relationship", "Table", "sqlalchemy")


class Evaluator:
    """`of_class(class, name)` answers for the attributes that SQLAlchemy gives a class: `__tablename__`, `metadata`, …;
    `kind_of_class` says which SQLAlchemy class a class of the project extends, `classes_of` what it inherits from."""

    def __init__(
        self,
        project: Project,
        of_class: Callable[[ClassSymbol, str], Value | None],
        kind_of_class: Callable[[ClassSymbol], str],
        classes_of: Callable[[ClassSymbol], Iterable[ClassSymbol]],
    ) -> None:
        self.project = project
        self.names = project.names
        self.of_class = of_class
        self.kind_of_class = kind_of_class
        self.classes_of = classes_of
        self.enclosing: dict[ClassSymbol, Scope] = {}  # of classes that functions make
        self.runner = Runner(self)
        self.made_classes: list[ClassSymbol] = []  # those, in the order in which they were met
        self._made_classes: dict[tuple[int, int], ClassSymbol] = {}
        self._depth = 0
        self._calls = 0
        self._steps = 0
        self._runs = 0
        self._globals: dict[tuple[str, int], Value] = {}
        self._modules: dict[str, Scope] = {}
        self._orders: dict[Unit | ClassSymbol, dict[int, int]] = {}

    # --- scopes ---

    def module(self, unit: Unit) -> Scope:
        scope = self._modules.get(unit.path)
        if scope is None:
            scope = self._modules[unit.path] = Scope(unit)
        return scope

    def around(self, symbol: ClassSymbol) -> Scope:
        """What the class statement itself sees: its bases and decorators."""
        enclosing = self.enclosing.get(symbol)
        return enclosing if enclosing is not None else Scope(symbol.unit, before=symbol.node)

    def inside(self, symbol: ClassSymbol) -> Scope:
        """What the statements of the class body see."""
        around = self.around(symbol)
        outer = around if around.function or around.names else None
        return Scope(symbol.unit, around.function, {}, symbol, outer, around.before, run=around.run)

    # --- expressions ---

    def value(self, expr: s.Expr, scope: Scope) -> Value:
        if self._depth > DEEPEST:
            return UNKNOWN
        if self._depth == 0:
            self._calls = self._steps = 0
        self._steps += 1
        if self.is_spent:
            return UNKNOWN
        self._depth += 1
        try:
            return self._value(expr, scope)
        finally:
            self._depth -= 1

    def arg(self, arg: Arg | None) -> Value | None:
        """The value of an argument; None where there is no such argument."""
        if arg is None:
            return None
        return arg.given if arg.given is not None else self.value(arg.expr, arg.scope)

    def _value(self, expr: s.Expr, scope: Scope) -> Value:
        if isinstance(expr, s.Name):
            return self.named(expr.id, scope)
        if isinstance(expr, s.Attr):
            return self.attribute(self.value(expr.value, scope), expr.name)
        if isinstance(expr, s.Call):
            return self._call(expr, scope)
        if isinstance(expr, s.Str):
            return Const(expr.value, scope.site(expr.at))
        if isinstance(expr, s.Lit):
            return Const(expr.value)
        if isinstance(expr, s.Seq):
            return self._sequence(expr.items, scope)
        if isinstance(expr, s.Dict):
            return self._dictionary(expr, scope)
        if isinstance(expr, s.FString):
            return self._fstring(expr, scope)
        if isinstance(expr, s.Op):
            return self.operation(expr, scope)
        if isinstance(expr, s.Cond):
            return self._conditional(expr, scope)
        if isinstance(expr, s.Sub):
            return self._subscript(expr, scope)
        if isinstance(expr, s.Lambda):
            return Lambda(expr, scope)
        if isinstance(expr, s.Comp):
            return self._comprehension(expr, scope)
        return UNKNOWN

    def named(self, name: str, scope: Scope) -> Value:
        if scope.owner is not None:
            bindings = scope.owner.names.get(name, [])
            if bindings and scope.now is not None:  # of `metadata = metadata` the second one is the module's
                bindings = self._until(bindings, scope.now, scope.owner)
            binding = choose(bindings)
            if binding is not None:
                return self.bound(binding.node, name, self.inside(scope.owner))
        inner: Scope | None = scope
        while inner is not None:
            known = inner.names.get(name)
            if known is not None:
                return known
            inner = inner.outer
        return self._global_name(name, scope.unit, scope.before)

    def _global_name(self, name: str, unit: Unit, before: s.Stmt | None = None) -> Value:
        bindings = unit.names.get(name, [])
        binding = choose(bindings)
        if len(bindings) > 1 and before is not None:
            earlier = choose(self._until(bindings, before, unit))
            if earlier is not None and earlier is not binding:
                return self.of_symbol(self.names.bound(unit, earlier, name))
        if binding is not None:
            node = binding.node
            if isinstance(node, s.ImportFrom) and node.level == 0 and self._is_outside(node.module):
                return _lib(f"{node.module}.{node.name}")  # known by name: its source need not be found
            if isinstance(node, s.Import) and self._is_outside(node.module):
                return Lib(node.bound)
        symbol = self.names.lookup(unit, name)
        if symbol is not None:
            return self._shared_extension(symbol, unit) or self.of_symbol(symbol)
        if binding is None:
            if name in _BUILTINS:
                return Lib(f"builtins.{name}")
            if any(star.module.partition(".")[0] in vocabulary.ROOTS for star in unit.star_imports):
                return Lib(f"sqlalchemy.{name}")
        return UNKNOWN

    def _shared_extension(self, symbol: Symbol, unit: Unit) -> Made | None:
        """`from company.database import db`, of a package that was not read: what is called so, and has the names that
        are asked of it here, is Flask-SQLAlchemy's object. Whose tables are in its MetaData is not known."""
        if not isinstance(symbol, External) or not symbol.dotted.endswith(".db") or vocabulary.is_known(symbol.dotted):
            return None
        if not any(unit.mentions(word) for word in _ASKED_OF_EXTENSIONS):
            return None
        made = Lib("flask_sqlalchemy.SQLAlchemy")
        return Made("SQLAlchemy", made, ("lib", symbol.dotted), Arguments((), {}, False, False), Site(unit, s.NOWHERE))

    def _is_outside(self, module: str) -> bool:
        """Whether a module is one of a library known by name, and not one of the project's that is called the same."""
        package = module.partition(".")[0]
        if package in vocabulary.ROOTS:
            return True
        modules = self.project.modules
        return vocabulary.is_known(module) and modules.find(package) is None and not modules.is_namespace(package)

    def alias(self, expr: s.Name | s.Attr, scope: Scope) -> ValueSymbol | None:
        """The assignment that a name of the project comes from: `intpk = Annotated[int, …]`."""
        if isinstance(expr, s.Attr):
            if not isinstance(self.value(expr.value, scope), ModuleSymbol):
                return None
        elif isinstance(self._global_name(expr.id, scope.unit), Lib):
            return None
        symbol = self.names.follow(self.names.resolve(scope.unit, expr))
        return symbol if isinstance(symbol, ValueSymbol) and not symbol.unit.is_library else None

    def _until(self, bindings: list[Binding], before: s.Stmt, home: Unit | ClassSymbol) -> list[Binding]:
        """The bindings that have happened when a statement of a module or class body runs."""
        order = self._orders.get(home)
        if order is None:
            body = home.module.body if isinstance(home, Unit) else home.node.body
            order = self._orders[home] = {id(node): i for i, (node, _) in enumerate(walk(body))}
        now = order.get(id(before))
        return [b for b in bindings if now is not None and order.get(id(b.node), 0) < now]

    def of_symbol(self, symbol: Symbol | None) -> Value:
        if isinstance(symbol, ClassSymbol):
            return self._library(symbol, symbol.unit) or symbol
        if isinstance(symbol, FunctionSymbol):
            return self._library(symbol, symbol.unit) or Function(symbol)
        if isinstance(symbol, ModuleSymbol):
            return symbol
        if isinstance(symbol, External):
            return _lib(symbol.dotted)
        if isinstance(symbol, ValueSymbol):
            return self._global(symbol)
        return UNKNOWN

    def _library(self, symbol: ClassSymbol | FunctionSymbol, unit: Unit) -> Lib | None:
        """SQLAlchemy's own classes and functions are known by name, whether or not their source was read."""
        if unit.is_library and (unit.name.partition(".")[0] in vocabulary.ROOTS or isinstance(symbol, FunctionSymbol)):
            return Lib(symbol.dotted)
        if unit.is_library and symbol.dotted in vocabulary.APPBUILDER:
            return Lib(symbol.dotted)
        return None

    def _global(self, symbol: ValueSymbol) -> Value:
        key = (symbol.unit.path, id(symbol.value))
        known = self._globals.get(key)
        if known is None:
            self._globals[key] = UNKNOWN  # what a name defined by itself holds
            known = self._globals[key] = self.value(symbol.value, self._home(symbol))
            if self.is_spent:  # half an answer is none, whoever asks next
                known = self._globals[key] = UNKNOWN
            if isinstance(known, UnknownValue) and symbol.unit.is_library:
                name = next((t.id for t in getattr(symbol.node, "targets", ()) if isinstance(t, s.Name)), "")
                known = self._globals[key] = Lib(f"{symbol.unit.name}.{name}") if name else UNKNOWN
        return known

    def _home(self, symbol: ValueSymbol) -> Scope:
        """What the statement that assigns a value sees: of `Base = declarative_base(cls=Base)` an earlier Base."""
        if symbol.owner is not None:
            return replace(self.inside(symbol.owner), now=symbol.node)
        return Scope(symbol.unit, before=symbol.node)

    def bound(self, node: s.Stmt, name: str, scope: Scope) -> Value:
        """What a statement of a class body or a function binds a name to."""
        if scope.owner is not None:
            scope = replace(scope, now=node)
        if isinstance(node, s.Assign) and node.value is not None:
            if len(node.targets) == 1 and isinstance(node.targets[0], s.Name):
                return self.value(node.value, scope)
            return self._unpacked(node, name, scope)
        if isinstance(node, s.FunctionDef):
            return Function(FunctionSymbol(scope.unit, node, scope.owner), scope)
        if isinstance(node, s.ClassDef):
            return self.class_in(node, scope)
        if isinstance(node, (s.Import, s.ImportFrom)):
            return self.of_symbol(self.names.bound(scope.unit, Binding(node, ""), name))
        return UNKNOWN

    def class_in(self, node: s.ClassDef, scope: Scope) -> ClassSymbol:
        """The class of a class statement; one in a function is another class each time the function runs."""
        name = f"{scope.owner.qualname}.{node.name}" if scope.owner is not None else node.name
        if scope.function is None:
            return self.names.class_symbol(scope.unit, node, name)
        known = self._made_classes.get((id(scope), id(node)))
        if known is None:
            known = ClassSymbol(scope.unit, node, name, scope.function)
            self.enclosing[known] = scope
            self._made_classes[id(scope), id(node)] = known
            self.made_classes.append(known)
        return known

    def _class_of_call(self, call: s.Call, scope: Scope) -> Value:
        """`type("User", (Base,), {"__tablename__": …})` is a class statement written otherwise."""
        name = text_of(self.value(call.args[0], scope))
        bases, body = call.args[1], self._entries(call.args[2], scope)
        if name is None or not isinstance(bases, s.Seq) or body is None:
            return UNKNOWN
        known = self._made_classes.get((id(scope), id(call)))
        if known is None:
            statements = tuple(s.Assign((s.Name(key),), value, None, call.at) for key, value in body)
            node = s.ClassDef(name, bases.items, (), (), statements, call.at)
            known = ClassSymbol(scope.unit, node, name, scope.function)
            self.enclosing[known] = scope
            self._made_classes[id(scope), id(call)] = known
            self.made_classes.append(known)
        return known

    def _entries(self, body: s.Expr, scope: Scope) -> list[tuple[str, s.Expr]] | None:
        """The names and expressions of a class body that is a dict; None where not all of them are seen."""
        if isinstance(body, s.Call) and self.value(body.func, scope) == Lib("builtins.dict") and not body.args:
            named = [(keyword.name, keyword.value) for keyword in body.keywords]
            return named if all(name for name, _ in named) else None
        if not isinstance(body, s.Dict):
            return None
        found: list[tuple[str, s.Expr]] = []
        for key, value in body.items:
            text = text_of(self.value(key, scope)) if key is not None else None
            if text is None:
                return None
            found.append((text, value))
        return found

    def _unpacked(self, node: s.Assign, name: str, scope: Scope) -> Value:
        assert node.value is not None
        value = self.value(node.value, scope)
        for target in node.targets:
            found = part_of(target, name, value)
            if found is not None:
                return found
        return UNKNOWN

    # --- attributes ---

    def attribute(self, base: Value, name: str) -> Value:
        if isinstance(base, ModuleSymbol):
            return self._module_attribute(base.unit, name)
        if isinstance(base, Lib):
            dotted = f"{base.dotted}.{name}"
            module = None if vocabulary.is_known(dotted) else self.names.module(dotted)  # a part of a namespace package
            return ModuleSymbol(module) if module is not None else _lib(dotted)
        if isinstance(base, ClassSymbol):
            return self._class_attribute(base, name)
        if isinstance(base, Made) and self.is_extension(base):
            return self._extension_attribute(base, name)
        if isinstance(base, Const) and name == "value":
            return base  # `Names.USERS.value`: a member of an Enum stands for its value here
        if isinstance(base, (Made, Member, Const, Function)):
            return Member(base, name)
        return UNKNOWN

    def _module_attribute(self, unit: Unit, name: str) -> Value:
        if unit.is_library and vocabulary.is_known(unit.name):
            return Lib(f"{unit.name}.{name}")
        if name in unit.names:
            return self._global_name(name, unit)
        return self.of_symbol(self.names.attribute(ModuleSymbol(unit), name, unit))

    def _class_attribute(self, symbol: ClassSymbol, name: str) -> Value:
        if name == "__name__":
            return Const(symbol.name)
        if name == "__qualname__":
            return Const(symbol.qualname)
        if name == "__module__":
            return Const(symbol.unit.name)
        known = self.of_class(symbol, name) or self.runner.attributes.get((symbol, name))
        if known is not None:
            return known
        found = self.member(symbol, name)
        if isinstance(found, (Const, Items, Mapping, Lib, ClassSymbol, ModuleSymbol)):
            return found
        if isinstance(found, Function) and not _is_attribute(found.symbol.node):
            return Function(found.symbol, found.scope, _receiver(found.symbol.node, symbol))
        return Member(symbol, name)

    def member(self, symbol: ClassSymbol, name: str) -> Value | None:
        """What the first class of the resolution order that binds a name binds it to."""
        for cls in self.classes_of(symbol):
            binding = choose(cls.names.get(name, []))
            if binding is not None:
                return self.bound(binding.node, name, self.inside(cls))
        return None

    def _extension_attribute(self, db: Made, name: str) -> Value:
        """`db.Column`, `db.Model`: Flask-SQLAlchemy's object has SQLAlchemy's names, and a class of the project may add more."""
        if isinstance(db.func, ClassSymbol) and name not in ("Model", "metadata"):
            own = self.member(db.func, name)
            if own is not None:
                return own
        return Member(db, name) if name in _EXTENSION_MEMBERS else Lib(f"sqlalchemy.{name}")

    @staticmethod
    def is_extension(value: Value) -> bool:
        return isinstance(value, Made) and value.kind in vocabulary.EXTENSIONS

    # --- calls ---

    def _call(self, expr: s.Call, scope: Scope) -> Value:
        func = self.value(expr.func, scope)
        if isinstance(func, UnknownValue):
            return UNKNOWN
        return self.call(func, self.arguments(expr, scope), scope, expr)

    def arguments(self, expr: s.Call, scope: Scope) -> Arguments:
        positional: list[Arg] = []
        all_positional = all_keywords = True
        for arg in expr.args:
            if not isinstance(arg, s.Starred):
                positional.append(Arg(arg, scope))
                continue
            spread = self.value(arg.value, scope)
            if isinstance(spread, Items):
                positional.extend(Arg(arg, scope, item) for item in spread.items)
            all_positional = all_positional and isinstance(spread, Items) and spread.whole
        keywords: dict[str, Arg] = {}
        for keyword in expr.keywords:
            if keyword.name:
                keywords[keyword.name] = Arg(keyword.value, scope, None, keyword.at)
                continue
            spread = self.value(keyword.value, scope)
            if isinstance(spread, Mapping):
                keywords.update({k: Arg(keyword.value, scope, v) for k, v in spread.entries.items()})
            all_keywords = all_keywords and isinstance(spread, Mapping) and spread.whole
        return Arguments(tuple(positional), keywords, all_positional, all_keywords)

    def call(self, func: Value, arguments: Arguments, scope: Scope, expr: s.Call) -> Value:
        if isinstance(func, Partial):
            before = func.arguments
            merged = Arguments(
                (*before.positional, *arguments.positional),
                {**before.keywords, **arguments.keywords},
                before.all_positional and arguments.all_positional,
                before.all_keywords and arguments.all_keywords,
            )
            return self.call(func.func, merged, scope, expr)
        if isinstance(func, Function):
            return self.run(func, arguments)
        if isinstance(func, Lambda):
            names = self.runner.parameters(func.node.params, arguments, func.scope)
            return self.value(
                func.node.body, Scope(func.scope.unit, func.scope.function, names, None, func.scope, run=func.scope.run)
            )
        if isinstance(func, Member):
            known = self._method(func, arguments)
            if not isinstance(known, UnknownValue):
                return known
        if isinstance(func, Lib):
            known_call = self._library_call(func, arguments)
            if known_call is not None:
                return known_call
            if func.dotted == "builtins.type" and len(expr.args) == 3:
                return self._class_of_call(expr, scope)
        if isinstance(func, (Lib, ClassSymbol, Member)):
            site = scope.site(expr.at)
            return Made(self.kind(func), func, (*site.key, scope.run), arguments, site)
        return UNKNOWN

    def kind(self, func: Value) -> str:
        """Which SQLAlchemy thing something is, by its last name; "" for all others."""
        if isinstance(func, Lib):
            return vocabulary.kind(func.dotted)
        if isinstance(func, ClassSymbol):
            return self.kind_of_class(func)
        if isinstance(func, Member):
            if func.name in _REGISTRY_METHODS:
                return func.name
            return "Table" if func.name == "Table" and self.is_extension(func.base) else ""
        if isinstance(func, Partial):
            return self.kind(func.func)
        return ""

    def _library_call(self, func: Lib, arguments: Arguments) -> Value | None:
        if func.dotted == "functools.partial" and arguments.positional:
            target = self.arg(arguments.positional[0])
            if target is not None and not isinstance(target, UnknownValue):
                return Partial(target, replace(arguments, positional=arguments.positional[1:]))
            return UNKNOWN
        if func.dotted == "builtins.dict" and not arguments.positional:
            return Mapping({k: self.given(a) for k, a in arguments.keywords.items()}, arguments.all_keywords)
        if func.dotted in ("typing.cast", "typing_extensions.cast") and len(arguments.positional) == 2:
            return self.given(arguments.positional[1])
        if func.dotted in ("builtins.set", "builtins.frozenset") and len(arguments.positional) == 1:
            given = self.given(arguments.positional[0])
            return (
                self._members(given)
                if isinstance(given, ClassSymbol)
                else given
                if isinstance(given, Items)
                else UNKNOWN
            )
        if pure.is_function(func):
            if arguments.keywords or not arguments.whole:
                return UNKNOWN
            return pure.function(func, [self.given(a) for a in arguments.positional])
        if vocabulary.kind(func.dotted) == "has_inherited_table" and arguments.positional:
            cls = self.given(arguments.positional[0])
            return self.of_class(cls, "has_inherited_table()") if isinstance(cls, ClassSymbol) else UNKNOWN
        return None

    def _members(self, symbol: ClassSymbol) -> Value:
        """The members of an enumeration, by their values."""
        if not any(
            isinstance(base, External) and base.dotted.startswith("enum.") for base in self.names.mro(symbol)[0]
        ):
            return UNKNOWN
        found = [
            self._class_attribute(symbol, name)
            for name, bindings in symbol.names.items()
            if not name.startswith("_") and isinstance(bindings[-1].node, s.Assign)
        ]
        return Items(tuple(found)) if all(isinstance(value, Const) for value in found) else UNKNOWN

    def given(self, arg: Arg) -> Value:
        value = self.arg(arg)
        return value if value is not None else UNKNOWN

    def _method(self, func: Member, arguments: Arguments) -> Value:
        """A method of a string, or of a compiled pattern."""
        if arguments.keywords or not arguments.whole:
            return UNKNOWN
        base = func.base
        if isinstance(base, Const):
            return pure.method(base, func.name, [self.given(a) for a in arguments.positional])
        if isinstance(base, Made) and base.func == Lib("re.compile") and pure.is_pattern_function(func.name):
            expression = self.given(base.arguments.positional[0]) if base.arguments.positional else UNKNOWN
            return pure.pattern(func.name, expression, [self.given(a) for a in arguments.positional])
        return UNKNOWN

    def looked_at(self, arg: Arg, made: Made) -> Given:
        """An argument of a call, with its value and its place."""
        at = getattr(arg.expr, "at", s.NOWHERE) if arg.given is None else s.NOWHERE
        site = arg.scope.site(at) if at != s.NOWHERE else made.site
        name = arg.scope.site(arg.at) if arg.at != s.NOWHERE else None
        return Given(self.given(arg), arg.expr, arg.scope, site, name)

    def items(self, given: Given) -> list[Given]:
        """The items of a list or tuple, each with its place where it is written out."""
        value, expr = given.value, given.expr
        if not isinstance(value, Items):
            return []
        if isinstance(expr, s.Seq) and len(expr.items) == len(value.items):
            written: list[tuple[s.Expr, int]] = [(item, getattr(item, "at", s.NOWHERE)) for item in expr.items]
        else:
            written = [(expr, s.NOWHERE)] * len(value.items)
        return [
            Given(item, inner, given.scope, given.scope.site(at) if at != s.NOWHERE else given.site)
            for item, (inner, at) in zip(value.items, written, strict=True)
        ]

    # --- functions of the project ---

    def run(self, func: Function, arguments: Arguments) -> Value:
        """What a call of a function gives."""
        self._calls += 1
        if self._depth > DEEPEST or self._calls > MOST_CALLS or func.symbol.node.is_async:
            return UNKNOWN
        self._depth += 1
        try:
            return self.runner.call(func, arguments)
        finally:
            self._depth -= 1

    def next_run(self) -> int:
        """A number for what is made now, so that it is not taken for what the same call made before."""
        self._runs += 1
        return self._runs

    @property
    def is_spent(self) -> bool:
        """Whether so much was looked at for one expression that nothing more will be."""
        return self._steps > MOST_STEPS

    def bind(self, node: s.Stmt, scope: Scope) -> None:
        """Run a statement that only binds names."""
        self.runner.bind(node, scope)

    # --- the rest of the expressions ---

    def _sequence(self, items: Iterable[s.Expr], scope: Scope) -> Items:
        found: list[Value] = []
        whole = True
        for item in items:
            if not isinstance(item, s.Starred):
                found.append(self.value(item, scope))
                continue
            spread = self.value(item.value, scope)
            if isinstance(spread, Items):
                found.extend(spread.items)
            whole = whole and isinstance(spread, Items) and spread.whole
        return Items(tuple(found), whole)

    def _dictionary(self, expr: s.Dict, scope: Scope) -> Mapping:
        found: dict[str, Value] = {}
        whole = True
        for key, item in expr.items:
            if key is None:
                spread = self.value(item, scope)
                if isinstance(spread, Mapping):
                    found.update(spread.entries)
                whole = whole and isinstance(spread, Mapping) and spread.whole
                continue
            name = text_of(self.value(key, scope))
            if name is None:
                whole = False
            else:
                found[name] = self.value(item, scope)
        return Mapping(found, whole)

    def _fstring(self, expr: s.FString, scope: Scope) -> Value:
        parts: list[str] = []
        for part in expr.parts:
            value = self.value(part, scope)
            if not isinstance(value, Const):
                return UNKNOWN
            parts.append(str(value.value))
        return pure.lifted("".join(parts))

    def _conditional(self, expr: s.Cond, scope: Scope) -> Value:
        holds = truth(self.value(expr.test, scope))
        if holds is not None:
            return self.value(expr.body if holds else expr.orelse, scope)
        body, orelse = self.value(expr.body, scope), self.value(expr.orelse, scope)
        return body if body == orelse else UNKNOWN

    def _subscript(self, expr: s.Sub, scope: Scope) -> Value:
        base = self.value(expr.value, scope)
        if isinstance(base, (Lib, ClassSymbol)):
            return base  # Generic[T], DeclarativeBase[…]
        index = self.value(expr.index, scope)
        if isinstance(index, Const):
            if isinstance(base, Items) and isinstance(index.value, int) and base.whole:
                if -len(base.items) <= index.value < len(base.items):
                    return base.items[index.value]
            if isinstance(base, Mapping) and isinstance(index.value, str):
                return base.entries.get(index.value, UNKNOWN)
            if isinstance(base, Const) and isinstance(base.value, str) and isinstance(index.value, int):
                return Const(base.value[index.value]) if abs(index.value) < len(base.value) else UNKNOWN
            if isinstance(base, Member) and isinstance(index.value, str):
                return Member(base, index.value)  # `users.c["id"]`, `metadata.tables["users"]`
        return UNKNOWN

    def operation(self, expr: s.Op, scope: Scope) -> Value:
        if expr.op in ("or", "and"):
            return self._boolean(expr, scope)
        values = [self.value(operand, scope) for operand in expr.operands]
        if expr.op == "not" and len(values) == 1:
            holds = truth(values[0])
            return UNKNOWN if holds is None else Const(not holds)
        result = values[0]
        for value in values[1:]:
            result = pure.operated(expr.op, result, value)
        return result

    def _boolean(self, expr: s.Op, scope: Scope) -> Value:
        value: Value = UNKNOWN
        for operand in expr.operands:
            value = self.value(operand, scope)
            holds = truth(value)
            if holds is None:
                return UNKNOWN
            if holds == (expr.op == "or"):
                return value
        return value

    def _comprehension(self, expr: s.Comp, scope: Scope) -> Value:
        if len(expr.clauses) != 1 or expr.kind == "dict":
            return UNKNOWN
        clause = expr.clauses[0]
        items = self.value(clause.iterable, scope)
        if isinstance(items, Const) and isinstance(items.value, str) and len(items.value) <= LONGEST_LOOP:
            items = Items(tuple(Const(letter) for letter in items.value))
        if not isinstance(items, Items) or len(items.items) > LONGEST_LOOP:
            return UNKNOWN
        found: list[Value] = []
        whole = items.whole
        for item in items.items:
            inner = Scope(scope.unit, scope.function, {}, None, scope, run=scope.run)
            self.runner.assign(clause.target, item, inner)
            holds = [truth(self.value(test, inner)) for test in clause.conditions]
            if False in holds:
                continue
            whole = whole and None not in holds
            found.append(self.value(expr.element, inner))
        return Items(tuple(found), whole)


def _lib(dotted: str) -> Lib:
    """`flask.ext.sqlalchemy` is how `flask_sqlalchemy` was written once."""
    return Lib(f"flask_{dotted.removeprefix('flask.ext.')}" if dotted.startswith("flask.ext.") else dotted)


def _is_attribute(node: s.FunctionDef) -> bool:
    """Whether reading the name gives what the function returns: a property, a `declared_attr`."""
    for decorator in node.decorators:
        name = (
            decorator.id if isinstance(decorator, s.Name) else decorator.name if isinstance(decorator, s.Attr) else ""
        )
        if "property" in name or name in vocabulary.DECLARED:
            return True
    return False


def _receiver(node: s.FunctionDef, symbol: ClassSymbol) -> Value | None:
    names = [d.id for d in node.decorators if isinstance(d, s.Name)]
    return symbol if "classmethod" in names else None
