"""Historical models: the models of a project as they are at one point of its migrations, as `apps.get_model` gives them.

They are models like any others, with an index of their own, so whatever asks models for names can ask these. What they
have is fields, the managers that migrations name, and the classes that migrations name as bases. They have none of the
methods, properties and managers of the classes in `models.py`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from linter.facts import syntax as s
from linter.project.history.graph import Graph, Migration
from linter.project.history.operations import FieldRecord
from linter.project.history.state import AppState, ModelState
from linter.project.models.arguments import Argument
from linter.project.models.class_body import Body, Declared, DeclaredManager
from linter.project.models.index import MODEL, Models
from linter.project.models.managers import described, managers
from linter.project.models.meta import Meta
from linter.project.models.model import Field, Manager, Model, Reverse
from linter.project.models.relations import Relations
from linter.project.names import last_name
from linter.project.trace import cached_property, memo
from linter.project.units import ClassSymbol, External, Symbol

if TYPE_CHECKING:
    from linter.project.history import History

_RELATED = ("Key", "OneToOne", "ManyToMany", "Relation")


class HistoricalModel(Model):
    is_historical = True

    def __init__(self, index: HistoricalModels, label: str, state: ModelState) -> None:
        node = s.ClassDef(state.name, (), (), (), (), state.at)
        super().__init__(index, ClassSymbol(state.unit, node, state.name))
        self.index: HistoricalModels = index
        self.state = state
        self.app_label = label
        index.names.place(self.symbol, index.bases(self))

    @cached_property
    def meta(self) -> Meta:
        return _Options(self)

    @property
    def registered(self) -> bool:
        """A model of the state is one that Django knows."""
        return not self.swapped

    @cached_property
    def open_reason(self) -> str:
        return self.index.open_reason(self.app_label) or super().open_reason

    @cached_property
    def managers(self) -> dict[str, Manager]:
        if not self.state.managers:
            return managers(self)
        return {
            record.name: described(self.index, DeclaredManager(record.name, self.symbol, record.value.unit, call))
            for record in self.state.managers
            if isinstance(call := record.value.expr, s.Call)
        }

    @cached_property
    def possible_names(self) -> frozenset[str]:
        return self.index.history.possible(self)


class _Options(Meta):
    """The options of a historical model, each as the last operation gave it."""

    def __init__(self, model: HistoricalModel) -> None:
        super().__init__(model.index.names, None, False)
        self._options = model.state.options

    def option(self, name: str) -> Argument | None:
        return self._options.get(name)


class HistoricalModels(Models):
    """The models at one point: `mask` is the migrations that have run in `graph`, `inside` what the migration under way has
    done to its own app so far."""

    def __init__(self, history: History, graph: Graph, migration: Migration, inside: AppState) -> None:
        super().__init__(history.project)
        self.history = history
        self.graph = graph
        self.migration = migration
        self.inside = inside
        present = history.project.models
        self.apps, self.bodies, self.touches = present.apps, present.bodies, present.touches
        self.relations = _Relations(self)
        self._by_symbol: dict[ClassSymbol, HistoricalModel] = {}

    # --- models ---

    @memo
    def app(self, label: str) -> AppState | None:
        """The state of an app; None where it has no migrations that were read."""
        if label == self.migration.label:
            return self.inside
        own = self.graph.of_label(label)
        if not own:
            return None
        return self.history.state(self.graph, label, own & self.graph.before(self.migration.key))

    def open_reason(self, label: str) -> str:
        state = self.app(label)
        return state.open_reason if state is not None else f"the migrations of `{label}` were not found"

    @memo
    def model(self, label: str, name: str) -> HistoricalModel | None:
        """The model that `apps.get_model(label, name)` gives."""
        state = self.app(label)
        found = state.models.get(name.lower()) if state is not None else None
        return self._made(label, found) if found is not None else None

    @memo
    def _made(self, label: str, state: ModelState) -> HistoricalModel:
        made = HistoricalModel(self, label, state)
        self._by_symbol[made.symbol] = made
        return made

    def by_label(self, label: str, near: str = "") -> HistoricalModel | None:
        """The model that a relation means by a label."""
        app_label, _, name = label.rpartition(".")
        state = self.app(app_label)
        if state is None or state.is_unclear(name.lower()):
            return None
        found = state.named(name.lower())
        return self._made(app_label, found) if found is not None else None

    def of(self, symbol: Symbol | None) -> Model | None:
        if isinstance(symbol, ClassSymbol) and symbol in self._by_symbol:
            return self._by_symbol[symbol]
        return super().of(symbol)

    # --- parts of one model ---

    def bases(self, model: HistoricalModel) -> list[ClassSymbol | External | None]:
        """The bases that migrations name: classes, and the labels of other historical models."""
        found: list[ClassSymbol | External | None] = []
        for base in model.state.bases:
            if isinstance(base, s.Str):
                label = base.value if "." in base.value else f"{model.app_label}.{base.value}"
                parent = self.by_label(label)
                found.append(parent.symbol if parent is not None else None)
            else:
                symbol = self.names.follow(self.names.resolve(model.state.unit, base))
                found.append(symbol if isinstance(symbol, (ClassSymbol, External)) else None)
        if not found:
            symbol = self.names.find(MODEL)
            found.append(symbol if isinstance(symbol, ClassSymbol) else External(MODEL))
        return found

    def body(self, cls: ClassSymbol) -> Body:
        model = self._by_symbol.get(cls)
        return self._body(model) if model is not None else super().body(cls)

    @memo
    def _body(self, model: HistoricalModel) -> Body:
        body = Body(frozenset(model.state.fields))
        for record in model.state.fields.values():
            made = self.history.made(record)
            if made is None or made.field_class.kind in ("unknown", "attribute", "manager"):
                reason = made.field_class.open_reason if made is not None else ""
                body.open(reason or f"`{model.name}.{record.name}` of {record.value.unit.path}")
            else:
                self.bodies.declare(body, model.symbol, record.name, made)
        return body

    def touched(self, cls: ClassSymbol) -> list[Body]:
        return [] if cls in self._by_symbol else super().touched(cls)

    def target(self, owner: Model, declared: Declared) -> tuple[Model | None, str | None]:
        given = declared.options.get("to")
        if not isinstance(given, Argument):
            return None, None
        label = self.label_of(owner.app_label, owner.label or "", given)
        return (self.by_label(label) if label is not None else None), label

    def label_of(self, app_label: str, itself: str, to: Argument) -> str | None:
        """The label of the model that a relation points at."""
        if isinstance(to.expr, s.Str):
            text = to.expr.value
            return itself if text == "self" else text if "." in text else f"{app_label}.{text}"
        return self.history.label_said(to.unit, to.expr)


class _Incoming(msgspec.Struct, frozen=True):
    label: str
    model: str
    field: str


class _Relations(Relations):
    """The relations between the models of one point."""

    def __init__(self, index: HistoricalModels) -> None:
        super().__init__(index)
        self.index: HistoricalModels = index

    @cached_property
    def _pointing(self) -> dict[str, list[_Incoming]]:
        """By label, in lower case, of the model that is pointed at."""
        found: dict[str, list[_Incoming]] = defaultdict(list)
        for label in self.index.history.labels:
            state = self.index.app(label)
            for key, model in state.models.items() if state is not None else ():
                for name, target in self.index.history.targets(label, model):
                    found[target].append(_Incoming(label, key, name))
        return found

    def own(self, model: Model) -> list[Reverse]:
        found: list[Reverse] = []
        for source, known in self._fields_to(model):
            names = self.names(source, known)
            if names is not None and (names[0] or names[1] == "+"):
                found.append(Reverse(*names, source, known, known.one_to_one))
        return found

    def _fields_to(self, model: Model) -> Iterator[tuple[HistoricalModel, Field]]:
        assert isinstance(model, HistoricalModel)
        state = self.index.app(model.app_label)
        former = [old for old in state.renamed if state.named(old) is model.state] if state is not None else []
        for name in (model.model_name, *former):
            for pointing in self._pointing.get(f"{model.app_label}.{name}", ()):
                source = self.index.model(pointing.label, pointing.model)
                known = source.assembly.local.get(pointing.field) if source is not None else None
                if source is not None and known is not None and known.related is not None and not source.swapped:
                    yield source, known

    def possible(self, model: Model) -> frozenset[str]:
        assert isinstance(model, HistoricalModel)
        return self.index.history.possible(model)

    def open_reason(self, model: Model) -> str:
        """Relations of apps whose migrations were not read are those of today."""
        assert isinstance(model, HistoricalModel)
        state = self.index.app(model.app_label)
        if state is not None and state.shares_a_name(model.state):
            return f"relations to `{model.name}` may mean another model that has had the name"
        for source, known in self._fields_to(model):
            if self.names(source, known) is None:
                return f"the name of the relation from `{source.name}.{known.name}`"
        return self.index.history.open_reason(model)


def points_at(record: FieldRecord) -> Argument | None:
    """What a field points at, where it is a relation by all appearances: most fields need not be looked at closer."""
    call = record.value.expr
    if not isinstance(call, s.Call):
        return None
    given = call.keyword("to")
    if given is None and call.args:
        name = last_name(call.func)
        given = call.args[0] if any(word in name for word in _RELATED) else None
    return Argument(record.value.unit, given) if given is not None else None
