"""What the body of a class declares for a model: fields, managers, and whether anything in it escapes reading."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Union

from linter.facts import syntax as s
from linter.project.models.arguments import Argument, Unsaid
from linter.project.models.class_effects import Added, ClassEffects, Effects
from linter.project.models.field_classes import FieldClass, FieldClasses, is_django
from linter.project.names import choose
from linter.project.trace import memo
from linter.project.units import Binding, ClassSymbol, External, FunctionSymbol, Unit, ValueSymbol, walk

if TYPE_CHECKING:
    from linter.project.names import Names

DEEPEST = 8

Options = dict[str, Union[Argument, Unsaid]]


@dataclass(eq=False)
class Declared:
    """A field in a class body, not yet of any model. `at` may stand in `function`'s body (None: at class level)."""

    name: str
    owner: ClassSymbol
    unit: Unit
    call: s.Call
    field_class: FieldClass
    options: Options
    added_by: Declared | None = None  # the field whose contribute_to_class made this one


@dataclass(eq=False)
class DeclaredManager:
    name: str
    owner: ClassSymbol
    unit: Unit
    call: s.Call


@dataclass
class Body:
    """`names` are all that the class itself binds (they hide inherited ones); `contributed` what fields put on it."""

    names: frozenset[str] = frozenset()
    fields: dict[str, Declared] = field(default_factory=dict)
    managers: dict[str, DeclaredManager] = field(default_factory=dict)
    contributed: set[str] = field(default_factory=set)
    unsure: dict[str, str] = field(default_factory=dict)  # names that may or may not be fields -> why
    open_reason: str = ""

    def open(self, reason: str) -> None:
        self.open_reason = self.open_reason or reason


class Bodies:
    def __init__(self, names: Names) -> None:
        self.names = names
        self.field_classes = FieldClasses(names)
        self.effects = ClassEffects(names)

    @memo
    def of(self, cls: ClassSymbol) -> Body:
        body = Body(frozenset(name for name, found in cls.names.items() if _binds(found)))
        for name, found in cls.names.items():
            binding = choose(found)
            if binding is not None and isinstance(binding.node, s.Assign):
                value = _value(binding.node, name)
                if value is not None:
                    self._value(body, cls, name, value, binding)
        self._statements(body, cls)
        return body

    def _statements(self, body: Body, cls: ClassSymbol) -> None:
        for node, _ in walk(cls.node.body):
            if isinstance(node, s.For):
                body.open(f"a loop in the body of `{cls.name}`")
            elif isinstance(node, s.ExprStmt) and isinstance(node.value, s.Call):
                if _touches_namespace(node.value):
                    body.open(f"a call in the body of `{cls.name}`")
            elif isinstance(node, s.Assign) and any(isinstance(t, s.Sub) for t in node.targets):
                body.open(f"`{cls.name}` fills its own namespace")

    def _value(self, body: Body, cls: ClassSymbol, name: str, value: s.Expr, binding: Binding) -> None:
        found = self.instance(cls.unit, value, cls)
        if found is None:
            return
        unit, call, field_class = found
        if field_class.kind == "unknown":
            body.unsure[name] = field_class.open_reason
            body.open(field_class.open_reason)
            return
        if binding.guard in ("if", "for", "try") and field_class.kind != "attribute" and _optional(cls, name):
            body.open(f"`{name}` is declared under a condition")
        self.declare(body, cls, name, unit, call, field_class)

    def declare(
        self,
        body: Body,
        cls: ClassSymbol,
        name: str,
        unit: Unit,
        call: s.Call,
        field_class: FieldClass,
        added_by: Declared | None = None,
    ) -> None:
        declared: Declared | None = None
        if field_class.is_field:
            options = field_class.signature.options(unit, call)
            declared = Declared(name, cls, unit, call, field_class, options, added_by)
            body.fields[name] = declared
        elif field_class.kind == "manager":
            body.managers[name] = DeclaredManager(name, cls, unit, call)
        if field_class.open_reason:
            body.open(field_class.open_reason)
        for function in field_class.contributes:
            self.apply(body, cls, self.effects.of(function, 1, name), declared)

    def apply(self, body: Body, cls: ClassSymbol, effects: Effects, by: Declared | None) -> None:
        """Put on a class what code was seen to put there."""
        if effects.open_reason:
            body.open(effects.open_reason)
        for added in effects.added:
            self._added(body, cls, added, by)

    def _added(self, body: Body, cls: ClassSymbol, added: Added, by: Declared | None) -> None:
        if added.name in cls.names or added.name in body.fields:
            return
        found = self.instance(added.unit, added.call, None) if added.call is not None else None
        if found is None or found[2].kind == "attribute":
            body.contributed.add(added.name)
        elif found[2].kind == "unknown":
            body.unsure[added.name] = found[2].open_reason
            body.open(found[2].open_reason)
        else:
            self.declare(body, cls, added.name, *found, added_by=by)

    # --- what an expression is an instance of ---

    def instance(
        self, unit: Unit, expr: s.Expr, owner: ClassSymbol | None, depth: int = 0
    ) -> tuple[Unit, s.Call, FieldClass] | None:
        """The call that makes a value, and the class it makes an instance of; None for what surely contributes nothing."""
        if isinstance(expr, (s.Name, s.Attr)):
            symbol = self.names.follow(self.names.resolve(unit, expr))
            if isinstance(symbol, ValueSymbol) and isinstance(symbol.value, s.Call) and not symbol.unit.is_library:
                return self.instance(symbol.unit, symbol.value, symbol.owner, depth + 1) if depth < DEEPEST else None
            return None
        if isinstance(expr, s.Cond):
            found = self.instance(unit, expr.body, owner, depth + 1), self.instance(unit, expr.orelse, owner, depth + 1)
            either = found[0] or found[1]
            return (unit, s.Call(expr), self._unknown(unit, "a field that depends on a condition")) if either else None
        if not isinstance(expr, s.Call):
            return None
        return self._made(unit, expr, owner, depth)

    def _made(
        self, unit: Unit, call: s.Call, owner: ClassSymbol | None, depth: int
    ) -> tuple[Unit, s.Call, FieldClass] | None:
        func = call.func
        if isinstance(func, s.Attr) and func.name == "as_manager":
            return unit, call, self._manager
        if isinstance(func, s.Call):
            if isinstance(func.func, s.Attr) and func.func.name == "from_queryset":
                return unit, call, self._manager
            return unit, call, self._unknown(unit, "a field made by a call of a call")
        symbol = self.names.follow(self.names.resolve(unit, func, owner))
        if isinstance(symbol, (ClassSymbol, External)):
            found = self.field_classes.of(symbol)
            return None if found.kind == "attribute" and not found.contributes else (unit, call, found)
        if depth > DEEPEST:
            return unit, call, self._unknown(unit, "a chain of calls")
        if isinstance(symbol, FunctionSymbol):
            return self._returned(symbol, call, depth)
        if isinstance(symbol, ValueSymbol):
            return self._of_value(symbol, unit, call, depth)
        return self._unresolved(unit, call)

    @property
    def _manager(self) -> FieldClass:
        manager = self.names.find("django.db.models.manager.Manager")
        return self.field_classes.of(
            manager if isinstance(manager, ClassSymbol) else External("django.db.models.Manager")
        )

    def _unknown(self, unit: Unit, what: str) -> FieldClass:
        found = self.field_classes.of(External("?"))
        return FieldClass(found.symbol, "unknown", found.signature, open_reason=f"{what} in {unit.name}")

    def _returned(self, function: FunctionSymbol, call: s.Call, depth: int) -> tuple[Unit, s.Call, FieldClass] | None:
        """A function of the project that makes fields: what it returns, where that is one call."""
        unit = function.unit
        if unit.is_library and unit.name.startswith("django."):
            return None
        found: list[tuple[Unit, s.Call, FieldClass]] = []
        for node, _ in walk(unit.body(function.node).statements):
            if isinstance(node, s.Return) and node.value is not None and not node.is_yield:
                one = self.instance(unit, node.value, None, depth + 1)
                if one is not None:
                    found.append(one)
        if not found:
            return None
        if len(found) == 1 and found[0][2].kind != "unknown":
            return found[0]
        return unit, call, self._unknown(unit, f"what `{function.qualname}` returns")

    def _of_value(
        self, symbol: ValueSymbol, unit: Unit, call: s.Call, depth: int
    ) -> tuple[Unit, s.Call, FieldClass] | None:
        """A call of something that was assigned: `Manager.from_queryset(…)`, `partial(ForeignKey, …)`, `lazy(…)`."""
        value = symbol.value
        if isinstance(value, s.Call) and isinstance(value.func, s.Attr) and value.func.name == "from_queryset":
            return unit, call, self._manager
        if symbol.unit.is_library and symbol.unit.name.startswith("django."):
            return None
        if isinstance(value, s.Call) and value.args:
            name = self.names.full_name(symbol.unit, value.func)
            if name == "functools.partial":
                whole = s.Call(value.args[0], (*value.args[1:], *call.args), (*call.keywords, *value.keywords), call.at)
                return self._made(symbol.unit, whole, symbol.owner, depth + 1)
        if isinstance(value, s.Lambda):
            return self.instance(symbol.unit, value.body, None, depth + 1)
        return unit, call, self._unknown(unit, "a field of a class that is made by a call")

    def _unresolved(self, unit: Unit, call: s.Call) -> tuple[Unit, s.Call, FieldClass] | None:
        """A builtin (`property(…)`), a method of a value (`"…".format()`); else something that was not found."""
        func = call.func
        if isinstance(func, s.Name):
            return None if is_builtin(func.id) else (unit, call, self._unknown(unit, f"`{func.id}`"))
        if isinstance(func, s.Attr):
            root = func.value
            while isinstance(root, s.Attr):
                root = root.value
            if isinstance(root, s.Name) and not is_builtin(root.id):
                base = self.names.follow(self.names.resolve(unit, root))
                if base is None and root.id not in unit.names:
                    return None  # a method of a name in the class body: `name.short_description()`
                if isinstance(base, ClassSymbol) and not is_django(base):
                    return unit, call, self._unknown(unit, f"`{func.name}`")
        return None


def is_builtin(name: str) -> bool:
    import builtins

    return hasattr(builtins, name)


def _binds(found: list[Binding]) -> bool:
    """Whether a name is really bound: a bare annotation binds nothing."""
    return any(not isinstance(b.node, s.Assign) or b.node.value is not None for b in found)


def _value(node: s.Assign, name: str) -> s.Expr | None:
    """The value that one of an assignment's plain targets gets."""
    for target in node.targets:
        if isinstance(target, s.Name) and target.id == name:
            return node.value
    return None


def _optional(cls: ClassSymbol, name: str) -> bool:
    """Whether all that binds a name stands under a condition."""
    return all(binding.guard for binding in cls.names.get(name, ()))


def _touches_namespace(call: s.Call) -> bool:
    func = call.func
    if isinstance(func, s.Name):
        return func.id in ("exec", "eval", "setattr")
    root: s.Expr = func
    while isinstance(root, (s.Attr, s.Call)):
        root = root.value if isinstance(root, s.Attr) else root.func
    return isinstance(root, s.Name) and root.id in ("locals", "vars")
