"""What `apps.get_model` gives inside a migration: the model as the migrations before that point have left it.

The state of an app depends on which of its own migrations have run. Those that surely have are a migration's ancestors in
the graph; one that may run before or after it (of another app, mostly) may have added names, and these are possible ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

import msgspec

from linter.facts import syntax as s
from linter.project.history.graph import Graph, Migration, Migrations
from linter.project.history.index import HistoricalModel, HistoricalModels, points_at
from linter.project.history.operations import FieldRecord, Operation, Operations
from linter.project.history.state import AppState, ModelState, applied
from linter.project.models.instances import Made
from linter.project.models.possible import Possible
from linter.project.trace import cached_property, memo
from linter.project.types import NONE, UNKNOWN, ClassType, Constant, LibraryThing, Type, members, union
from linter.project.units import FunctionSymbol, Unit

if TYPE_CHECKING:
    from linter.project import Project
    from linter.project.history.absent import AbsentModels
    from linter.project.history.asked import Asked
    from linter.project.history.current import CurrentModels

__all__ = ["HistoricalModel", "HistoricalModels", "History"]

RUN_PYTHON = b"RunPython"
Points = tuple[tuple[Migration, int], ...]  # migrations, and positions in their operations
STATE_APPS = "django.db.migrations.state.StateApps"


class Change(msgspec.Struct, frozen=True):
    """An operation because of which a name is not there: one that adds it `later`, one that removed it `earlier`."""

    when: Literal["later", "earlier"]
    migration: Migration
    at: int


class History:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.migrations = Migrations(project)

    @cached_property
    def asked(self) -> Asked:
        from linter.project.history.asked import Asked

        return Asked(self.project)

    @cached_property
    def absent(self) -> AbsentModels:
        from linter.project.history.absent import AbsentModels

        return AbsentModels(self.project)

    @cached_property
    def current(self) -> CurrentModels:
        from linter.project.history.current import CurrentModels

        return CurrentModels(self.project)

    # --- points -------------------------------------------------------------------------------------------------------

    @cached_property
    def _codes(self) -> dict[tuple[str, int], Points]:
        """The functions that migrations run, each with the migrations and the positions of the operations that run it."""
        found: dict[tuple[str, int], list[tuple[Migration, int]]] = {}
        if not any(RUN_PYTHON in bytes(unit.facts.module) for unit in self.project.units()):
            return {}
        for migration in self.migrations.all.values():
            if RUN_PYTHON not in bytes(migration.unit.facts.module):
                continue
            reader = Operations(self.project, migration.cls)
            for position, operation in enumerate(self.migrations.operations(migration)):
                for function in reader.functions(operation):
                    found.setdefault((function.unit.path, function.node.body), []).append((migration, position))
        return {key: tuple(points) for key, points in found.items()}

    @cached_property
    def paths(self) -> frozenset[str]:
        """The files that hold such functions."""
        return frozenset(path for path, _ in self._codes)

    def points(self, function: FunctionSymbol, parameter: int = 0) -> Points:
        """Where a function runs that is handed the apps of that point as its parameter of this index."""
        path = function.unit.path
        if parameter == 0:
            points = self._codes.get((path, function.node.body))
            if points is not None:
                return points
        return self._helpers(path).get((function.node.body, parameter), ()) if path in self._own_paths else ()

    @cached_property
    def _own_paths(self) -> frozenset[str]:
        """The migrations that hold such functions themselves: nobody else calls what stands in these files."""
        return self.paths & self.migrations.by_path.keys() if self.paths else frozenset()

    @memo
    def _helpers(self, path: str) -> dict[tuple[int, int], Points]:
        """The functions of a migration's file to which others hand on the apps that they got: `helper(apps, "name")`."""
        unit = self.project.unit(path)
        functions = {f.node.body: f for f in self.project.functions(unit)} if unit is not None else {}
        waiting = [(f, 0, points) for f in functions.values() if (points := self._codes.get((path, f.node.body)))]
        found: dict[tuple[int, int], Points] = {}
        while waiting:
            function, index, points = waiting.pop()
            for callee, position in self._handed_on(function, function.node.params[index].name):
                known = found.get((callee.node.body, position), ())
                more = tuple(point for point in points if point not in known)
                if more and callee.node.body in functions:
                    found[callee.node.body, position] = (*known, *more)
                    waiting.append((callee, position, more))
        return found

    def _handed_on(self, function: FunctionSymbol, name: str) -> Iterator[tuple[FunctionSymbol, int]]:
        """The functions that one calls with a variable of its own, and the parameters that get it."""
        for call, _ in self.project.flow.calls(function):
            symbol = self.project.names.resolve(function.unit, call.func)
            if not isinstance(symbol, FunctionSymbol) or symbol.unit is not function.unit or symbol.node.decorators:
                continue
            given: list[tuple[int, s.Expr]] = list(enumerate(call.args))
            names = [param.name for param in symbol.node.params]
            given += [(names.index(k.name), k.value) for k in call.keywords if k.name in names]
            for position, value in given:
                if isinstance(value, s.Name) and value.id == name and position < len(names):
                    yield symbol, position

    def at(self, path: str, position: int) -> HistoricalModels:
        """The models before an operation of a migration."""
        operations = self.migrations.operations(self.migrations.by_path[path])
        while position and operations[position - 1].kind == "RunPython":
            position -= 1  # which changes nothing
        return self._at(path, position)

    @memo
    def _at(self, path: str, position: int) -> HistoricalModels:
        migration = self.migrations.by_path[path]
        graph = self.migrations.graph(migration)
        own = graph.of_label(migration.label) & graph.before(migration.key)
        before = self.state(graph, migration.label, own)
        done = self.migrations.operations(migration)[:position]
        return HistoricalModels(self, graph, migration, applied(before, done, migration.unit))

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """The apps whose migrations were read."""
        return tuple(sorted({migration.label for migration in self.migrations.all.values()}))

    @memo
    def state(self, graph: Graph, label: str, mask: int) -> AppState:
        """An app after some of its own migrations."""
        self._operations(label)
        waiting: list[Migration] = []
        found: AppState | None = None
        states = self._states(graph, label)
        while mask and found is None:
            found = states.get(mask)
            if found is None:
                last = graph.last(mask)
                waiting.append(last)
                mask ^= graph.bits[last.key]
        state = found if found is not None else AppState()
        for migration in reversed(waiting):
            state = applied(state, self.migrations.operations(migration), migration.unit)
            mask |= graph.bits[migration.key]
            states[mask] = state
        return state

    @memo
    def _operations(self, label: str) -> None:
        """Read all that the app's migrations do, so that whoever asks for a state depends on the files that this takes."""
        for migration in self.migrations.all.values():
            if migration.label == label:
                self.migrations.operations(migration)

    @memo
    def _states(self, graph: Graph, label: str) -> dict[int, AppState]:
        return {}

    # --- types --------------------------------------------------------------------------------------------------------

    def apps_given(self, function: FunctionSymbol, parameter: int) -> Type | None:
        """What a parameter is that migrations hand their apps to; None where it is not one."""
        points = self.points(function, parameter)
        apps = [LibraryThing(STATE_APPS, True, (Constant(m.path), Constant(position))) for m, position in points]
        return union(*apps) if apps else None

    def point_of(self, apps: LibraryThing) -> tuple[str, int]:
        """The migration's path and the operation's position that apps are those of."""
        path, position = (getattr(about, "value", None) for about in apps.about)
        assert isinstance(path, str)
        assert isinstance(position, int)
        return path, position

    def get_model(self, apps: LibraryThing, label: Type, name: Type | None) -> Type:
        """`apps.get_model("app", "Model")`, `apps.get_model("app.Model")`."""
        if not apps.about:
            return UNKNOWN
        path, position = self.point_of(apps)
        found: list[Type] = []
        for text in labels_asked(label, name):
            app_label, _, model_name = text.rpartition(".")
            model = self.at(path, position).model(app_label, model_name)
            if model is None or model.swapped:
                return UNKNOWN
            found.append(ClassType(model.symbol, model))
        return union(*found) if found else UNKNOWN

    # --- fields -------------------------------------------------------------------------------------------------------

    @memo
    def made(self, record: FieldRecord) -> Made | None:
        return self.project.models.bodies.instances.of(record.value.unit, record.value.expr, None)

    @memo
    def targets(self, label: str, model: ModelState) -> tuple[tuple[str, str], ...]:
        """The relations of a model: the name of each, and the label that it points at, in lower case."""
        return tuple(
            (name, target.lower())
            for name, record in model.fields.items()
            if (target := self._target(label, model.name, record)) is not None
        )

    def _target(self, label: str, model: str, record: FieldRecord) -> str | None:
        to = points_at(record)
        if to is None:
            return None
        if isinstance(to.expr, s.Str):
            text = to.expr.value
            return f"{label}.{model}" if text == "self" else text if "." in text else f"{label}.{text}"
        return self.label_said(to.unit, to.expr)

    @memo
    def label_said(self, unit: Unit, expr: s.Expr) -> str | None:
        """The label that an expression is: a setting, a class of today, a text made elsewhere."""
        models = self.project.models
        setting = models.apps.setting_read(unit, expr)
        if setting == "AUTH_USER_MODEL":
            return models.user_labels[-1]
        symbol = models.names.follow(models.names.resolve(unit, expr))
        model = models.of(symbol)
        return model.label if model is not None else models.apps.text(unit, expr)

    # --- what may be --------------------------------------------------------------------------------------------------

    @memo
    def possible(self, model: HistoricalModel) -> frozenset[str]:
        """Names that a model may have had: from migrations that may have run before, from apps without migrations."""
        index = model.index
        found: set[str] = set()
        labels = {f"{each.app_label}.{name}".lower() for each in self._line(model) for name in self.called(each)}
        for migration in index.graph.beside(index.migration.key):
            for label, names in self._added(migration):
                if label in labels or not label:
                    found |= names
        for label in labels:
            for present in self.project.models.labelled(label):
                found |= present.possible_names
                for reverse in present.reverse:
                    if reverse.model.app_label not in self.labels:
                        found |= {reverse.accessor, reverse.query_name}
        return Possible(found, model.assembly.unread)

    def _line(self, model: HistoricalModel) -> Iterator[HistoricalModel]:
        yield model
        for parent, _ in model.assembly.parents:
            if isinstance(parent, HistoricalModel):
                yield from self._line(parent)

    @memo
    def _added(self, migration: Migration) -> tuple[tuple[str, frozenset[str]], ...]:
        """The names that a migration's operations give to models, by label; those under "" may be of any model."""
        found: list[tuple[str, frozenset[str]]] = []
        for operation in self.migrations.operations(migration):
            found.extend(self._added_by(migration.label, operation))
        return tuple(found)

    def _added_by(self, app_label: str, operation: Operation) -> Iterator[tuple[str, frozenset[str]]]:
        label = f"{app_label}.{operation.model}".lower()
        if operation.kind == "RenameModel":
            new = operation.new.lower()
            yield "", frozenset({new, f"{new}_set"})
        elif operation.kind == "RenameField":
            yield label, frozenset({operation.new, f"{operation.new}_id"})
        for record in operation.fields:
            yield label, frozenset({record.name, f"{record.name}_id"})
            target = self._target(app_label, operation.model, record)
            if target is not None:
                yield target.lower(), frozenset(_reverse_names(record, operation.model))

    def creator(self, app_label: str, model: str) -> Migration | None:
        """The first migration that gives an app a model of this name."""
        for migration in self.migrations.whole.order:
            if migration.label == app_label:
                for operation in self.migrations.operations(migration):
                    if operation.kind in ("CreateModel", "RenameModel") and operation.new.lower() == model.lower():
                        return migration
        return None

    @memo
    def called(self, model: HistoricalModel) -> frozenset[str]:
        """Every name that a model has had or will have."""
        found = {model.model_name}
        renamed = [
            {operation.model, operation.new.lower()}
            for migration in self.migrations.all.values()
            if migration.label == model.app_label
            for operation in self.migrations.operations(migration)
            if operation.kind == "RenameModel"
        ]
        for _ in renamed:
            for pair in renamed:
                if pair & found:
                    found |= pair
        return frozenset(found)

    @memo
    def change(self, model: HistoricalModel, name: str) -> Change | None:
        """The operation that gives a model a name after its point, or has taken it away before."""
        index = model.index
        later: Change | None = None
        earlier: Change | None = None
        called = self.called(model)
        for migration in index.graph.order:
            if migration.label != model.app_label:
                continue
            for operation in self.migrations.operations(migration):
                if operation.model in called:
                    added = operation.new == name or any(record.name == name for record in operation.fields)
                    if operation.kind in ("AddField", "CreateModel", "RenameField") and added:
                        later, earlier = Change("later", migration, operation.at), None
                    elif operation.kind in ("RemoveField", "RenameField") and operation.name == name:
                        later, earlier = None, Change("earlier", migration, operation.at)
        return later or earlier

    def open_reason(self, model: HistoricalModel) -> str:
        """Why relations to a model may exist that no migration shows."""
        models = self.project.models
        present = models.labelled(f"{model.app_label}.{model.name}")
        return next(filter(None, map(models.unread_relations, present)), "")


def labels_asked(label: Type, name: Type | None) -> list[str]:
    """The labels that `get_model` may be asked for; none where one of them is not known."""
    first = [m.value if isinstance(m, Constant) else None for m in members(label)]
    if name is None or name == NONE:
        return [text for text in first if isinstance(text, str)] if None not in first else []
    second = [m.value if isinstance(m, Constant) else None for m in members(name)]
    return [f"{a}.{b}" for a in first for b in second] if None not in (*first, *second) else []


def _reverse_names(record: FieldRecord, model: str) -> Iterator[str]:
    yield from (model, f"{model}_set")
    call = record.value.expr
    for keyword in call.keywords if isinstance(call, s.Call) else ():
        if keyword.name in ("related_name", "related_query_name") and isinstance(keyword.value, s.Str):
            for placeholder in ("%(class)s", "%(model_name)s"):
                yield keyword.value.value.replace(placeholder, model)
