"""Fields that are written in the body of a model, form or serializer, and that the class does not get for a slip of the pen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

import msgspec

from linter.facts import syntax as s
from linter.project.imports.modules import is_test
from linter.project.units import ClassSymbol, Unit

if TYPE_CHECKING:
    from linter.project import Project

# What a field of each kind of owner is.
_FIELDS_OF = {
    "model": ("django.db.models.Field", "django.contrib.contenttypes.fields.GenericForeignKey"),
    "form": ("django.forms.Field",),
    "serializer": ("rest_framework.fields.Field",),
}
_OWNERS = {
    "form": ("django.forms.BaseForm",),
    "serializer": ("rest_framework.serializers.BaseSerializer",),
}


class LostField(msgspec.Struct, frozen=True):
    """`slip` is what was written instead of `name = Field(…)`: `name = Field(…),` or `name: Field(…)`."""

    cls: ClassSymbol
    name: str
    call: s.Call
    statement: int  # the span of the statement
    slip: Literal["comma", "colon"]


def lost_fields(project: Project, unit: Unit) -> Iterator[LostField]:
    """Those of one module, in order. What tests declare may be wrong on purpose."""
    if is_test(unit.path):
        return
    for cls in project.names.classes(unit):
        for node, _ in cls.statements:
            written = _slip(node)
            if written is not None and _is_lost(project, cls, *written[:2]):
                yield LostField(cls, written[0], written[1], getattr(node, "at", s.NOWHERE), written[2])


def _slip(node: s.Stmt) -> tuple[str, s.Call, Literal["comma", "colon"]] | None:
    match node:
        case s.Assign((s.Name(name),), s.Seq("tuple", (s.Call() as call,)), None):
            return name, call, "comma"
        case s.Assign((s.Name(name),), None, s.Call() as call):
            return name, call, "colon"
    return None


def _is_lost(project: Project, cls: ClassSymbol, name: str, call: s.Call) -> bool:
    """Whether the call makes a field that this class would have had, and does not get from elsewhere."""
    kind = _owner_kind(project, cls)
    if kind is None or not isinstance(call.func, (s.Name, s.Attr)) or len(cls.names.get(name, ())) > 1:
        return False
    model = project.models.of(cls)
    if model is not None and name in model.fields:
        return False
    made = project.names.follow(project.names.resolve(cls.unit, call.func, cls))
    return project.names.is_subclass(made, *_FIELDS_OF[kind])


def _owner_kind(project: Project, cls: ClassSymbol) -> str | None:
    if not cls.node.bases:
        return None
    if project.models.of(cls) is not None:
        return "model"
    return next((kind for kind, bases in _OWNERS.items() if project.names.is_subclass(cls, *bases)), None)
