"""The fields of a form class: `form.name` is a bound field in templates, whatever the class itself has of that name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from linter.facts import syntax as s
from linter.project.flow import views
from linter.project.types import (
    UNKNOWN,
    ClassType,
    Constant,
    Instance,
    LibraryThing,
    ModelInstance,
    Sequence,
    TupleType,
    Type,
    members,
)
from linter.project.units import ClassSymbol, External

if TYPE_CHECKING:
    from linter.project.flow import Flow

BOUND_FIELD = LibraryThing("django.forms.boundfield.BoundField", True)


class Shape(msgspec.Struct, frozen=True):
    """The fields of a form. `perhaps`: names of the class that may be fields or not. `is_closed`: it has no others."""

    fields: frozenset[str]
    is_closed: bool
    perhaps: frozenset[str] = frozenset()


def shape(flow: Flow, cls: ClassSymbol) -> Shape | None:
    """The fields of a form class, None for a class that is no form."""
    if not views.is_form(flow, cls) and not _declares_fields(flow, cls):
        return None
    fields: set[str] = set()
    removed: set[str] = set()
    perhaps: set[str] = set()  # `password1, password2 = make_password_fields()`
    is_closed = flow.names.mro(cls)[1] and not flow.hierarchy.subclasses(cls)
    for base in flow.names.mro(cls)[0]:
        if isinstance(base, External):
            is_closed = False
            continue
        for name, bindings in base.names.items():
            node = bindings[-1].node
            value = node.value if isinstance(node, s.Assign) else None
            if isinstance(value, s.Lit) and value.value is None:
                removed.add(name)
            elif isinstance(value, s.Call) and isinstance(node, s.Assign) and isinstance(node.targets[0], s.Name):
                fields.update({name} - removed)
            elif value is not None and not isinstance(value, (s.Lit, s.Str)):
                perhaps.add(name)
        if not base.unit.is_library:
            more, is_plain = added(flow, base)
            fields |= more
            is_closed = is_closed and is_plain
    of_model = _of_model(flow, cls)
    if of_model is None:
        return Shape(frozenset(fields), False, frozenset(perhaps))
    return Shape(frozenset(fields | of_model.fields), is_closed and of_model.is_closed, frozenset(perhaps - fields))


def _declares_fields(flow: Flow, cls: ClassSymbol) -> bool:
    """Whether a class with a base that was not read declares form fields: only forms do, and their metaclass takes the
    fields off the class."""
    if not views.has_unread(flow, cls):
        return False
    return any(
        isinstance(found, Instance) and any(n.endswith("Field") for n in _form_names(flow, found))
        for base in flow.names.mro(cls)[0]
        if isinstance(base, ClassSymbol) and not base.unit.is_library
        for name in base.names
        for found in members(flow.attribute_or_unknown(ClassType(base), name))
    )


def _form_names(flow: Flow, kind: Instance) -> frozenset[str]:
    return views.base_names(flow, kind.symbol, "django.forms")


def added(flow: Flow, cls: ClassSymbol) -> tuple[set[str], bool]:
    """The fields that methods add by `self.fields["name"] = …`, and whether they do nothing else to them."""
    names: set[str] = set()
    is_plain = not flow.hierarchy.has_member(cls, "__getattr__")
    for symbol, store in flow.hierarchy.stores(cls).get("fields", ()):
        key = flow.read(store.key, flow.activation(symbol), store.env) if store.key is not None else UNKNOWN
        found = [m.value for m in members(key) if isinstance(m, Constant) and isinstance(m.value, str)]
        names.update(found)
        is_plain = is_plain and len(found) == len(members(key))
    for method in flow.hierarchy.methods(cls):
        is_plain = is_plain and not _changes_fields(cls.unit.body(method).statements)
    return names, is_plain


def _changes_fields(node: object) -> bool:
    """`self.fields.update(…)`, `setdefault`, or handing the fields to something else."""
    if isinstance(node, tuple):
        return any(_changes_fields(item) for item in node)
    if (
        isinstance(node, s.Call)
        and isinstance(node.func, s.Attr)
        and node.func.name in ("update", "setdefault", "__setitem__")
    ):
        if isinstance(node.func.value, s.Attr) and node.func.value.name in ("fields", "base_fields"):
            return True
    return isinstance(node, s._Record) and any(_changes_fields(getattr(node, name)) for name in node.__struct_fields__)


def _of_model(flow: Flow, cls: ClassSymbol) -> Shape | None:
    """The fields that `Meta` takes from a model; None where that cannot be said."""
    meta = flow.attribute(ClassType(cls), "Meta")
    if not any(
        name.startswith("ModelForm") or name == "BaseModelForm" for name in views.base_names(flow, cls, "django.forms")
    ):
        return Shape(frozenset(), True)
    if not isinstance(meta, ClassType):
        return None
    model = flow.instance_of(flow.attribute_or_unknown(meta, "model"))
    if not isinstance(model, ModelInstance):
        return None
    listed = flow.attribute_or_unknown(meta, "fields")
    names = _strings(listed)
    if names is not None:
        return Shape(names, True)
    every = frozenset(model.model.fields)
    return Shape(every, not model.model.open and not model.model.assembly.unread)


def _strings(kind: Type) -> frozenset[str] | None:
    """The strings of a list; None where it is none, as `"__all__"` is not."""
    parts = (
        kind.items
        if isinstance(kind, TupleType)
        else tuple(members(kind.element))
        if isinstance(kind, Sequence)
        else ()
    )
    found = [part.value for part in parts if isinstance(part, Constant) and isinstance(part.value, str)]
    return frozenset(found) if parts and len(found) == len(parts) else None


# What every form has besides its fields, and what only some versions, or model forms, have.
FORM_NAMES = frozenset({
    "add_error", "add_initial_prefix", "add_prefix", "as_div", "as_p", "as_table", "as_ul", "auto_id", "base_fields",
    "bound_field_class", "changed_data", "changed_objects", "clean", "cleaned_data", "data", "declared_fields",
    "default_renderer", "empty_permitted", "error_class", "errors", "field_order", "fields", "files", "full_clean",
    "get_context", "get_initial_for_field", "has_changed", "has_error", "hidden_fields", "initial", "instance", "is_bound",
    "is_multipart", "is_valid", "label_suffix", "media", "non_field_errors", "order_fields", "prefix", "render", "renderer",
    "save", "save_m2m", "template_name", "template_name_div", "template_name_label", "template_name_p",
    "template_name_table", "template_name_ul", "use_required_attribute", "validate_constraints", "validate_unique",
    "visible_fields", "error_css_class", "required_css_class",
})  # fmt: skip
