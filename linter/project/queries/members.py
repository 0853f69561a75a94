"""What one part of a path is on a model."""

from __future__ import annotations

from typing import Union

from linter.facts import syntax as s
from linter.project.models.model import Field, Model, Reverse
from linter.project.units import ClassSymbol

Member = Union[Field, Reverse, None]


def lacks(model: Model, name: str) -> bool:
    """Whether no query can know a name of a model; an abstract model is not queried itself."""
    return not model.abstract and model.lacks_lookup(name)


def query_member(model: Model, name: str) -> Member:
    """The field or reverse relation that a part of a path means."""
    if name == "pk":
        name = model.pk or name
    field = field_of(model, name)
    if field is not None:
        return None if field.is_generic else field
    return model.query_names.get(name)


def field_of(model: Model, name: str) -> Field | None:
    """By name, or by the name of its column's attribute (`author_id`)."""
    field = model.fields.get(name)
    if field is not None:
        return field
    return next((f for f in model.fields.values() if f.attname == name), None)


def is_relation(member: Member) -> bool:
    if isinstance(member, Reverse):
        return True
    return member is not None and member.is_relation


def related_model(member: Member) -> Model | None:
    if isinstance(member, Reverse):
        return member.model
    return member.related if member is not None else None


def has_setter(model: Model, name: str) -> bool:
    """Whether a class of a model defines a property of this name that can be assigned to."""
    for cls in model.index.names.mro(model.symbol)[0]:
        if isinstance(cls, ClassSymbol) and name in cls.names:
            return any(
                isinstance(decorator, s.Attr) and decorator.name == "setter"
                for binding in cls.names[name]
                if isinstance(binding.node, s.FunctionDef)
                for decorator in binding.node.decorators
            )
    return False


def answers_all(model: Model) -> bool:
    """Whether a class of a model answers for names of its own making."""
    return any(
        isinstance(cls, ClassSymbol) and ("__getattr__" in cls.names or "__getattribute__" in cls.names)
        for cls in model.index.names.mro(model.symbol)[0]
    )
