"""What the body of a class declares for a model: fields, managers, and whether anything in it escapes reading."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from linter.catalogue import Injected, injected
from linter.facts import syntax as s
from linter.project.models.class_effects import Added, ClassEffects, Effects
from linter.project.models.field_classes import FieldClass, FieldClasses
from linter.project.models.instances import Instances, Made, Options
from linter.project.names import choose
from linter.project.trace import cached_property, memo
from linter.project.units import Binding, ClassSymbol, Unit, bindings, walk

if TYPE_CHECKING:
    from linter.project.names import Names


class Declared(msgspec.Struct, eq=False):
    """A field in a class body, not yet of any model. `at` may stand in `function`'s body (None: at class level)."""

    name: str
    owner: ClassSymbol
    unit: Unit
    call: s.Call
    field_class: FieldClass
    options: Options
    added_by: Declared | None = None  # the field whose contribute_to_class made this one


class DeclaredManager(msgspec.Struct, eq=False):
    name: str
    owner: ClassSymbol
    unit: Unit
    call: s.Call


class Body(msgspec.Struct):
    """`names` are all that the class itself binds (they hide inherited ones); `contributed` what fields put on it."""

    names: frozenset[str] = frozenset()
    fields: dict[str, Declared] = msgspec.field(default_factory=dict)
    managers: dict[str, DeclaredManager] = msgspec.field(default_factory=dict)
    contributed: set[str] = msgspec.field(default_factory=set)
    injected: list[tuple[str, Injected]] = msgspec.field(
        default_factory=list
    )  # fields that were seen at run time, by name
    optional: dict[str, Declared] = msgspec.field(
        default_factory=dict
    )  # fields in the branch of a condition that is not taken
    unsure: dict[str, str] = msgspec.field(default_factory=dict)  # names that may or may not be fields -> why
    unread: set[str] = msgspec.field(
        default_factory=set
    )  # those of them that put only names called after themselves on it
    open_attributes: bool = False  # names are put on it that were not seen, and that are no fields
    has_helpers: bool = False  # something of a library that is no field, and may make other models
    open_reason: str = ""

    def open(self, reason: str) -> None:
        self.open_reason = self.open_reason or reason


class Bodies:
    def __init__(self, names: Names) -> None:
        self.names = names
        self.field_classes = FieldClasses(names)
        self.instances = Instances(names, self.field_classes)
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
        made = self.instances.of(cls.unit, value, cls)
        if made is None:
            return
        if made.field_class.kind == "unknown":
            self._unsure(body, name, made)
            return
        if _optional(cls, name) and made.field_class.is_field:
            if _kinds(cls, name) > 1:
                body.open(f"`{name}` is declared under a condition")
            elif name in self._other_branch(cls):
                body.optional[name] = Declared(name, cls, made.unit, made.call, made.field_class, made.options)
                return
        self.declare(body, cls, name, made)

    def _unsure(self, body: Body, name: str, made: Made) -> None:
        body.unsure[name] = made.field_class.open_reason
        if made.field_class.names_after_itself:
            body.unread.add(name)
        else:
            body.open(made.field_class.open_reason)

    def declare(self, body: Body, cls: ClassSymbol, name: str, made: Made, added_by: Declared | None = None) -> None:
        field_class = made.field_class
        declared: Declared | None = None
        if field_class.is_field:
            declared = Declared(name, cls, made.unit, made.call, field_class, made.options, added_by)
            body.fields[name] = declared
        elif field_class.kind == "manager":
            body.managers[name] = DeclaredManager(name, cls, made.unit, made.call)
        if field_class.open_reason:
            body.open(field_class.open_reason)
        if field_class.kind == "attribute" and isinstance(field_class.symbol, ClassSymbol):
            body.has_helpers = body.has_helpers or field_class.symbol.unit.is_library
        for function in field_class.contributes:
            seen = self.injected.get(function.owner.dotted if function.owner is not None else "")
            if seen is None:
                self.apply(body, cls, self.effects.of(function, 1, name), declared)
            else:
                body.injected.extend((each.name.replace("{}", name), each) for each in seen)

    @memo
    def _other_branch(self, cls: ClassSymbol) -> frozenset[str]:
        """The names that only the first branch of an `if … else …` binds: the `else` is what holds by default."""
        found: set[str] = set()
        for node, _ in walk(cls.node.body):
            if isinstance(node, s.If) and node.orelse:
                found |= bindings(node.body).keys() - bindings(node.orelse).keys()
        return frozenset(found)

    @cached_property
    def injected(self) -> Mapping[str, tuple[Injected, ...]]:
        return injected()

    def inject(self, body: Body, cls: ClassSymbol) -> None:
        """The fields that a library's class was seen to put on those that inherit it."""
        body.injected.extend((each.name, each) for each in self.injected[cls.dotted])

    def apply(self, body: Body, cls: ClassSymbol, effects: Effects, by: Declared | None) -> None:
        """Put on a class what code was seen to put there."""
        if effects.open_reason:
            body.open(effects.open_reason)
        body.open_attributes = body.open_attributes or effects.open_attributes
        for added in effects.added:
            self._added(body, cls, added, by)

    def _added(self, body: Body, cls: ClassSymbol, added: Added, by: Declared | None) -> None:
        if added.name in cls.names or added.name in body.fields:
            return
        made = self.instances.of(added.unit, added.call, None) if added.call is not None else None
        if made is None or made.field_class.kind == "attribute":
            body.contributed.add(added.name)
        elif made.field_class.kind == "unknown":
            self._unsure(body, added.name, made)
        else:
            self.declare(body, cls, added.name, made, added_by=by)


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


def _kinds(cls: ClassSymbol, name: str) -> int:
    """How many things a name may be, where what binds it stands in several branches."""
    return sum(not isinstance(b.node, s.Assign) or b.node.value is not None for b in cls.names.get(name, ()))


def _touches_namespace(call: s.Call) -> bool:
    func = call.func
    if isinstance(func, s.Name):
        return func.id in ("exec", "eval", "setattr")
    root: s.Expr = func
    while isinstance(root, (s.Attr, s.Call)):
        root = root.value if isinstance(root, s.Attr) else root.func
    return isinstance(root, s.Name) and root.id in ("locals", "vars")
