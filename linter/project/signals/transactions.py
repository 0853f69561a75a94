"""Which rows are saved inside a transaction, so that nobody else sees them yet when their signals are sent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from linter.facts import syntax as s
from linter.finding import Place
from linter.project.constants import Number
from linter.project.flow.scopes import Scope as Point
from linter.project.imports.modules import is_migration, is_test
from linter.project.models.named import model_named
from linter.project.names import Names, last_name
from linter.project.scopes import Scope, functions
from linter.project.serving.atomic import atomic_blocks
from linter.project.serving.calls import inline_calls, name_at
from linter.project.trace import cached_property, memo
from linter.project.types import ModelInstance, UnknownType, members
from linter.project.units import ClassSymbol, FunctionSymbol, Unit, walk

if TYPE_CHECKING:
    from linter.project import Project
    from linter.project.models import Model

# Their rows are made in an atomic block of Django's own: https://github.com/django/django/blob/5.2/django/db/models/query.py
_ATOMIC_METHODS = frozenset({"get_or_create", "update_or_create"})
# What code calls a row that may be of any model.
_ANY_ROW = frozenset({"instance", "obj", "object"})
_ADMIN = "django.contrib.admin."


class Saving(msgspec.Struct, frozen=True):
    """Why rows are saved in a transaction, and where, None where that is no place in the code."""

    why: str
    place: Place | None = None


class Transactions:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.names = project.names

    @memo
    def around(self, model: Model) -> Saving | None:
        """What saves rows of a model in a transaction; None where nothing is known to."""
        if self.each_request is not None:
            return self.each_request
        place = self._registered.get(model)
        if place is not None:
            return Saving("the admin saves it in a transaction", place)
        return self._saved.get(model)

    @property
    def of_some_row(self) -> Saving | None:
        """A transaction in which rows are saved whose model is not known: any may be meant."""
        return self._saved.get(None)

    @cached_property
    def each_request(self) -> Saving | None:
        """ATOMIC_REQUESTS, where a database of some settings module has it."""
        said = (database.get("ATOMIC_REQUESTS") or () for database in self.project.settings.databases)
        is_atomic = any(Number(True) in values for values in said)
        return Saving("with `ATOMIC_REQUESTS` each request is a transaction") if is_atomic else None

    # --- the admin ---

    @cached_property
    def _registered(self) -> dict[Model, Place]:
        """The models with a page in the admin, whose views are atomic:
        https://github.com/django/django/blob/5.2/django/contrib/admin/options.py (`changeform_view`)."""
        found: dict[Model, Place] = {}
        for unit in self.project.units():
            if "register(" in unit.module.uses and unit.mentions("admin") and not is_test(unit.path):
                for expr in self._registrations(unit):
                    model = model_named(self.project, Scope(unit), expr)
                    at = getattr(expr, "at", s.NOWHERE)
                    if model is not None and at != s.NOWHERE:
                        found.setdefault(model, self.project.place(unit.path, unit.span(at)))
        return found

    def _registrations(self, unit: Unit) -> Iterator[s.Expr]:
        for cls in self.names.classes(unit):
            for decorator in cls.node.decorators:
                if isinstance(decorator, s.Call) and self._registers(unit, decorator) and not _cannot_save(cls):
                    yield from decorator.args
        for node, _ in walk(unit.module.body):
            call = node.value if isinstance(node, s.ExprStmt) else None
            if isinstance(call, s.Call) and call.args and self._registers(unit, call):
                admin = self.names.resolve(unit, call.args[1]) if len(call.args) > 1 else None
                if not isinstance(admin, ClassSymbol) or not _cannot_save(admin):
                    yield from call.args[0].items if isinstance(call.args[0], s.Seq) else call.args[:1]

    def _registers(self, unit: Unit, call: s.Call) -> bool:
        """`admin.site.register(…)`, `own_site.register(…)`, `@admin.register(…)`."""
        if last_name(call.func) != "register":
            return False
        site = last_name(call.func.value) if isinstance(call.func, s.Attr) else ""
        return site.endswith("site") or self.names.full_name(unit, call.func).startswith(_ADMIN)

    # --- atomic blocks ---

    @cached_property
    def _saved(self) -> dict[Model | None, Saving]:
        """By the model, None where it is not known, a place where the project saves a row in a transaction."""
        found: dict[Model | None, Saving] = {}
        for unit in self.project.units():
            if not is_test(unit.path) and not is_migration(unit.path):
                for model, scope, call in self._saves(unit):
                    if model not in found:
                        place = self.project.place(unit.path, unit.span(name_at(call), scope.function))
                        found[model] = Saving("a row is saved here in a transaction", place)
        return found

    def _saves(self, unit: Unit) -> Iterator[tuple[Model | None, Scope, s.Call]]:
        if any(unit.holds(word) for word in _ATOMIC_METHODS):
            for scope in functions(self.names, unit, (*_ATOMIC_METHODS,)):
                for made in self.project.creators.in_function(scope):
                    if made.kind == "get_or_create":
                        yield made.model, scope, made.call
        if unit.mentions("atomic"):
            for function in self.project.functions(unit):
                scope = Scope(unit, (function.node,), function.owner)
                yield from ((model, scope, call) for model, call in self._in_atomic(function, scope))

    def _in_atomic(self, function: FunctionSymbol, scope: Scope) -> Iterator[tuple[Model | None, s.Call]]:
        blocks = list(transactional_blocks(self.names, scope))
        if not blocks:
            return
        inside = {id(call): call for block in blocks for call in inline_calls(block)}
        for made in self.project.creators.in_function(scope):
            if id(made.call) in inside:
                yield made.model, made.call
        saves = [c for c in inside.values() if isinstance(c.func, s.Attr) and c.func.name == "save"]
        points = {id(call): where for call, where in self.project.flow.calls(function)} if saves else {}
        for call in saves:
            yield from ((model, call) for model in self._models(call, points.get(id(call))))

    def _models(self, call: s.Call, where: Point | None) -> Iterator[Model | None]:
        """The models whose row `row.save()` may save."""
        if where is None or not isinstance(call.func, s.Attr):
            return
        for kind in members(self.project.flow.expression(where, call.func.value)):
            if isinstance(kind, ModelInstance):
                yield kind.model
            elif isinstance(kind, UnknownType) and last_name(call.func.value) in _ANY_ROW:
                yield None


# Methods of an admin class that are only run inside the transaction of its views.
_ADMIN_METHODS = frozenset({"save_model", "save_related", "save_formset"})


def transactional_blocks(names: Names, scope: Scope) -> Iterator[tuple[s.Stmt, ...]]:
    """The parts of a function that run inside a transaction: those that say so, and methods that the admin calls in one."""
    function, owner = scope.function, scope.owner
    if function is not None and owner is not None and function.name in _ADMIN_METHODS:
        if names.is_subclass(owner, "django.contrib.admin.ModelAdmin", "django.contrib.admin.options.ModelAdmin"):
            yield scope.statements
            return
    yield from atomic_blocks(names, scope)


def _cannot_save(admin: ClassSymbol) -> bool:
    """Whether an admin class says itself who may add and change rows: perhaps nobody."""
    return all(admin.member(name) is not None for name in ("has_add_permission", "has_change_permission"))
