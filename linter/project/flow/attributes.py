"""What `value.name` is. None, "there is no such name", is said only of values whose every name was seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from linter.facts import syntax as s
from linter.project.flow import library, managers, mapped, options, querysets
from linter.project.flow.frames import Store
from linter.project.names import callee, last_name
from linter.project.types import (
    NEVER,
    NONE,
    STR,
    UNKNOWN,
    ClassType,
    Constant,
    DictType,
    Function,
    Instance,
    LibraryThing,
    Method,
    ModelInstance,
    ModuleType,
    PendingType,
    QuerySet,
    Scalar,
    Sequence,
    Super,
    TupleType,
    Type,
    UnknownType,
    members,
    union,
)
from linter.project.units import Binding, ClassSymbol, External, FunctionSymbol, ModuleSymbol, ValueSymbol

if TYPE_CHECKING:
    from linter.project.flow import Flow
    from linter.project.models import Field

PROPERTIES = frozenset({"property", "cached_property", "classproperty", "lazy_property", "hybrid_property"})


def attribute(flow: Flow, kind: Type, name: str) -> Type | None:
    if isinstance(kind, PendingType):
        return kind
    found: list[Type] = []
    asked = [m for m in members(kind) if m != NONE]  # nobody asks None for anything on purpose
    if not asked:
        return UNKNOWN
    for member in asked:
        value = _attribute(flow, member, name)
        if isinstance(value, UnknownType):
            return UNKNOWN
        if value is not None:
            found.append(value)
    return union(*found) if found else None


def _attribute(flow: Flow, kind: Type, name: str) -> Type | None:
    if isinstance(kind, ModelInstance):
        return model_attribute(flow, kind, name)
    if isinstance(kind, QuerySet):
        return querysets.attribute(flow, kind, name)
    if isinstance(kind, Instance):
        return instance_attribute(flow, kind, name)
    if isinstance(kind, ClassType):
        return class_attribute(flow, kind, name)
    if isinstance(kind, Super):
        return super_attribute(flow, kind, name)
    if isinstance(kind, ModuleType):
        return module_attribute(flow, kind, name)
    if isinstance(kind, LibraryThing):
        return library.attribute(flow, kind, name)
    if isinstance(kind, (DictType, Sequence, TupleType)) or (isinstance(kind, (Constant, Scalar)) and _is_text(kind)):
        return Method(kind, name)
    return UNKNOWN


def _is_text(kind: Constant | Scalar) -> bool:
    return isinstance(kind.value, str) if isinstance(kind, Constant) else kind == STR


# --- model instances --------------------------------------------------------------------------------------------------


def model_attribute(flow: Flow, kind: ModelInstance, name: str) -> Type | None:
    model = kind.model
    if kind.or_subclass and flow.hierarchy.is_overridden(model.symbol, name):
        return UNKNOWN
    field = model.fields.get(name)
    if field is not None:
        return field_value(flow, field)
    reverse = model.accessors.get(name)
    if reverse is not None:
        if reverse.is_single:
            return ModelInstance(reverse.model)
        return managers.manager(flow, reverse.model)
    if name in kind.extra:
        return UNKNOWN
    if name == "__class__":
        return ClassType(model.symbol, model, kind.or_subclass)
    if name == "_meta":
        return options.of(model) if not kind.or_subclass else UNKNOWN
    value = member_value(flow, model.symbol, name, kind) if name != "pk" else None
    if value is not None:
        return value
    if name == "pk" or any(f.attname == name for f in model.fields.values()):
        return Scalar("key")
    if kind.is_open or not model.lacks_attribute(name):
        return UNKNOWN
    return UNKNOWN if may_be_given(flow, model.symbol, name) else None


def field_value(flow: Flow, field: Field) -> Type:
    if not field.is_relation:
        return Scalar(field.type)
    if field.related is None:
        return UNKNOWN
    if field.many_to_many or field.field_class.kind == "generic_relation":
        return managers.manager(flow, field.related)
    if field.field_class.kind == "other_relation":
        # Neither one row nor Django's own manager: tags, and what else there is.
        return replace(managers.manager(flow, field.related), is_open=True) if "Manager" in field.type else UNKNOWN
    return union(ModelInstance(field.related), NONE) if field.null else ModelInstance(field.related)


def may_be_given(flow: Flow, cls: ClassSymbol, name: str) -> bool:
    """Whether a name that a class lacks may come from elsewhere: assigned to some object anywhere in the project, asked
    for by `hasattr`, defined by a class below, set by a method of a library's class, or answered by `__getattr__`."""
    return name in flow.given_names or may_be_answered(flow, cls, name)


def may_be_answered(flow: Flow, cls: ClassSymbol, name: str) -> bool:
    """The same, without what is given to objects from outside."""
    if flow.hierarchy.has_member(cls, "__getattr__", "__getattribute__"):
        return True
    above = [base for base in flow.names.mro(cls)[0] if isinstance(base, ClassSymbol) and base.unit.is_library]
    if any(name in flow.hierarchy.stores(base) for base in above):
        return True
    return any(name in sub.names or name in flow.hierarchy.stores(sub) for sub in flow.hierarchy.subclasses(cls))


def is_given_to_others(flow: Flow, kind: Type, name: str) -> bool:
    """Whether nothing but that some code gives some object a name keeps it from being one that `kind` lacks; and that object
    is surely something else."""
    if isinstance(kind, ModelInstance):
        lacks = not kind.is_open and name not in kind.extra and kind.model.lacks_attribute(name)
        cls, or_subclass = kind.model.symbol, kind.or_subclass
    elif isinstance(kind, Instance):
        cls, or_subclass = kind.symbol, kind.or_subclass
        lacks = mapped.mapper(flow, cls) is None and _lacks_plainly(flow, kind, name)
    else:
        return False
    if not lacks or name not in flow.given_names or (or_subclass and flow.hierarchy.is_overridden(cls, name)):
        return False
    return not may_be_answered(flow, cls, name) and not flow.givers.may_give(cls, name)


def _lacks_plainly(flow: Flow, kind: Instance, name: str) -> bool:
    cls = kind.symbol
    if not flow.names.mro(cls)[1] or cls.node.keywords or _sets_by_name(flow, cls):
        return False
    return member_value(flow, cls, name, kind) is None and library.inherited(flow, cls, name, kind) is None


# --- classes and their instances --------------------------------------------------------------------------------------


def instance_attribute(flow: Flow, kind: Instance, name: str) -> Type | None:
    cls = kind.symbol
    if kind.or_subclass and flow.hierarchy.is_overridden(cls, name):
        return UNKNOWN
    table = mapped.mapper(flow, cls)
    value = mapped.instance_attribute(flow, table, name) if table is not None else None
    if value is None:
        value = member_value(flow, cls, name, kind)
    if value is not None:
        return value
    if table is not None:
        return UNKNOWN if mapped.may_have(table, name) or may_be_given(flow, cls, name) else None
    if name == "__class__":
        return ClassType(cls)
    value = library.inherited(flow, cls, name, kind)
    if value is not None:
        return value
    complete = flow.names.mro(cls)[1]
    if not complete or cls.node.keywords or may_be_given(flow, cls, name) or _sets_by_name(flow, cls):
        return UNKNOWN
    return None


def _sets_by_name(flow: Flow, cls: ClassSymbol) -> bool:
    """Whether a module of a class's line has `setattr` or `__dict__` in it: too coarse to blame anybody, and enough."""
    units = {
        base.unit for base in flow.names.mro(cls)[0] if isinstance(base, ClassSymbol) and not managers.is_plain(base)
    }
    return any(unit.mentions("setattr") or unit.mentions("__dict__") for unit in units)


def class_attribute(flow: Flow, kind: ClassType, name: str) -> Type | None:
    cls = kind.symbol
    if kind.or_subclass and flow.hierarchy.is_overridden(cls, name):
        return UNKNOWN
    model = kind.model
    if model is not None:
        found = querysets.class_attribute(flow, model, name)
        if found is not None:
            return found
    if name == "__name__":
        return Constant(cls.name)
    rows = mapped.class_attribute(flow, kind, name)
    if rows is not None:
        return rows
    value = member_value(flow, cls, name, kind)
    if value is not None:
        return value
    value = library.inherited(flow, cls, name, kind)
    return UNKNOWN if value is None else value


def super_attribute(flow: Flow, kind: Super, name: str) -> Type | None:
    """The name in the classes after `owner` in the order of the receiver's own class."""
    receiver = kind.receiver
    cls = class_of(receiver)
    if cls is None:
        return _queryset_super(flow, receiver, kind.owner, name)
    order = flow.names.mro(cls)[0]
    after = order[order.index(kind.owner) + 1 :] if kind.owner in order else ()
    for base in after:
        if isinstance(base, External):
            break
        value = own_value(flow, base, name, receiver)
        if value is not None:
            return value
    inherited = library.inherited(flow, cls, name, receiver)
    return UNKNOWN if inherited is None else inherited


def _queryset_super(flow: Flow, receiver: Type, owner: ClassSymbol, name: str) -> Type:
    found: list[Type] = []
    for member in members(receiver):
        if not isinstance(member, QuerySet):
            return UNKNOWN
        found.append(querysets.super_attribute(flow, member, owner, name))
    return union(*found) if found else UNKNOWN


def class_of(kind: Type) -> ClassSymbol | None:
    if isinstance(kind, (Instance, ClassType)):
        return kind.symbol
    if isinstance(kind, ModelInstance):
        return kind.model.symbol
    return None


def member_value(flow: Flow, cls: ClassSymbol, name: str, receiver: Type) -> Type | None:
    """What a name of a class is, seen from `receiver`, along the method resolution order of source that was read."""
    for base in flow.names.mro(cls)[0]:
        if isinstance(base, External):
            continue
        value = own_value(flow, base, name, receiver)
        if value is not None:
            return value
    return None


def own_value(flow: Flow, cls: ClassSymbol, name: str, receiver: Type) -> Type | None:
    """What one class says of a name: its body, and what its methods assign to `self`; None where it says nothing."""
    if cls.unit.is_library and library.has_rule(cls, name):
        return None
    binding = binding_of(cls, name)
    value: Type | None = None
    if binding is not None:
        node = binding.node
        if isinstance(node, s.FunctionDef):
            return method_value(flow, FunctionSymbol(cls.unit, node, cls), receiver)
        value = class_value(flow, cls, name)
        if value is not None and isinstance(node, s.Assign):
            value = _described(flow, node, value, receiver)
    if cls.unit.is_library:
        return value
    stores = flow.hierarchy.stores(cls).get(name)
    if not stores:
        return value
    stored = stored_value(flow, stores, receiver)
    if stored == NEVER:  # methods only change what somebody else put there
        return value
    if value is None or isinstance(value, UnknownType):
        return stored
    return union(value, stored)


def binding_of(cls: ClassSymbol, name: str) -> Binding | None:
    """The binding of a class body that counts: not a property's setter, not what is there for type checkers only."""
    found = cls.names.get(name)
    if not found:
        return None
    for binding in reversed(found):
        node = binding.node
        if isinstance(node, s.FunctionDef):
            if binding.guard == "typing":
                continue
            if any(isinstance(dec, s.Attr) and dec.name in ("setter", "deleter") for dec in node.decorators):
                continue
        return binding
    return None


def class_value(flow: Flow, cls: ClassSymbol, name: str) -> Type | None:
    """What a class body binds to a name, not seen from any instance."""
    binding = binding_of(cls, name)
    if binding is None:
        return None
    node = binding.node
    if isinstance(node, s.FunctionDef):
        return Function(FunctionSymbol(cls.unit, node, cls))
    if isinstance(node, s.ClassDef):
        return flow.of_symbol(flow.names.class_symbol(cls.unit, node, f"{cls.qualname}.{node.name}", cls.function))
    if isinstance(node, s.Assign) and node.value is None:
        return flow.annotation(cls.unit, node.annotation or s.Unknown(), cls)
    value = flow.class_body_value(cls, name)
    if isinstance(value, TupleType) and flow.hierarchy.is_enumeration(cls):
        return UNKNOWN  # a member, which is made of what stands there
    return value


def _described(flow: Flow, node: s.Assign, value: Type, receiver: Type) -> Type:
    """Class-level values that answer for an instance: `name = property(getter)`, functions bound by assignment."""
    call = node.value
    if isinstance(call, s.Call) and isinstance(call.func, s.Name) and call.func.id in ("property", "cached_property"):
        if call.args and not isinstance(receiver, ClassType):
            scope_owner = value.about[0] if isinstance(value, LibraryThing) and value.about else UNKNOWN
            return flow.call(scope_owner, receiver)
        return UNKNOWN
    if isinstance(value, Function) and value.receiver is None and not isinstance(receiver, ClassType):
        return Function(value.symbol, receiver)
    if value == NONE and node.annotation is not None:
        return UNKNOWN
    return value


def stored_value(flow: Flow, stores: list[tuple[FunctionSymbol, Store]], receiver: Type) -> Type:
    """The union of what methods assign to one attribute of `self`."""
    found: Type = NEVER
    for symbol, store in stores:
        activation = flow.activation(symbol, receiver)
        value = flow.value_of(store.definition, activation)
        if store.annotation is not None and isinstance(value, UnknownType):
            value = flow.annotation(symbol.unit, store.annotation, symbol.owner)
        if store.key is not None:
            key = flow.read(store.key, activation, store.env)
            value = flow.with_key(DictType(values=NEVER), key, value)
        found = union(found, value)
        if isinstance(found, UnknownType):
            break
    return found


def method_value(flow: Flow, symbol: FunctionSymbol, receiver: Type) -> Type:
    """A method as it is read from a receiver: what a property gives, the bound method otherwise."""
    kind = decoration(symbol.node)
    if kind == "property":
        if isinstance(receiver, ClassType) and not _is_class_property(symbol.node):
            return UNKNOWN
        return flow.call(Function(symbol, receiver))
    if kind == "static":
        return Function(symbol)
    if kind == "class":
        cls = class_of(receiver)
        return Function(symbol, flow.of_symbol(cls) if cls is not None else receiver)
    if isinstance(receiver, ClassType):
        return Function(symbol)
    return Function(symbol, receiver)


def _is_class_property(node: s.FunctionDef) -> bool:
    return any(called_name(dec) == "classproperty" for dec in node.decorators)


def decoration(node: s.FunctionDef) -> str:
    """What its decorators make of a function: "property", "static", "class", or "" for a plain one."""
    for decorator in node.decorators:
        name = called_name(decorator)
        if name in PROPERTIES:
            return "property"
        if name == "staticmethod":
            return "static"
        if name == "classmethod":
            return "class"
    return "class" if node.name in ("__init_subclass__", "__class_getitem__", "setUpTestData", "setUpClass") else ""


def called_name(expr: s.Expr) -> str:
    """The last name of an expression, or of what it calls."""
    return last_name(callee(expr))


# --- modules ----------------------------------------------------------------------------------------------------------


def module_attribute(flow: Flow, kind: ModuleType, name: str) -> Type:
    unit = kind.unit
    symbol = flow.names.attribute(ModuleSymbol(unit), name, unit)
    if isinstance(symbol, ValueSymbol) or (symbol is None and name in unit.names):
        return flow.global_name(unit, name)
    return flow.of_symbol(symbol)
