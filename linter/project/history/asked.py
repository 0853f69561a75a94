"""What code that migrations run asks historical models for, and what these surely do not have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

import msgspec

from linter.facts import syntax as s
from linter.project.expected import is_expected
from linter.project.flow.scopes import Scope
from linter.project.flow.walk import parts_in
from linter.project.history.index import HistoricalModel
from linter.project.models.index import MODEL
from linter.project.queries import Site
from linter.project.queries.verdicts import Fault, Status
from linter.project.trace import cached_property, memo
from linter.project.types import NONE, ClassType, ModelInstance, QuerySet, Type, members
from linter.project.units import ClassSymbol, FunctionSymbol, Unit
from linter.span import Span

if TYPE_CHECKING:
    from linter.project import Project

Owner = Literal["instance", "class", "manager"]
# What the managers of relations have besides: which kind a manager is, its type does not say.
OF_RELATIONS = frozenset({"add", "remove", "clear", "set", "through"})
QUERY_ERRORS = ("FieldError", "FieldDoesNotExist", "TypeError", "ValueError")


class Lacking(msgspec.Struct, frozen=True):
    """A name read from a historical model, from one of its rows or from its manager, that this does not have."""

    owner: Owner
    models: tuple[HistoricalModel, ...]
    name: str
    unit: Unit
    at: int
    function: s.FunctionDef | None

    @property
    def span(self) -> Span:
        """The name itself, at the end of the expression."""
        end = self.unit.span(self.at, self.function).end
        return Span(end - len(self.name.encode()), end)


class Asked:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.flow = project.flow

    @cached_property
    def _of_every_model(self) -> frozenset[str]:
        """What Django's Model gives each."""
        base = self.project.names.find(MODEL)
        return frozenset(base.names) if isinstance(base, ClassSymbol) else frozenset()

    def _functions(self, path: str) -> Iterator[FunctionSymbol]:
        unit = self.project.unit(path)
        if unit is not None and path in self.project.history.paths:
            yield from self.project.functions(unit)

    @memo
    def sites(self, path: str) -> tuple[Site, ...]:
        """The names that calls of the ORM hand to historical models."""
        return tuple(
            site
            for function in self._functions(path)
            for site in self.project.queries.historical_sites(self.flow.points(function))
        )

    def unknown_fields(self, path: str) -> Iterator[Site]:
        for site in self.sites(path):
            if site.verdict.status is Status.INVALID and site.verdict.why in (None, Fault.MISSING):
                if not is_expected(site.unit, site.at, site.function, QUERY_ERRORS):
                    yield site

    def lacking(self, path: str) -> Iterator[Lacking]:
        for function in self._functions(path):
            points = self.project.history.points(function)
            # Squashed migrations run on new databases only, where code for each row never comes to run.
            has_rows = not points or any(not migration.replaces for migration, _ in points)
            for expr, where in self.flow.points(function):
                for node, scope in parts_in(expr, where, s.Attr):
                    found = self._lacking(node, scope)
                    if found is None or not (has_rows or found.owner == "class"):
                        continue
                    if not is_expected(found.unit, found.at, found.function, ("AttributeError",)):
                        yield found

    def _lacking(self, node: s.Attr, scope: Scope) -> Lacking | None:
        asked = [m for m in members(self.flow.expression(scope, node.value)) if m != NONE]
        found = [self._lacks(kind, node.name, scope.unit) for kind in asked]
        owners = {owner for owner, _ in filter(None, found)}
        if not found or None in found or len(owners) > 1:
            return None
        models = tuple(dict.fromkeys(model for _, model in filter(None, found)))
        return Lacking(owners.pop(), models, node.name, scope.unit, node.at, scope.activation.function)

    def _lacks(self, kind: Type, name: str, unit: Unit) -> tuple[Owner, HistoricalModel] | None:
        model = getattr(kind, "model", None)
        if not isinstance(model, HistoricalModel) or name.startswith("__") or name in unit.module.gives:
            return None
        if name in model.fields or name in model.managers or name in self._of_every_model:
            return None  # most names are, and no more needs to be known
        if isinstance(kind, ModelInstance):
            is_lost = name not in kind.extra and not kind.is_open and model.lacks_attribute(name)
            return ("instance", model) if is_lost else None
        if isinstance(kind, ClassType):
            return ("class", model) if self._class_lacks(kind, model, name) else None
        if isinstance(kind, QuerySet) and kind.is_manager:
            is_lost = name.removeprefix("a") not in OF_RELATIONS and name not in OF_RELATIONS
            return ("manager", model) if is_lost and self.flow.attribute(kind, name) is None else None
        return None

    def _class_lacks(self, kind: ClassType, model: HistoricalModel, name: str) -> bool:
        if name in ("objects", "_default_manager", "_base_manager", "mro"):
            return False  # Django gives every model one of these, and what a metaclass has is no name of ours
        return model.lacks_attribute(name) and name not in model.managers
