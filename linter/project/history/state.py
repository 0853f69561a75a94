"""The models of one app at some point of its history: what the operations before that point made of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec
from msgspec.structs import replace

from linter.facts import syntax as s
from linter.project.history.operations import FieldRecord, Operation
from linter.project.models.arguments import Argument
from linter.project.units import Unit

# The options that AlterModelOptions sets anew as a whole: one that it does not name is gone.
ALTERED = frozenset({
    "base_manager_name", "default_manager_name", "default_related_name", "get_latest_by", "managed", "ordering",
    "permissions", "default_permissions", "select_on_save", "verbose_name", "verbose_name_plural",
})  # fmt: skip


class ModelState(msgspec.Struct, frozen=True, eq=False):
    """`unit` and `at`: the operation that created it. `bases` as it says them; a string names another historical model."""

    name: str
    unit: Unit
    at: int
    fields: Mapping[str, FieldRecord]
    options: Mapping[str, Argument]
    bases: tuple[s.Expr, ...]
    managers: tuple[FieldRecord, ...]


class AppState(msgspec.Struct, frozen=True, eq=False):
    """`models` by name in lower case. `renamed`: former names of models, which relations of other apps may still say.
    `open_reason`: why there may be models and fields that were not seen."""

    models: Mapping[str, ModelState] = msgspec.field(default_factory=dict)
    renamed: Mapping[str, str] = msgspec.field(default_factory=dict)
    open_reason: str = ""

    def named(self, name: str) -> ModelState | None:
        """The model that a relation means by a name."""
        found = self.models.get(name)
        steps = len(self.renamed)
        while found is None and name in self.renamed and steps >= 0:
            name = self.renamed[name]
            found = self.models.get(name)
            steps -= 1
        return found

    def is_unclear(self, name: str) -> bool:
        """Whether a name is one that a model had before, and another one has now."""
        return name in self.renamed and name in self.models

    def shares_a_name(self, model: ModelState) -> bool:
        """Whether a relation that says an unclear name may mean this model."""
        return any(
            model is self.models[old] or model is self.named(new)
            for old, new in self.renamed.items()
            if self.is_unclear(old)
        )


def applied(state: AppState, operations: Iterable[Operation], unit: Unit) -> AppState:
    """The state after a migration's operations."""
    models, renamed, reason = dict(state.models), dict(state.renamed), state.open_reason
    for operation in operations:
        kind, name = operation.kind, operation.model
        model = models.get(name)
        if kind == "CreateModel":
            fields = {record.name: record for record in operation.fields}
            models[name] = ModelState(
                operation.new, unit, operation.at, fields, operation.options, operation.bases, operation.managers
            )
        elif kind in ("", "RunPython"):
            reason = reason or operation.reason
        elif model is None:
            reason = reason or f"an operation on `{name}`, which no migration creates"
        elif kind == "DeleteModel":
            del models[name]
        elif kind == "RenameModel":
            del models[name]
            models[operation.new.lower()] = replace(model, name=operation.new)
            renamed[name] = operation.new.lower()
        else:
            models[name] = _changed(model, operation)
    return AppState(models, renamed, reason)


def _changed(model: ModelState, operation: Operation) -> ModelState:
    kind = operation.kind
    if kind in ("AddField", "AlterField"):
        return replace(model, fields={**model.fields, operation.name: operation.fields[0]})
    if kind == "RemoveField":
        return replace(model, fields={n: f for n, f in model.fields.items() if n != operation.name})
    if kind == "RenameField":
        renamed = {
            operation.new if n == operation.name else n: FieldRecord(operation.new, f.value)
            if n == operation.name
            else f
            for n, f in model.fields.items()
        }
        return replace(model, fields=renamed)
    if kind == "AlterModelManagers":
        return replace(model, managers=operation.managers)
    gone = ALTERED if kind == "AlterModelOptions" else {"order_with_respect_to"}
    kept = {name: value for name, value in model.options.items() if name not in gone}
    return replace(model, options={**kept, **operation.options})
