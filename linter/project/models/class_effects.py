"""What code does to a model class that it is handed: metaclasses, decorators, `contribute_to_class`, `__init_subclass__`.

Such a function is read for what it may put on the class. Names that can be worked out are names the class has; anything
else makes the class open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from linter.facts import syntax as s
from linter.project.models.expressions import calls, text_of
from linter.project.names import last_name
from linter.project.trace import memo
from linter.project.units import ClassSymbol, External, FunctionSymbol, Symbol, Unit, ValueSymbol

if TYPE_CHECKING:
    from linter.project.names import Names

DEEPEST = 4
MOST_ROUNDS = 12
_METACLASSES = ("type", "builtins.type", "django.db.models.base.ModelBase")

# What may be done with a class without changing it.
_HARMLESS = frozenset({
    "super", "isinstance", "issubclass", "hasattr", "getattr", "len", "str", "repr", "print", "type", "id", "hash",
    "list", "tuple", "set", "dict", "sorted", "bool", "any", "all", "iter", "next", "callable", "vars", "dir",
    "ValueError", "TypeError", "ImproperlyConfigured",
})  # fmt: skip
# A class handed to one of these methods is remembered or listened to, not changed.
_REMEMBERING = frozenset({
    "append", "add", "connect", "insert", "setdefault", "get", "format", "join", "mro", "__new__", "__init__",
    "__init_subclass__", "__prepare__", "warning", "debug", "info", "error", "exception",
})  # fmt: skip


class Added(msgspec.Struct, frozen=True):
    """A name put on a class; `call` is what is put there, where it was written as a call."""

    name: str
    unit: Unit
    call: s.Call | None


class Effects(msgspec.Struct):
    """`open_attributes`: names that are surely no fields are put on the class. `returns`: the class is given back."""

    added: list[Added] = msgspec.field(default_factory=list)
    open_reason: str = ""
    open_attributes: bool = False
    returns: bool = False

    def open(self, reason: str) -> None:
        self.open_reason = self.open_reason or reason

    def take(self, other: Effects) -> None:
        """What a function does that the class was handed to."""
        self.added.extend(other.added)
        self.open_attributes = self.open_attributes or other.open_attributes
        if other.open_reason:
            self.open(other.open_reason)


class ClassEffects:
    def __init__(self, names: Names) -> None:
        self.names = names

    @memo
    def of(self, function: FunctionSymbol, parameter: int, name: str | None, depth: int = 0) -> Effects:
        """What a function does to the class it gets as its parameter of this index. `name`: the string that the
        parameter after it holds, as in `contribute_to_class(self, cls, name)`."""
        params = function.node.params
        rest = next((i for i, p in enumerate(params) if p.kind == "*"), len(params))
        if (parameter >= rest and rest == len(params)) or depth > DEEPEST:
            return Effects(open_reason=f"`{function.qualname}` was not followed")
        if parameter >= rest:  # `def register(self, *models)`
            return self._read(function, set(), "", {}, depth, several=params[rest].name)
        known: dict[str, str] = {}
        if name is not None and parameter + 1 < len(params):
            known[params[parameter + 1].name] = name
            # A field's `contribute_to_class` may say `self.name` for it too.
            known[f"{params[0].name}.name"] = known[f"{params[0].name}.attname"] = name
        return self._read(function, {params[parameter].name}, "", known, depth)

    @memo
    def of_metaclass(self, function: FunctionSymbol) -> Effects:
        """What a metaclass's `__new__(mcs, name, bases, attrs)` or `__init__(cls, name, bases, attrs)` does."""
        params = function.node.params
        targets = {params[0].name} if params and function.node.name == "__init__" else set[str]()
        namespace = params[3].name if len(params) > 3 and not params[3].kind else ""
        return self._read(function, targets, namespace, {}, 0)

    def of_lambda(self, function: FunctionSymbol, node: s.Lambda) -> Effects:
        """What `lambda cls: …`, made in a function, does to its first parameter."""
        effects = Effects()
        if node.params:
            _Walk(self, function, {node.params[0].name}, "", {}, effects, 0).expression(node.body)
        return effects

    def _read(
        self,
        function: FunctionSymbol,
        targets: set[str],
        namespace: str,
        known: dict[str, str],
        depth: int,
        several: str = "",
    ) -> Effects:
        effects = Effects()
        walk = _Walk(self, function, targets, namespace, known, effects, depth)
        walk.several = several
        walk.block(function.unit.body(function.node).statements)
        return effects


class _Walk:
    def __init__(
        self,
        effects_of: ClassEffects,
        function: FunctionSymbol,
        targets: set[str],
        namespace: str,
        known: dict[str, str],
        effects: Effects,
        depth: int,
    ) -> None:
        self.effects_of = effects_of
        self.names = effects_of.names
        self.function = function
        self.unit = function.unit
        self.targets = targets
        self.namespace = namespace
        self.known = known
        self.made: dict[str, s.Call] = {}  # local names -> the call whose result they hold
        self.several = ""  # the parameter that holds any number of classes
        self.inner: dict[str, s.FunctionDef] = {}  # functions defined in this one
        self.effects = effects
        self.depth = depth

    def block(self, block: tuple[s.Stmt, ...]) -> None:
        for node in block:
            self.statement(node)

    def statement(self, node: s.Stmt) -> None:
        if isinstance(node, s.Assign):
            self.assign(node)
        elif isinstance(node, s.AugAssign):
            self.store(node.target, None)
        elif isinstance(node, (s.ExprStmt, s.Return)):
            if node.value is not None:
                self.expression(node.value)
            if isinstance(node, s.Return) and node.value is not None and self.is_class(node.value):
                self.effects.returns = True
        elif isinstance(node, s.If):
            self.expression(node.test)
            self.block(node.body)
            self.block(node.orelse)
        elif isinstance(node, s.For):
            self.loop(node)
        elif isinstance(node, s.With):
            for context, _ in node.items:
                self.expression(context)
            self.block(node.body)
        elif isinstance(node, s.Try):
            for block in (node.body, *(h.body for h in node.handlers), node.orelse, node.final):
                self.block(block)
        elif isinstance(node, s.FunctionDef):
            self.inside(node, None)  # whatever it does to the class is done, should it be called

    def loop(self, node: s.For) -> None:
        """Over texts as often as there are, over the classes that the function got, else once."""
        self.expression(node.iterable)
        if isinstance(node.target, s.Name):
            if isinstance(node.iterable, s.Name) and node.iterable.id == self.several:
                self.targets.add(node.target.id)
            items = node.iterable.items if isinstance(node.iterable, s.Seq) else ()
            if len(items) <= MOST_ROUNDS and all(isinstance(item, s.Str) for item in items):
                for item in items:
                    self.store(node.target, item)
                    self.block(node.body)
                return self.block(() if items else (*node.body, *node.orelse))
        self.block(node.body)
        self.block(node.orelse)

    def assign(self, node: s.Assign) -> None:
        if node.value is None:
            return
        value = node.value
        self.expression(value)
        for target in node.targets:
            self.store(target, value)

    def store(self, target: s.Expr, value: s.Expr | None) -> None:
        if isinstance(target, s.Name):
            if value is not None and self.is_class(value):
                self.targets.add(target.id)
            elif value is not None and (text := self.text(value)) is not None:
                self.known[target.id] = text
            else:
                self.known.pop(target.id, None)
                if isinstance(value, s.Call):
                    self.made[target.id] = value
                    if self.makes_class(value):
                        self.targets.add(target.id)
        elif isinstance(target, s.Attr) and self.is_class(target.value):
            self.add(target.name, value)
        elif isinstance(target, s.Sub) and self.is_namespace(target.value):
            self.add_named(target.index, value)

    def makes_class(self, call: s.Call) -> bool:
        """`new_class = super().__new__(…)` in a metaclass."""
        return isinstance(call.func, s.Attr) and call.func.name == "__new__"

    def is_class(self, expr: s.Expr) -> bool:
        if isinstance(expr, s.Call):  # `model = validate(model)`
            function = self.called(expr.func)
            for index, arg in enumerate(expr.args if function is not None and not function.unit.is_django else ()):
                if isinstance(arg, s.Name) and arg.id in self.targets:
                    return self.handed(function, index, expr).returns  # type: ignore[arg-type]  # not None: see above
            return False
        return isinstance(expr, s.Name) and expr.id in self.targets

    def is_namespace(self, expr: s.Expr) -> bool:
        """`attrs["name"] = …` in a metaclass, `cls.__dict__[…]`."""
        if isinstance(expr, s.Name):
            return expr.id == self.namespace
        return isinstance(expr, s.Attr) and expr.name == "__dict__" and self.is_class(expr.value)

    def add(self, name: str, value: s.Expr | None) -> None:
        if name.startswith("_meta"):
            return
        call = value if isinstance(value, s.Call) else None
        if isinstance(value, s.Name):
            call = self.made.get(value.id)
        self.effects.added.append(Added(name, self.unit, call))

    # --- expressions ---

    def expression(self, expr: s.Expr) -> None:
        for call in calls(expr):
            self.call(call)

    @property
    def is_metaclass(self) -> bool:
        """Whether this is a method of a metaclass."""
        return self.names.is_subclass(self.function.owner, *_METACLASSES)

    def own_method(self, method: str) -> None:
        """`new_class.prepare()`: a method of the metaclass, which gets the class, or one of the class's own."""
        owner = self.function.owner
        assert owner is not None
        for cls in self.names.mro(owner)[0]:
            node = cls.member(method) if isinstance(cls, ClassSymbol) else None
            if isinstance(cls, ClassSymbol) and isinstance(node, s.FunctionDef):
                if not cls.unit.is_django:
                    self.effects.take(self.effects_of.of(FunctionSymbol(cls.unit, node, cls), 0, None, self.depth + 1))
                return

    def call(self, call: s.Call) -> None:
        func = call.func
        method = last_name(func)
        if method == "setattr" and len(call.args) == 3:
            if self.is_class(call.args[0]):
                self.add_named(call.args[1], call.args[2])
        elif method == "add_to_class" and isinstance(func, s.Attr) and len(call.args) == 2:
            if self.is_class(func.value):
                self.add_named(call.args[0], call.args[1])
            elif self.is_metaclass:
                self.effects.open(f"`{self.function.qualname}` adds names to other classes")
        elif method == "contribute_to_class" and isinstance(func, s.Attr):
            self.contributed(func.value, call)
        elif method in ("exec", "eval"):
            self.effects.open(f"`{self.function.qualname}` runs code")
        elif method in ("update", "setdefault") and isinstance(func, s.Attr) and self.is_namespace(func.value):
            self.effects.open(f"`{self.function.qualname}` adds names")
        elif isinstance(func, s.Attr) and self.is_metaclass and self.is_class(func.value):
            self.own_method(method)
        elif method not in _HARMLESS and method not in _REMEMBERING:
            self.handed_on(call)

    def add_named(self, name: s.Expr, value: s.Expr | None) -> None:
        text = self.text(name)
        if text is not None:
            self.add(text, value)
        elif value is not None and self.is_no_field(value):
            self.effects.open_attributes = True
        else:
            self.effects.open(f"`{self.function.qualname}` adds names")

    def is_no_field(self, value: s.Expr) -> bool:
        """Whether a value is surely neither a field nor something that contributes to a model."""
        if isinstance(value, s.Call) and isinstance(value.func, s.Name):
            return value.func.id in ("property", "classmethod", "staticmethod")
        return isinstance(value, (s.Lambda, s.Lit, s.Str, s.FString, s.Seq, s.Dict)) or (
            isinstance(value, s.Name) and value.id in self.inner
        )

    def contributed(self, value: s.Expr, call: s.Call) -> None:
        """`SomeField().contribute_to_class(cls, "name")`; `super()`'s is Django's own, or was read as a base's."""
        if _is_super(value):
            return
        if len(call.args) < 2 or not self.is_class(call.args[0]):
            return
        if isinstance(value, s.Name) and value.id in self.made:
            value = self.made[value.id]
        if isinstance(value, (s.Call, s.Name)):
            self.add_named(call.args[1], value)
            if not isinstance(value, s.Call):
                symbol = self.names.follow(self.names.resolve(self.unit, value))
                if not isinstance(symbol, ClassSymbol):  # `Base.contribute_to_class(self, cls, name)` is a super call
                    self.effects.open(f"`{self.function.qualname}` contributes a field")

    def handed_on(self, call: s.Call) -> None:
        for index, arg in enumerate(call.args):
            if self.is_class(arg):
                self.followed(call, index)
            elif self.is_namespace(arg):
                self.effects.open(f"`{self.function.qualname}` hands the class body on")
        for keyword in call.keywords:
            if self.is_class(keyword.value) and keyword.name not in ("sender", "model", "to"):
                self.effects.open(f"`{self.function.qualname}` hands the class on")

    def followed(self, call: s.Call, index: int) -> None:
        if isinstance(call.func, s.Name) and call.func.id in self.inner:
            self.inside(self.inner.pop(call.func.id), call)  # taken out while it is read: it may call itself
            return
        target: Symbol | None = self.called(call.func)
        if target is None:
            default = self.default(call.func)
            target = self.names.follow(self.names.resolve(self.unit, default or call.func, self.function.owner))
        if isinstance(target, FunctionSymbol) and target.unit.is_django:
            return
        if isinstance(target, FunctionSymbol):
            self.effects.take(self.handed(target, index, call))
        elif isinstance(target, ClassSymbol):
            return  # an object that holds the class: descriptors, registries
        elif isinstance(target, External) and target.dotted.startswith(
            ("functools.", "inspect.", "logging.", "warnings.")
        ):
            return
        else:
            self.effects.open(f"`{self.function.qualname}` hands the class to code that was not found")

    def default(self, func: s.Expr) -> s.Expr | None:
        """What a parameter is unless a caller says otherwise: `def register(self, model, adapter_cls=Adapter)`."""
        name = func.id if isinstance(func, s.Name) else ""
        return next((param.default for param in self.function.node.params if param.name == name), None)

    def handed(self, function: FunctionSymbol, index: int, call: s.Call) -> Effects:
        """What a function does to the class that is its argument of this index."""
        following = self.text(call.args[index + 1]) if index + 1 < len(call.args) else None
        if isinstance(call.func, s.Attr) and function.owner is not None:
            index += 1  # its first parameter is what the method is called on
        return self.effects_of.of(function, index, following, self.depth + 1)

    def inside(self, node: s.FunctionDef, call: s.Call | None) -> None:
        """A function inside this one: what it does, called with these arguments, or perhaps some time with others."""
        known = dict(self.known)
        for param in node.params:
            self.known.pop(param.name, None)
        for param, arg in zip(node.params, call.args if call is not None else (), strict=False):
            text = text_of(arg, known, self.returned)
            if text is not None:
                self.known[param.name] = text
            elif self.is_class(arg):
                self.targets.add(param.name)
        self.block(self.unit.body(node).statements)
        self.inner[node.name] = node
        self.known = known

    def text(self, expr: s.Expr) -> str | None:
        return text_of(expr, self.known, self.returned)

    def returned(self, call: s.Call) -> str | None:
        """The string that a call of a function of one `return` gives."""
        function = self.called(call.func)
        if function is None:
            return None
        statements = function.unit.body(function.node).statements
        if len(statements) != 1 or not isinstance(statements[0], s.Return) or statements[0].value is None:
            return None
        params = function.node.params[1 if function.owner is not None else 0 :]
        texts = [(param.name, self.text(arg)) for param, arg in zip(params, call.args, strict=False)]
        return text_of(statements[0].value, {name: text for name, text in texts if text is not None})

    def called(self, func: s.Expr) -> FunctionSymbol | None:
        """The function or method that is called: through `self`, a class, or a local instance of one."""
        target = self.names.follow(self.names.resolve(self.unit, func, self.function.owner))
        if target is None and isinstance(func, s.Attr):
            if _is_super(func.value) and self.function.owner is not None:
                return self.inherited(func.name)
            cls = self.class_of(func.value)
            target = self.names.attribute(cls, func.name, self.unit) if cls is not None else None
        return target if isinstance(target, FunctionSymbol) else None

    def inherited(self, name: str) -> FunctionSymbol | None:
        """The method that `super().name` calls."""
        assert self.function.owner is not None
        for cls in self.names.mro(self.function.owner)[0][1:]:
            node = cls.member(name) if isinstance(cls, ClassSymbol) else None
            if isinstance(cls, ClassSymbol) and isinstance(node, s.FunctionDef):
                return FunctionSymbol(cls.unit, node, cls)
        return None

    def class_of(self, expr: s.Expr) -> ClassSymbol | None:
        """The class of `self` or of a local variable, or the class that an expression names."""
        params = self.function.node.params
        if isinstance(expr, s.Name) and params and expr.id == params[0].name:
            return self.function.owner
        if isinstance(expr, s.Name) and expr.id in self.made:
            return self.class_of(self.made[expr.id].func)
        symbol: Symbol | None = None
        if isinstance(expr, s.Attr) and isinstance(expr.value, s.Name) and params and expr.value.id == params[0].name:
            if self.function.owner is not None:  # `self.descriptor_class`
                symbol = self.names.attribute(self.function.owner, expr.name, self.unit)
        else:
            symbol = self.names.resolve(self.unit, expr)
        symbol = self.names.follow(symbol)
        if isinstance(symbol, ValueSymbol) and isinstance(symbol.value, s.Call):  # an instance at module level
            symbol = self.names.follow(self.names.resolve(symbol.unit, symbol.value.func))
        return symbol if isinstance(symbol, ClassSymbol) else None


def _is_super(expr: s.Expr) -> bool:
    return isinstance(expr, s.Call) and isinstance(expr.func, s.Name) and expr.func.id == "super"
