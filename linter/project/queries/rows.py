"""Whether lookups leave at most one row: what a unique key, a relation to one row, a chain of filters together say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import msgspec

from linter.facts import syntax as s
from linter.project.flow.scopes import Scope
from linter.project.queries.members import field_of, query_member
from linter.project.queries.methods import CREATES_OR_GETS, DEFAULTS
from linter.project.types import ClassType, ModelInstance, QuerySet, members

if TYPE_CHECKING:
    from linter.project.flow import Flow
    from linter.project.models.model import Model
    from linter.project.queries import OrmCall

EXACT = "exact"
# Lookups that many rows answer by their nature.
WIDE = frozenset({
    "contains", "icontains", "startswith", "istartswith", "endswith", "iendswith", "regex", "iregex", "gt", "gte", "lt",
    "lte", "range",
})  # fmt: skip
_ADDING = frozenset({"filter", "all", "get_queryset", "select_related", "prefetch_related", "only", "defer", "order_by",
                     "select_for_update", "using"})  # fmt: skip


class Asked(msgspec.Struct, frozen=True):
    """All that a call asks of the rows of one model."""

    model: Model
    lookups: tuple[str, ...]


def asked(flow: Flow, made: OrmCall) -> Asked | None:
    """What a call that wants one row asks for; None where something may be asked for that is not seen."""
    if len(made.asked) != 1 or made.asked[0].classes or made.asked[0].extra or made.asked[0].is_open:
        return None
    call = made.call
    lookups = [k.name for k in call.keywords if k.name not in DEFAULTS or made.method not in CREATES_OR_GETS]
    if made.method == "get_object_or_404":
        receiver, args = call.args[0], call.args[1:]
    else:
        receiver, args = call.func.value if isinstance(call.func, s.Attr) else s.Unknown(), call.args
    before = _before(flow, receiver, made.scope)
    if args or "" in lookups or before is None:
        return None
    return Asked(made.asked[0].model, (*before, *lookups))


def _before(flow: Flow, receiver: s.Expr, scope: Scope) -> tuple[str, ...] | None:
    """The lookups of `Model.objects.filter(…)`, made before; None where they are not seen."""
    found: list[str] = []
    while isinstance(receiver, s.Call) and isinstance(receiver.func, s.Attr):
        if receiver.func.name not in _ADDING:
            return None
        if receiver.func.name == "filter":
            if receiver.args or not receiver.is_exact:
                return None
            found.extend(k.name for k in receiver.keywords)
        receiver = receiver.func.value
    kinds = members(flow.expression(scope, receiver))
    if all(isinstance(kind, ClassType) for kind in kinds):  # the model itself, in get_object_or_404
        return tuple(found)
    if not isinstance(receiver, s.Attr) or not all(isinstance(k, QuerySet) and k.is_manager for k in kinds):
        return None
    owners = members(flow.expression(scope, receiver.value))
    if all(isinstance(owner, ClassType) for owner in owners):
        return tuple(found)
    if len(owners) != 1:
        return None
    reverse = _through(owners, receiver.name)
    return (*found, reverse) if reverse else None


def _through(owners: Iterable[object], accessor: str) -> str:
    """The field of the other model that a related manager fixes, "" where it is none."""
    for owner in owners:
        if isinstance(owner, ModelInstance):
            reverse = owner.model.accessors.get(accessor)
            if reverse is not None and not reverse.field.many_to_many and reverse.field.field_class.kind in (
                "foreign_key", "one_to_one",
            ):  # fmt: skip
                return reverse.field.name
    return ""


# --- what they determine ------------------------------------------------------------------------------------------------


def is_one_row(model: Model, lookups: Iterable[str]) -> bool | None:
    """Whether lookups leave one row at most; None where that cannot be said."""
    paths = [tuple(name.split("__")) for name in lookups]
    uniqueness = model.uniqueness
    if any(path[0] != "pk" and query_member(model, path[0]) is None for path in paths):
        return None  # a mistake of another kind
    if _determines(model, paths):
        return True
    mentioned = {name for path in paths for name in _first(model, path)}
    if uniqueness.is_open or any(not key.is_strict and key.fields <= mentioned for key in uniqueness.keys):
        return None
    return False


def _determines(model: Model, paths: list[tuple[str, ...]]) -> bool:
    fixed: set[str] = set()
    tails: dict[str, list[tuple[str, ...]]] = {}
    for path in paths:
        tails.setdefault(path[0], []).append(path[1:])
    for head, rests in tails.items():
        name = model.pk or head if head == "pk" else head
        field = field_of(model, name)
        reverse = model.query_names.get(head)
        if field is not None and not field.many_to_many:
            if any(not rest or rest == (EXACT,) for rest in rests) or (
                field.related is not None and name == field.name and _determines(field.related, rests)
            ):
                fixed.add(field.name)
        elif field is None and reverse is not None and not reverse.field.many_to_many:
            # One row of the other model points at one row of this.
            if any(not rest for rest in rests) or _determines(reverse.model, rests):
                return True
    return any(key.is_strict and key.fields <= fixed for key in model.uniqueness.keys)


def _first(model: Model, path: tuple[str, ...]) -> Iterator[str]:
    field = field_of(model, path[0])
    if field is not None:
        yield field.name


def wide(model: Model, lookups: Iterable[str]) -> list[str]:
    """Those of the lookups that many rows answer: parts of a text, ranges."""
    return [name for name in lookups if name.rpartition("__")[2] in WIDE]
