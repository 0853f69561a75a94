"""The Django model that an expression names: a class, a label, `get_user_model()`, `apps.get_model(…)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.facts import syntax as s
from linter.project.names import last_name
from linter.project.scopes import Scope, full_name, resolve
from linter.project.units import ClassSymbol, ValueSymbol

if TYPE_CHECKING:
    from linter.project import Project
    from linter.project.models import Model


def model_named(project: Project, scope: Scope, expr: s.Expr) -> Model | None:
    if last_name(expr) == "AUTH_USER_MODEL":
        return project.models.user
    label = text(project, scope, expr)
    if label is not None:
        return project.models.by_label(label)
    symbol = project.names.follow(resolve(project.names, scope, expr))
    if isinstance(symbol, ClassSymbol):
        return project.models.of(symbol)
    if isinstance(symbol, ValueSymbol):
        inner = scope if symbol.unit is scope.unit else Scope(symbol.unit)
        return _called(project, inner, symbol.value)
    return _called(project, scope, expr)


def _called(project: Project, scope: Scope, expr: s.Expr) -> Model | None:
    if not isinstance(expr, s.Call):
        return None
    name = full_name(project.names, scope, expr.func).rpartition(".")[2] or last_name(expr.func)
    if name == "get_user_model":
        return project.models.user
    label = label_in(project, scope, expr) if name == "get_model" else None
    return project.models.by_label(label) if label is not None else None


def label_in(project: Project, scope: Scope, call: s.Call) -> str | None:
    """The label in `get_model("app.Model")`, `get_model("app", "Model")`, and in that of an app's own configuration."""
    parts = [text(project, scope, arg) for arg in call.args]
    if not parts or not all(parts):
        return None
    label = ".".join(part for part in parts if part)
    if "." not in label:
        return f"{project.models.label_of_app(scope.unit.path)}.{label}" if scope.owner is not None else None
    return label


def text(project: Project, scope: Scope, expr: s.Expr) -> str | None:
    """A string literal, or a constant that is one."""
    if isinstance(expr, s.Str):
        return expr.value
    symbol = project.names.follow(resolve(project.names, scope, expr))
    if isinstance(symbol, ValueSymbol) and isinstance(symbol.value, s.Str):
        return symbol.value.value
    return None
