"""Assignments to relations of rows: `book.author = …`, `book.tags = …`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from linter.facts import syntax as s
from linter.project.flow import definitions as d
from linter.project.flow.frames import Store
from linter.project.flow.scopes import Scope
from linter.project.queries.writing import is_plain
from linter.project.types import NONE, ModelInstance, Type, members

if TYPE_CHECKING:
    from linter.project import Project
    from linter.project.models.model import Field, Model
    from linter.project.units import Unit

# An attribute, and what can follow it where something is assigned to it.
_ATTRIBUTE = re.compile(rb"\.(?:[\s\\]|#.*\n)*([\w\x80-\xff]+)(?:[\s\\]|#.*\n)*(?:[,:)\]]|=(?!=)|in\b)")


def assigned(text: bytes) -> list[bytes]:
    """The attributes that a function may assign to, by its text: a gate before that is parsed."""
    return _ATTRIBUTE.findall(text)


class Stored(msgspec.Struct, frozen=True):
    """`model.name = value`. `field` is the relation; `is_forward`: the model itself declares it."""

    model: Model
    name: str
    field: Field
    is_forward: bool
    definition: d.Definition
    scope: Scope
    at: int

    @property
    def value(self) -> s.Expr | None:
        """The expression whose value is assigned, where it is as simple as that."""
        return self.definition.expr if isinstance(self.definition, d.Assigned) else None


class Stores:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.flow = project.flow
        self.names = frozenset(name for model in project.models for name in _relations(model))
        self._fragments = frozenset(name.encode() for name in self.names)

    def of(self, unit: Unit) -> Iterator[Stored]:
        for function in self.project.functions(unit):
            unread = unit.unread(function.node)
            if unread is not None and self._fragments.isdisjoint(assigned(unread)):
                continue  # it names none of them
            for activation, frame in self.flow.readings(function):
                for store in frame.stores:
                    if store.name in self.names and store.at >= 0:  # no change of what is there: `.add(…)`
                        scope = Scope(activation, store.env)
                        found = self._stored(store, scope)
                        if found is not None:
                            yield found

    def _stored(self, store: Store, scope: Scope) -> Stored | None:
        kinds = [m for m in members(self.flow.expression(scope, store.value)) if m != NONE]
        found = [self._relation(kind, store.name) for kind in kinds]
        first = found[0] if found else None
        if first is None or any(other is None or other[1:] != first[1:] for other in found):
            return None
        model, field, is_forward = first
        return Stored(model, store.name, field, is_forward, store.definition, scope, store.at)

    def _relation(self, kind: Type, name: str) -> tuple[Model, Field, bool] | None:
        """The relation of Django's own that an attribute of a row is."""
        if not isinstance(kind, ModelInstance) or name in kind.extra:
            return None
        model, hierarchy = kind.model, self.flow.hierarchy
        if kind.or_subclass and hierarchy.is_overridden(model.symbol, name):
            return None
        if hierarchy.has_member(model.symbol, "__setattr__"):
            return None
        field = model.fields.get(name)
        if field is not None:
            return (model, field, True) if field.is_relation and is_plain(field) else None
        reverse = model.accessors.get(name)
        if reverse is None or reverse.is_single or not is_plain(reverse.field) or model.open:
            return None
        return model, reverse.field, False


def _relations(model: Model) -> Iterator[str]:
    yield from (field.name for field in model.fields.values() if field.is_relation)
    yield from model.accessors
