"""Relations whose other end is no model: the string names none that an installed app defines, or the class is abstract."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

import msgspec

from linter.facts import syntax as s
from linter.project.models.apps import App
from linter.project.models.arguments import Argument
from linter.project.models.class_body import Declared
from linter.project.models.expressions import calls
from linter.project.models.field_classes import is_django
from linter.project.models.model import Model
from linter.project.scopes import functions
from linter.project.trace import cached_property, memo
from linter.project.units import ClassSymbol, Unit, walk

if TYPE_CHECKING:
    from linter.project.models.index import Models

Why = Literal["no such model", "no such app", "not installed", "abstract", "not a label"]


class Dangling(msgspec.Struct, frozen=True):
    """`written` is what the relation says at `at`; `target` the abstract model, or the one whose app is not installed."""

    model: Model
    field: str
    option: str  # "to" or "through"
    written: str
    at: int
    cls: ClassSymbol  # in whose body it stands
    why: Why
    app_label: str
    target: Model | None = None
    suggestion: str = ""


class DanglingRelations:
    def __init__(self, index: Models) -> None:
        self.index = index
        self.apps = index.apps

    @cached_property
    def by_path(self) -> dict[str, list[Dangling]]:
        """Each once, where it is written, however many models inherit it."""
        found: dict[str, list[Dangling]] = defaultdict(list)
        reported: set[Declared] = set()
        for model in self.index.own:
            if not model.registered:
                continue
            for field in model.assembly.local.values():
                declared = field.declared
                if declared is None or not field.is_relation or declared in reported:
                    continue
                for dangling in self._of(model, declared):
                    if not self.index.project.startup.reached(model.symbol.unit.path):
                        continue  # a package inside an app's, which nobody imports
                    reported.add(declared)
                    found[declared.unit.path].append(dangling)
        return dict(found)

    def _of(self, model: Model, declared: Declared) -> Iterator[Dangling]:
        if declared.unit is not declared.owner.unit or declared.unit.is_library:
            return
        for option in ("to", "through"):
            given = declared.options.get(option)
            if isinstance(given, Argument) and given.unit is declared.unit:
                dangling = self._judged(model, declared, option, given)
                if dangling is not None:
                    yield dangling

    def _judged(self, model: Model, declared: Declared, option: str, given: Argument) -> Dangling | None:
        expr = given.expr
        if isinstance(expr, s.Str):
            if expr.value == "self":
                return None
            why, target = self._judge(model, expr.value)
            written, at = expr.value, expr.at
        elif isinstance(expr, (s.Name, s.Attr)):
            target = self.index.reference_in(given.unit, model, expr)
            why = "abstract" if target is not None and target.abstract and target.symbol.unit is given.unit else None
            written, at = target.name if target is not None else "", expr.at
        else:
            return None
        if why is None:
            return None
        label = self.index.label_meant(model, written).rpartition(".")[0]
        suggestion = self._suggestion(model, written, why)
        return Dangling(model, declared.name, option, written, at, declared.owner, why, label, target, suggestion)

    def _judge(self, model: Model, written: str) -> tuple[Why | None, Model | None]:
        label = self.index.label_meant(model, written)
        app_label, _, name = label.rpartition(".")
        if "." in app_label:
            return "not a label", None
        known = self.index.labelled(label)
        if known:
            if any(m.registered or m.swapped for m in known) or not self._lists_all:
                return None, None
            return "not installed", known[0]
        if not self._knows_label(app_label):
            return ("no such app", None) if self._lists_all and not self.apps.unread else (None, None)
        abstract = self._abstract(app_label, name)
        if abstract is not None:
            return "abstract", abstract
        app = self._app(app_label)
        if app is None or self._may_hold(app, name):
            return None, None
        return "no such model", None

    @cached_property
    def _lists_all(self) -> bool:
        """Whether it is known what is installed, and what is not."""
        return self.apps.is_known and self.apps.are_all_named

    def _app(self, label: str) -> App | None:
        return next((app for app in self._all_apps if app.label == label), None)

    def _knows_label(self, label: str) -> bool:
        return self._app(label) is not None

    @cached_property
    def _all_apps(self) -> tuple[App, ...]:
        """The installed apps; where no settings say, those that hold the project's own models."""
        if self.apps.is_known:
            return self.apps.installed
        return tuple({model.app: None for model in self.index.own})

    def _abstract(self, app_label: str, name: str) -> Model | None:
        for model in self.index.own:
            if model.abstract and model.app_label == app_label and model.name.lower() == name.lower():
                return model
        return None

    # --- what may define a model unseen ---

    @memo
    def _may_hold(self, app: App, name: str) -> bool:
        """Whether an app may have a model of a name that was not seen."""
        if app.unit is None:
            return True
        if app.unit.is_library:
            return not app.unit.name.startswith("django.")
        models = [m for m in self.index.own if m.app.name == app.name or m.app_label == app.label]
        return (
            any(self._makes_models(m) for m in models)
            or any(name.lower() == f"{m.name}_{field}".lower() for m in models for field in m.fields)
            or any(self._speaks_of(unit, name) for unit in self._units(app))
        )

    def _units(self, app: App) -> Iterator[Unit]:
        for unit in self.index.project.units():
            if unit.path.startswith(f"{app.folder}/" if app.folder else ""):
                yield unit

    def _makes_models(self, model: Model) -> bool:
        """A library's `HistoricalRecords()`, `TranslatedFields(…)` makes another model for this one."""
        for cls in self.index.names.mro(model.symbol)[0]:
            if isinstance(cls, ClassSymbol) and not is_django(cls) and self.index.body(cls).has_helpers:
                return True
        return bool(model.assembly.unsure)

    def _speaks_of(self, unit: Unit, name: str) -> bool:
        """Whether a module binds a name that could be the model: an import that was not followed, a class that may be a
        model though it does not look like one, one in a function, `type("Name", …)`."""
        lower = name.lower()
        for bound in unit.names:
            if bound.lower() == lower:
                symbol = self.index.names.lookup(unit, bound)
                model = self.index.of(symbol)
                if model is None or not model.abstract:
                    return True
        for block in (unit.module.body, *(scope.statements for scope in functions(self.index.names, unit))):
            for node, _ in walk(block):
                if isinstance(node, s.ClassDef) and node.name.lower() == lower and block is not unit.module.body:
                    return True
                for call in calls(value) if (value := getattr(node, "value", None)) is not None else ():
                    if isinstance(call.func, s.Name) and call.func.id == "type" and len(call.args) == 3:
                        if not isinstance(call.args[0], s.Str) or call.args[0].value.lower() == lower:
                            return True
        return False

    # --- did you mean ---

    def _suggestion(self, model: Model, written: str, why: Why) -> str:
        """The label that was probably meant, as it would be written here."""
        if why in ("abstract", "not installed"):
            return ""
        parts = written.split(".")
        name = parts[-1]
        known = {m.label: m for m in self.index.everything if m.registered and m.label is not None}
        same = [label for label, m in known.items() if m.name.lower() == name.lower()]
        if why == "not a label":
            same = [label for label in same if label.partition(".")[0] in parts] or same
        if len(same) > 1:
            same = [label for label in same if label.partition(".")[0].lower() == parts[0].lower()] or same
        if len(same) != 1:
            from difflib import get_close_matches

            app_label = self.index.label_meant(model, written).rpartition(".")[0]
            near = {m.name: label for label, m in known.items() if label.partition(".")[0] == app_label}
            same = [near[n] for n in get_close_matches(name, near, 1, 0.7)]
        if not same:
            return ""
        app_label, _, short = same[0].partition(".")
        return short if "." not in written and app_label == model.app_label else same[0]
