"""Rows that are locked outside a transaction: `select_for_update()` in code that certainly runs without one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from linter.facts import syntax as s
from linter.project.constants import texts
from linter.project.control import Step, steps
from linter.project.flow.callers import callers
from linter.project.imports.modules import is_test
from linter.project.migrations.vendors import SQLITE, vendor_of_engine
from linter.project.names import callee, last_name
from linter.project.scopes import Scope
from linter.project.serving.calls import own_calls
from linter.project.serving.endpoints import VIEW_DECORATORS
from linter.project.trace import cached_property, memo
from linter.project.units import ClassSymbol, FunctionSymbol
from linter.span import Span

if TYPE_CHECKING:
    from linter.project import Project

_LOCK = "select_for_update"
# What asks for the locked rows there and then. `update()` and `delete()` do not lock, `update_or_create()` has a transaction
# of its own: https://docs.djangoproject.com/en/5.2/ref/models/querysets/#select-for-update
_ASKS = frozenset({"get", "first", "last", "earliest", "latest", "in_bulk", "iterator", "get_or_create"})
_LISTS = frozenset({"list", "tuple", "set", "sorted"})
_STEPS = frozenset({
    "all", "annotate", "defer", "distinct", "exclude", "filter", "only", "order_by", "prefetch_related", "reverse",
    "select_related", "values", "values_list",
})  # fmt: skip
_TASKS = frozenset({"task", "shared_task"})
_COMMANDS = ("django.core.management.BaseCommand", "django.core.management.base.BaseCommand")
_VERBS = frozenset({"get", "post", "put", "patch", "delete"})
_HARMLESS = VIEW_DECORATORS | {"staticmethod", "classmethod"}  # they open no transaction
MOST_LEVELS = 3


class Unlocked(msgspec.Struct, frozen=True):
    """`asked` is what asks for the rows; `entry` the task, command or view that leads there without a transaction."""

    asked: Span
    entry: FunctionSymbol


class Locks:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.names = project.names

    def outside(self, path: str) -> Iterator[Unlocked]:
        unit = self.project.unit(path)
        if unit is None or is_test(path) or not unit.mentions(_LOCK):
            return
        for function in self.project.functions(unit):
            text = unit.unread(function.node)
            if (text is not None and _LOCK.encode() not in text) or function.node.is_async or not self._locks_rows:
                continue
            scope = Scope(unit, (function.node,), function.owner)
            asked = [call for step in steps(scope.statements) if not step.contexts for call in _asking(step)]
            entry = self._entry(function, MOST_LEVELS) if asked else None
            if entry is not None:
                for at in asked:
                    yield Unlocked(unit.span(at, function.node), entry)

    @cached_property
    def _locks_rows(self) -> bool:
        """Whether a database of the project may lock rows, and not every statement has its transaction: SQLite does not."""
        if any(unit.mentions("AUTOCOMMIT") for unit in self.project.units()):
            return False
        engines = [
            vendor_of_engine(text.value)
            for database in self.project.settings.databases
            for text in texts(database.get("ENGINE") or ())
        ]
        return not engines or any(vendor != SQLITE for vendor in engines)

    @memo
    def _entry(self, function: FunctionSymbol, levels: int) -> FunctionSymbol | None:
        """A task, command or view that runs a function with no transaction around: itself, or one that calls it."""
        if is_test(function.unit.path) or function.node.is_async:
            return None
        decorators = [callee(each) for each in function.node.decorators]
        if any(last_name(each) in _TASKS for each in decorators):
            return function if len(decorators) == 1 and "base" not in self._options(function) else None
        if any(last_name(each) not in _HARMLESS for each in decorators):
            return None
        if self._is_command(function) or self._is_view(function):
            return function
        for call, where, _ in callers(self.project.flow, function) if levels else ():
            caller = where.activation.symbol
            if caller is not None and where.activation.outer is None and _is_open(caller, call):
                found = self._entry(caller, levels - 1)
                if found is not None:
                    return found
        return None

    def _options(self, function: FunctionSymbol) -> set[str]:
        return {key.name for each in function.node.decorators if isinstance(each, s.Call) for key in each.keywords}

    def _is_command(self, function: FunctionSymbol) -> bool:
        owner = function.owner
        return owner is not None and function.node.name == "handle" and self.names.is_subclass(owner, *_COMMANDS)

    def _is_view(self, function: FunctionSymbol) -> bool:
        if not self.project.serving.endpoints.is_endpoint(function) or self._have_requests_transactions:
            return False
        if function.owner is None:  # a helper may take the request too
            return next(callers(self.project.flow, function), None) is None
        return function.node.name in _VERBS and not self._is_wrapped(function.owner)

    def _is_wrapped(self, owner: ClassSymbol) -> bool:
        """Whether a class-based view may open a transaction before its method for the verb is called."""
        for cls in self.names.mro(owner)[0]:
            if isinstance(cls, ClassSymbol) and not cls.unit.is_library:
                if cls.node.decorators or any(name in cls.names for name in ("dispatch", "as_view", "initial")):
                    return True
        return False

    @cached_property
    def _have_requests_transactions(self) -> bool:
        return any(unit.mentions("ATOMIC_REQUESTS") for unit in self.project.units())


def _asking(step: Step) -> Iterator[int]:
    """Where one statement asks for locked rows."""
    node = step.node
    if isinstance(node, s.For) and _is_locked(node.iterable):
        assert isinstance(node.iterable, s.Call)
        yield node.iterable.at
    for call in own_calls(node):
        func = call.func
        if isinstance(func, s.Attr) and func.name in _ASKS and _is_locked(func.value):
            yield func.at
        elif isinstance(func, s.Name) and func.id in _LISTS and len(call.args) == 1 and _is_locked(call.args[0]):
            yield call.at


def _is_locked(rows: s.Expr) -> bool:
    """Whether a queryset, made in one expression, locks its rows."""
    while isinstance(rows, s.Call) and isinstance(rows.func, s.Attr):
        if rows.func.name == _LOCK:
            return True
        if rows.func.name not in _STEPS:
            return False
        rows = rows.func.value
    return False


def _is_open(caller: FunctionSymbol, call: s.Call) -> bool:
    """Whether a function makes a call in line, and in no `with` block."""
    for step in steps(caller.unit.body(caller.node).statements):
        if any(each is call for each in own_calls(step.node)):
            return not step.contexts
    return False
