"""Annotations whose name the model has already."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from linter.facts import syntax as s
from linter.project.flow.calls import Arguments
from linter.project.flow.querysets import default_alias
from linter.project.types import QuerySet
from linter.project.units import Unit
from linter.span import Span

if TYPE_CHECKING:
    from linter.project.models import Model
    from linter.project.queries import OrmCall, Queries

NAMING = frozenset({"annotate", "alias", "values"})


class Conflict(msgspec.Struct, frozen=True):
    """`name` is that of an annotation, and of a field, column or relation of `model`."""

    name: str
    model: Model
    unit: Unit
    at: int
    function: s.FunctionDef | None

    @property
    def span(self) -> Span:
        return self.unit.span(self.at, self.function)


def conflicts(queries: Queries, path: str) -> Iterator[Conflict]:
    """The annotations in one file that Django refuses."""
    for made in queries.calls(path):
        if made.method in NAMING and made.asked:
            unit, function = made.scope.unit, made.scope.activation.function
            for name, at in _named(queries, made):
                kinds = sorted(made.asked, key=lambda kind: kind.model.symbol.dotted)
                if all(_is_taken(queries, kind, made.method, name) for kind in kinds):
                    yield Conflict(name, kinds[0].model, unit, at, function)


def _named(queries: Queries, made: OrmCall) -> Iterator[tuple[str, int]]:
    for keyword in made.call.keywords:
        if keyword.name:
            yield keyword.name, keyword.at
        elif isinstance(keyword.value, s.Dict):
            for key, _ in keyword.value.items:
                if isinstance(key, s.Str):
                    yield key.value, key.at
    if made.method != "values":
        arguments = Arguments(queries.flow, made.call, made.scope)
        for argument in made.call.args:
            alias = default_alias(queries.flow, argument, arguments)
            if alias is not None:
                yield alias, getattr(argument, "at", s.NOWHERE)


def _is_taken(queries: Queries, kind: QuerySet, method: str, name: str) -> bool:
    model = kind.model
    if model.abstract or queries.overrides.may_know(kind, method, name):
        return False
    if kind.rows != "instance":  # after values() only what that has named counts
        return False
    if name in model.fields or any(field.attname == name for field in model.fields.values()):
        return True
    reverse = model.query_names.get(name)
    return reverse is not None and not name.endswith("+") and reverse.model.registered
