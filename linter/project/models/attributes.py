"""What an instance of a model can be asked for besides its fields: what its classes bind, and what Django adds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from linter.facts import syntax as s
from linter.project.units import ClassSymbol, External, walk

if TYPE_CHECKING:
    from linter.project.models.index import Models
    from linter.project.models.model import Model

_PUT_ON_CONCRETE = ("DoesNotExist", "MultipleObjectsReturned", "_meta")
_SEES_ALL = ("__getattr__", "__getattribute__")


def attributes(model: Model) -> frozenset[str]:
    index = model.index
    found = set(model.assembly.contributed)
    found.update(_PUT_ON_CONCRETE)
    if index.names.find("django.core.exceptions.ObjectNotUpdated") is not None:
        found.add("NotUpdated")
    for cls in index.names.mro(model.symbol)[0]:
        if isinstance(cls, ClassSymbol):
            found.update(_mangled(cls.name, name) for name in cls.names)
            found.update(_mangled(cls.name, name) for name in _by_methods(index, cls).names)
            base = index.of(cls)
            if base is not None:  # class attributes of the parent, even of a field that is hidden here
                found.update(base.accessors)
                found.update(_of_fields(base))
    found.update(model.managers)
    ordered = [reverse.model for reverse in model.reverse]
    ordered += [field.related for field in model.fields.values() if field.related is not None]
    for other in ordered:
        if other.meta.option("order_with_respect_to") is not None:
            found.update((f"get_{other.model_name}_order", f"set_{other.model_name}_order"))
    if "_order" in model.fields:
        found.update(("get_next_in_order", "get_previous_in_order"))
    return frozenset(found)


def _mangled(cls: str, name: str) -> str:
    """`__name` in a class is `_Class__name`."""
    return f"_{cls.lstrip('_')}{name}" if name.startswith("__") and not name.endswith("__") else name


def _of_fields(model: Model) -> Iterator[str]:
    for field in model.fields.values():
        yield field.attname
        if field.choices is not False:
            yield f"get_{field.name}_display"
        if field.field_class.is_date and field.null is not True:
            yield f"get_next_by_{field.name}"
            yield f"get_previous_by_{field.name}"


class SetOnSelf(msgspec.Struct, frozen=True):
    """The attributes that methods of a class set; `is_open`: they set others, too."""

    names: frozenset[str] = frozenset()
    is_open: bool = False

    def and_those_of(self, other: SetOnSelf | None) -> SetOnSelf:
        """Of one of two classes of the same name."""
        return SetOnSelf(self.names | other.names, self.is_open or other.is_open) if other is not None else self


_NOTHING = SetOnSelf()


def _by_methods(index: Models, cls: ClassSymbol) -> SetOnSelf:
    if cls.unit.is_django:
        return _NOTHING
    return index.own_attributes(cls.unit).get(cls.qualname, _NOTHING) if cls.function is None else set_on_self(cls)


def set_on_self(cls: ClassSymbol) -> SetOnSelf:
    methods = [node for node, _ in walk(cls.node.body) if isinstance(node, s.FunctionDef)]
    return SetOnSelf(frozenset(_set_on_self(cls)), any(_sets_names(cls, node) for node in methods))


def _set_on_self(cls: ClassSymbol) -> Iterator[str]:
    """`self.total = …` in a method."""
    for node, _ in walk(cls.node.body):
        if isinstance(node, s.FunctionDef) and node.params:
            this = node.params[0].name
            for statement, _ in walk(cls.unit.body(node).statements):
                targets = statement.targets if isinstance(statement, s.Assign) else ()
                if isinstance(statement, s.AugAssign):
                    targets = (statement.target,)
                for target in targets:
                    yield from _attributes_in(target, this)


def _attributes_in(target: s.Expr, this: str) -> Iterator[str]:
    if isinstance(target, s.Attr) and isinstance(target.value, s.Name) and target.value.id == this:
        yield target.name
    elif isinstance(target, s.Seq):
        for item in target.items:
            yield from _attributes_in(item, this)


def are_open(model: Model) -> bool:
    """Whether a class of the model answers for names of its own making, or is one that was not read, or was read in a
    version that the project may not run."""
    if model.assembly.open_attributes:
        return True
    for cls in model.index.names.mro(model.symbol)[0]:
        if isinstance(cls, External):
            if cls.dotted not in ("object", "builtins.object", "typing.Generic", "abc.ABC", "typing.Protocol"):
                return True
        elif not cls.unit.is_django:
            if not model.index.is_pinned(cls.unit):
                return True
            if any(name in cls.names for name in _SEES_ALL):
                return True
            if _by_methods(model.index, cls).is_open:
                return True
    return False


def _sets_names(cls: ClassSymbol, function: s.FunctionDef) -> bool:
    """`setattr(self, name, …)` or `self.__dict__.update(…)` in a method."""
    from linter.project.models.expressions import calls

    if not function.params:
        return False
    this = function.params[0].name
    for node, _ in walk(cls.unit.body(function).statements):
        value = getattr(node, "value", None)
        for call in calls(value) if value is not None else ():
            if isinstance(call.func, s.Name) and call.func.id == "setattr" and len(call.args) == 3:
                target, name = call.args[0], call.args[1]
                if isinstance(target, s.Name) and target.id == this and not isinstance(name, s.Str):
                    if not _names_field(cls, function, name):
                        return True
            elif isinstance(call.func, s.Attr) and call.func.name == "update":
                inner = call.func.value
                if isinstance(inner, s.Attr) and inner.name == "__dict__":
                    return True
    return False


def _names_field(cls: ClassSymbol, function: s.FunctionDef, name: s.Expr) -> bool:
    """`field.attname` in a method that speaks of `_meta`: what is set then is a field, which the model has already."""
    is_name = isinstance(name, s.Attr) and name.name in ("name", "attname", "ct_field", "fk_field", "column")
    return is_name and function.body in cls.unit.bodies_with(["_meta"])
