"""Which models a ModelAdmin is registered for: `@admin.register(Book)`, `admin.site.register([Book, Author], BookAdmin)`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from linter.facts import syntax as s
from linter.project.flow import library
from linter.project.flow.attributes import called_name
from linter.project.flow.scopes import Scope
from linter.project.imports.modules import is_test
from linter.project.trace import cached_property
from linter.project.types import ClassType, Sequence, TupleType, Type, members
from linter.project.units import ClassSymbol, Unit

if TYPE_CHECKING:
    from linter.project import Project
    from linter.project.models import Model

_DECORATORS = ("django.contrib.admin.register", "django.contrib.admin.decorators.register")


class Registrations:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.flow = project.flow

    def of(self, cls: ClassSymbol) -> tuple[Model, ...]:
        return tuple(self._all.get(cls, ()))

    @cached_property
    def _all(self) -> dict[ClassSymbol, dict[Model, None]]:
        found: dict[ClassSymbol, dict[Model, None]] = {}
        for unit in self.project.units():
            if "register(" in unit.module.uses and not is_test(unit.path):
                for cls, model in (*self._decorated(unit), *self._called(unit)):
                    found.setdefault(cls, {})[model] = None
        return found

    def _decorated(self, unit: Unit) -> Iterator[tuple[ClassSymbol, Model]]:
        scope = self.flow.module_scope(unit)
        for cls in self.project.names.classes(unit):
            for decorator in cls.node.decorators:
                if isinstance(decorator, s.Call) and called_name(decorator) == "register":
                    if self.project.names.full_name(unit, decorator.func) in _DECORATORS:
                        for argument in decorator.args:
                            yield from ((cls, model) for model in self._models(argument, scope))

    def _called(self, unit: Unit) -> Iterator[tuple[ClassSymbol, Model]]:
        activation = self.flow.module_scope(unit).activation
        for point in self.flow.module_frame(unit).points:
            call = point.expr
            if not isinstance(call, s.Call) or called_name(call) != "register" or not call.args:
                continue
            scope = Scope(activation, point.env)
            admin = call.args[1] if len(call.args) > 1 else call.keyword("admin_class")
            for kind in members(self.flow.expression(scope, admin)) if admin is not None else ():
                if isinstance(kind, ClassType) and kind.model is None:
                    yield from ((kind.symbol, model) for model in self._models(call.args[0], scope))

    def _models(self, expr: s.Expr, scope: Scope) -> Iterator[Model]:
        for part in expr.items if isinstance(expr, s.Seq) else (expr,):
            for kind in _each(self.flow.expression(scope, part)):
                for member in members(library.model_class(self.flow, kind)):
                    if isinstance(member, ClassType) and member.model is not None:
                        yield member.model


def _each(kind: Type) -> Iterator[Type]:
    for member in members(kind):
        if isinstance(member, Sequence):
            yield from members(member.element)
        elif isinstance(member, TupleType):
            yield from member.items
        else:
            yield member
