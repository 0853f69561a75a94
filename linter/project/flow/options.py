"""What is asked of a model's `_meta`: its labels, its fields, and the models at the other ends of these."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.project.flow import managers
from linter.project.types import STR, UNKNOWN, ClassType, Constant, LibraryThing, Method, Type, members, union

if TYPE_CHECKING:
    from linter.project.flow import Flow
    from linter.project.flow.calls import Arguments
    from linter.project.models import Field, Model

OPTIONS = "django.db.models.options.Options"
FIELD = "django.db.models.fields.Field"
RELATION = "django.db.models.fields.reverse_related.ForeignObjectRel"
KINDS = frozenset({OPTIONS, FIELD, RELATION})


def of(model: Model) -> LibraryThing:
    """`Model._meta`."""
    return LibraryThing(OPTIONS, True, (ClassType(model.symbol, model),))


def attribute(flow: Flow, kind: LibraryThing, name: str) -> Type:
    model = kind.about[0].model if kind.about and isinstance(kind.about[0], ClassType) else None
    if model is None:
        return UNKNOWN
    if kind.dotted == OPTIONS:
        return Method(kind, name) if name == "get_field" else _option(flow, model, name)
    field = _field(model, kind.about[1])
    return UNKNOWN if field is None else _of_field(kind, field, name)


def call(flow: Flow, kind: LibraryThing, name: str, arguments: Arguments) -> Type:
    """`Model._meta.get_field("shop")`."""
    given = arguments.at(0, "field_name")
    if name != "get_field" or given is None:
        return UNKNOWN
    return union(*(LibraryThing(FIELD, True, (kind.about[0], member)) for member in members(given)))


def _field(model: Model, name: Type) -> Field | None:
    return model.fields.get(str(name.value)) if isinstance(name, Constant) else None


def _of_field(kind: LibraryThing, field: Field, name: str) -> Type:
    if name == "name":
        return Constant(field.name)
    if name == "remote_field" and field.is_relation:
        return LibraryThing(RELATION, True, kind.about)
    if name == ("related_model" if kind.dotted == FIELD else "model") and field.related is not None:
        return ClassType(field.related.symbol, field.related)
    return UNKNOWN


def _option(flow: Flow, model: Model, name: str) -> Type:
    if name in ("verbose_name", "verbose_name_plural"):
        return STR
    if model.label is None:
        return UNKNOWN
    label, _, class_name = model.label.partition(".")
    known = {
        "app_label": label,
        "model_name": class_name.lower(),
        "object_name": class_name,
        "label": model.label,
        "label_lower": f"{label}.{class_name.lower()}",
        "db_table": model.db_table,
    }
    value = known.get(name)
    if value is not None:
        return Constant(value)
    if name == "default_manager":
        return managers.manager(flow, model)
    concrete = model.concrete if name == "concrete_model" else model
    return ClassType(concrete.symbol, concrete) if name in ("model", "concrete_model") else UNKNOWN
