"""Models that code of a migration asks its apps for, and that are not there, or not surely."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

import msgspec

from linter.facts import syntax as s
from linter.project.expected import is_expected
from linter.project.flow.scopes import Scope
from linter.project.history import STATE_APPS, labels_asked
from linter.project.history.graph import Graph, Migration
from linter.project.types import LibraryThing, members
from linter.project.units import FunctionSymbol, Unit
from linter.span import Span

if TYPE_CHECKING:
    from linter.project import Project

# Django's own apps, and those that their first migrations depend on.
DJANGO_APPS = {
    "contenttypes": (),
    "auth": ("contenttypes",),
    "admin": ("auth", "contenttypes"),
    "sessions": (),
    "sites": (),
    "flatpages": ("sites",),
    "redirects": ("sites",),
}


class Absent(msgspec.Struct, frozen=True):
    """`why`: no migration that surely ran before is of the model's app; or the app has no such model by then."""

    why: Literal["no dependency", "no model"]
    app_label: str
    model: str
    migration: Migration
    unit: Unit
    at: int
    function: s.FunctionDef | None

    @property
    def span(self) -> Span:
        return self.unit.span(self.at, self.function)


class AbsentModels:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.history = project.history
        self.flow = project.flow

    def in_file(self, path: str) -> Iterator[Absent]:
        unit = self.project.unit(path)
        if unit is None or path not in self.history.paths:
            return
        for function in self.project.functions(unit):
            if not self._asks_first(function):
                for call, scope in self.flow.calls(function):
                    found = self._absent(call, scope)
                    if found is not None and not is_expected(unit, found.at, found.function, ("LookupError",)):
                        yield found

    def _asks_first(self, function: FunctionSymbol) -> bool:
        """Whether a function finds out what is installed before it asks for a model."""
        return function.node.body in function.unit.bodies_with(["is_installed", "app_configs", "get_app_configs"])

    def _absent(self, call: s.Call, scope: Scope) -> Absent | None:
        if not isinstance(call.func, s.Attr) or call.func.name != "get_model" or not call.is_exact or not call.args:
            return None
        kinds = members(self.flow.expression(scope, call.func.value))
        points = [kind for kind in kinds if isinstance(kind, LibraryThing) and kind.dotted == STATE_APPS and kind.about]
        named = call.args[1] if len(call.args) > 1 else call.keyword("model_name")
        labels = labels_asked(
            self.flow.expression(scope, call.args[0]), self.flow.expression(scope, named) if named is not None else None
        )
        if len(points) != len(kinds) or len(labels) != 1:
            return None
        app_label, _, model = labels[0].rpartition(".")
        found = [self._why(point, app_label, model) for point in points]
        if not found or None in found:
            return None
        why, migration = next(filter(None, found))
        return Absent(why, app_label, model, migration, scope.unit, call.at, scope.activation.function)

    def _why(
        self, apps: LibraryThing, app_label: str, model: str
    ) -> tuple[Literal["no dependency", "no model"], Migration] | None:
        path, position = self.history.point_of(apps)
        migration = self.history.migrations.by_path[path]
        graph = self.history.migrations.graph(migration)
        if app_label != migration.label and not self._depends(graph, migration, app_label):
            return "no dependency", migration
        index = self.history.at(path, position)
        state = index.app(app_label)
        if state is None or state.open_reason or model.lower() in state.models:
            return None
        made = (
            operation.new.lower()
            for other in graph.beside(migration.key)
            if other.label == app_label
            for operation in self.history.migrations.operations(other)
        )
        return None if model.lower() in made else ("no model", migration)

    def _depends(self, graph: Graph, migration: Migration, app_label: str) -> bool:
        """Whether a migration of an app surely ran before another one, or it cannot be said."""
        if app_label not in self.history.labels and app_label not in DJANGO_APPS:
            return True
        before = [m for m in graph.order if graph.before(migration.key) & graph.bits[m.key]]
        if any(m.label == app_label for m in before):
            return True
        needed = {label for m in (*before, migration) for label, _ in m.needs}
        if any(not m.is_clear for m in (*before, migration)):
            return True
        strangers = needed - set(self.history.labels) - set(DJANGO_APPS)
        return bool(strangers) or any(app_label in (label, *DJANGO_APPS.get(label, ())) for label in needed)
