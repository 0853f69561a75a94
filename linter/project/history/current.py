"""Models that code of migrations imports as they are today, and queries, while their tables do not have all columns yet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from linter.facts import syntax as s
from linter.project.control import steps
from linter.project.expected import is_expected
from linter.project.flow.scopes import Scope
from linter.project.flow.walk import calls_in
from linter.project.history.index import HistoricalModel
from linter.project.types import ModelInstance, QuerySet
from linter.project.units import FunctionSymbol, Unit
from linter.span import Span

if TYPE_CHECKING:
    from linter.project import Project
    from linter.project.history import Change
    from linter.project.models import Model

# Methods that read or write every column of a row, at once.
_OF_ROWS = frozenset({
    "get", "first", "last", "latest", "earliest", "create", "get_or_create", "update_or_create", "bulk_create", "in_bulk",
})  # fmt: skip
_LISTS = frozenset({"list", "tuple", "set", "len", "sorted"})
_SOME_COLUMNS = frozenset({"only", "defer"})
_ERRORS = ("OperationalError", "ProgrammingError", "DatabaseError")


class TooNew(msgspec.Struct, frozen=True):
    """`field`: a column of `model` that the table gets by a `change` that comes later."""

    model: Model
    field: str
    change: Change
    unit: Unit
    at: int
    function: s.FunctionDef | None

    @property
    def span(self) -> Span:
        return self.unit.span(self.at, self.function)


class CurrentModels:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.history = project.history
        self.flow = project.flow

    def in_file(self, path: str) -> Iterator[TooNew]:
        unit = self.project.unit(path)
        if unit is None or path not in self.history.paths or "migrations" not in path.split("/"):
            return
        for function in self.project.functions(unit):
            if self.history.points(function):
                for model, expr, scope in self._queried(function):
                    found = self._too_new(function, model)
                    if found is not None and not is_expected(unit, expr.at, scope.activation.function, _ERRORS):
                        yield TooNew(model, *found, scope.unit, expr.at, scope.activation.function)

    def _queried(self, function: FunctionSymbol) -> Iterator[tuple[Model, s.Call, Scope]]:
        """The models of today whose rows a function surely reads or writes, each with the call that does."""
        loops = {
            id(node.iterable)
            for node in (step.node for step in steps(function.unit.body(function.node).statements))
            if isinstance(node, s.For)
        }
        for expr, where in self.flow.points(function):
            for call, scope in calls_in(expr, where):
                func = call.func
                if id(call) in loops:
                    asked: s.Expr = call
                elif isinstance(func, s.Attr) and func.name in _OF_ROWS:
                    asked = func.value
                elif isinstance(func, s.Name) and func.id in _LISTS and len(call.args) == 1:
                    asked = call.args[0]
                elif isinstance(func, s.Attr) and func.name == "save":
                    asked = func.value
                else:
                    continue
                model = self._current(asked, scope)
                if model is not None:
                    yield model, call, scope

    def _current(self, expr: s.Expr, scope: Scope) -> Model | None:
        kind = self.flow.expression(scope, expr)
        if isinstance(kind, QuerySet):
            is_whole = kind.rows == "instance" and not _takes_some(expr)
        elif isinstance(kind, ModelInstance):
            is_whole = not kind.or_subclass
        else:
            return None
        model = kind.model
        is_own = not (model.is_historical or model.abstract or model.symbol.unit.is_library)
        return model if is_whole and is_own else None

    def _too_new(self, function: FunctionSymbol, model: Model) -> tuple[str, Change] | None:
        """A column that the model has and that its table gets later, wherever the function runs."""
        found = [self._missing(path, position, model) for path, position in self._points(function)]
        return found[0] if found and None not in found else None

    def _points(self, function: FunctionSymbol) -> Iterator[tuple[str, int]]:
        return ((migration.path, position) for migration, position in self.history.points(function))

    def _missing(self, path: str, position: int, model: Model) -> tuple[str, Change] | None:
        then = self.history.at(path, position).model(model.app_label, model.name)
        if not isinstance(then, HistoricalModel) or then.open_reason or model.assembly.parents:
            return None
        for field in model.fields.values():
            has_column = field.column is not None and not field.many_to_many
            if has_column and field.name not in then.fields and field.name not in then.possible_names:
                change = self.history.change(then, field.name)
                if change is not None and change.when == "later":
                    return field.name, change
        return None


def _takes_some(expr: s.Expr) -> bool:
    """Whether a query names the columns that it wants, or may have been made elsewhere."""
    while isinstance(expr, (s.Call, s.Attr)):
        if isinstance(expr, s.Attr):
            if expr.name in _SOME_COLUMNS:
                return True
            expr = expr.value
        else:
            expr = expr.func
    return not (isinstance(expr, s.Name) and expr.id[:1].isupper())
