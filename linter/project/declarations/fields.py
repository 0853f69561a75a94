"""Names as `_meta.get_field()` knows them, and which of a model's fields a form can show."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from linter.project.models.arguments import Argument
from linter.project.models.model import Field, Model, Reverse
from linter.project.queries.members import is_relation, related_model
from linter.project.queries.verdicts import Status, Verdict

if TYPE_CHECKING:
    from linter.project.models import Models

# Fields that nobody edits, whatever their options say.
_NEVER_EDITED = frozenset({"GenericRelation", "GeneratedField", "OrderWrt", "GenericForeignKey", "CompositePrimaryKey"})
_DJANGO = ("django.db.models.", "django.contrib.contenttypes.fields.")


class Lack(msgspec.Struct, frozen=True):
    """`model` has no field `part`; where `field` is set, that is one, but leads to no other model."""

    model: Model | None
    part: str
    offset: int
    field: Field | None = None


def meta_field(model: Model, name: str) -> Field | Reverse | None:
    """`_meta.get_field(name)`: a field, also by its column's attribute, or a reverse relation by its query name."""
    field = model.fields.get(name)
    if field is not None:
        return field
    by_attname = next((f for f in model.fields.values() if f.attname == name), None)
    return by_attname or model.query_names.get(name)


def lacks_field(model: Model, name: str) -> bool:
    """Whether it is sure that `_meta.get_field(name)` fails."""
    return not model.abstract and name != "pk" and name not in model.fields and model.lacks_lookup(name)


def lack(model: Model, path: str) -> Lack | None:
    """Where a path of fields goes wrong; None where it does not, or where that cannot be said."""
    offset = 0
    at: Model = model
    parts = path.split("__")
    for index, part in enumerate(parts):
        member = meta_field(at, part)
        if member is None:
            return Lack(at, part, offset) if lacks_field(at, part) else None
        if index + 1 == len(parts):
            return None
        following = related_model(member)
        if following is None:
            plain = isinstance(member, Field) and not is_relation(member) and is_django(member)
            offset += len(part) + 2
            return Lack(at, parts[index + 1], offset, member) if plain else None  # type: ignore[arg-type]
        at = following
        offset += len(part) + 2
    return None


def end(model: Model, path: str) -> Field | Reverse | None:
    """What a path of fields ends on, None where it is no such path."""
    at: Model | None = model
    member: Field | Reverse | None = None
    for part in path.split("__"):
        if at is None:
            return None
        member = meta_field(at, (at.pk or part) if part == "pk" else part)
        if member is None:
            return None
        at = related_model(member)
    return member


def of_verdict(verdict: Verdict, path: str) -> Lack | None:
    """A verdict on a path of the ORM, where it is a bad one."""
    if verdict.status is not Status.INVALID:
        return None
    parts = path.split("__")
    offset = sum(len(part) + 2 for part in parts[: verdict.part])
    return Lack(verdict.model, parts[verdict.part], offset, verdict.field)


def is_django(field: Field) -> bool:
    """Whether a field is of one of Django's own classes, so that all that can be done with it is known."""
    symbol = field.type_symbol
    return symbol.dotted.startswith(_DJANGO)


def is_django_relation(member: Field | Reverse | None) -> bool:
    field = member.field if isinstance(member, Reverse) else member
    return field is not None and field.is_relation and not field.is_generic and is_django(field)


def field_names(model: Model) -> frozenset[str]:
    return frozenset((*model.fields, *model.query_names))


def is_editable(models: Models, field: Field) -> bool | None:
    """Whether a model form may show a field; None where that cannot be said."""
    if field.type in _NEVER_EDITED and is_django(field):
        return False
    declared = None if field.declared is None else field.option("editable")
    if isinstance(declared, Argument):
        return models.truth(declared)
    if not is_django(field) or (field.call is not None and not field.call.is_exact):
        return None
    if field.type == "BinaryField":
        return False
    if field.type in ("DateField", "DateTimeField", "TimeField"):
        for name in ("auto_now", "auto_now_add"):
            given = field.option(name)
            if given is None:
                continue
            truth = models.truth(given) if isinstance(given, Argument) else None
            if truth is not False:
                return False if truth else None
    return True


def lacks_form_field(model: Model, name: str) -> bool:
    """Whether it is sure that no form makes a field of a name: neither a field's own name nor one that may come."""
    field = model.fields.get(name)
    unknown = model.open or model.abstract or name in model.possible_names
    return not unknown and (field is None or field.is_generic)


def editable_names(models: Models, model: Model) -> frozenset[str]:
    return frozenset(name for name, field in model.fields.items() if is_editable(models, field))
