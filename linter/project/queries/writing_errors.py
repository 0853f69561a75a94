"""What Django says of a name that cannot be written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.project.queries.verdicts import Fault, Vocabulary

if TYPE_CHECKING:
    from linter.project.queries import Site

_NOT_SAVED = (
    "The following fields do not exist in this model, are m2m fields, primary keys, or are non-concrete fields: "
)


def runtime(site: Site) -> str:
    """The error's text, as far as it is the same for every value."""
    model, why = site.verdict.model, site.verdict.why
    assert model is not None
    if site.method == "save":
        return _NOT_SAVED + ("" if why is Fault.LETTERS else site.name)
    if why is Fault.MANY:
        return _assigned(site)
    if site.vocabulary is Vocabulary.WRITE:
        return _constructed(site)
    if why is Fault.LETTERS:
        return f"{model.name} has no field named '{site.name[0]}'"
    if why in (Fault.MISSING, Fault.NO_FIELD) or site.name not in {*model.fields, *model.query_names}:
        return f"{model.name} has no field named '{site.name}'"
    return _no_column(site)


def _constructed(site: Site) -> str:
    model, why = site.verdict.model, site.verdict.why
    assert model is not None
    if site.method in ("get_or_create", "update_or_create"):
        return f"Invalid field name(s) for model {model.name}: '{site.name}'."
    if why is Fault.READ_ONLY:
        return f"property '{site.name}' of '{model.name}' object has no setter"
    return f"{model.name}() got unexpected keyword arguments: '{site.name}'"


def _assigned(site: Site) -> str:
    field = site.verdict.field
    assert field is not None
    assert site.verdict.model is not None
    return direct_assignment(field.many_to_many, site.name in site.verdict.model.fields, site.name, field.name)


def direct_assignment(is_many_to_many: bool, is_forward: bool, name: str, field: str) -> str:
    """What is said of an assignment to a relation to many rows."""
    if is_many_to_many:
        side = f"{'forward' if is_forward else 'reverse'} side of a many-to-many set"
    else:
        side, name = "reverse side of a related set", "+" if is_forward else name
    return f"Direct assignment to the {side} is prohibited. Use {name}.set() instead."


def _no_column(site: Site) -> str:
    field, method = site.verdict.field, site.method
    if method == "update":
        if field is None or not field.many_to_many:
            return ""
        shown = f"<{field.type_symbol.dotted}: {field.name}>"
        return f"Cannot update model field {shown} (only non-relations and foreign keys permitted)."
    listed = "" if method == "bulk_update" else f" in {_list(site)}"
    if site.verdict.why is Fault.KEY:
        keys = "primary key fields" if method == "bulk_update" else "primary keys"
        return f"{method}() cannot be used with {keys}{listed}."
    return f"{method}() can only be used with concrete fields{listed}."


def _list(site: Site) -> str:
    return "update_fields" if site.vocabulary is Vocabulary.COLUMNS else "unique_fields"
