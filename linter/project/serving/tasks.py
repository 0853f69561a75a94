"""Calls that queue a task: of Celery (https://docs.celeryq.dev/en/stable/userguide/calling.html), of Dramatiq
(https://dramatiq.io/reference.html#dramatiq.Actor.send), of Huey, where calling the task itself does it
(https://huey.readthedocs.io/en/latest/contrib.html#django). Queues whose tasks may lie in the same database, or wait for its
commit by themselves, are not among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from linter.facts import syntax as s
from linter.project.constants import Number
from linter.project.names import callee, dotted, last_name
from linter.project.scopes import Scope, full_name, resolve
from linter.project.trace import cached_property, memo
from linter.project.units import ClassSymbol, FunctionSymbol, Symbol, Unit, ValueSymbol

if TYPE_CHECKING:
    from linter.project import Project

QUEUE = ("delay", "apply_async")
_SIGNATURES = frozenset({"s", "si", "signature", "subtask"})
_DECORATORS = frozenset(
    {"celery.shared_task", "celery.app.shared_task", "celery.task", "celery.task.task", "celery.decorators.task"}
)
_APPS = frozenset({"celery.Celery", "celery.app.base.Celery", "celery.app.Celery"})
_ACTORS = frozenset({"dramatiq.actor", "dramatiq.actor.actor"})
_SENDS = ("send", "send_with_options")
_HUEY = frozenset({"huey.contrib.djhuey.task", "huey.contrib.djhuey.db_task"})
_CLASSES = ("celery.Task", "celery.app.task.Task", "celery.task.Task")


class Queued(msgspec.Struct, frozen=True):
    """`name`: the call as it is written; `given`: what the task gets."""

    name: str
    given: tuple[s.Expr, ...]


class Tasks:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.names = project.names

    @memo
    def bodies(self, unit: Unit) -> frozenset[int]:
        """The function bodies of a module that may queue something, themselves."""
        return frozenset(unit.bodies_with((*QUEUE, *self._more_words)))

    @cached_property
    def _more_words(self) -> tuple[str, ...]:
        """What else queues something in this project: methods of actors, tasks that are called."""
        units = [unit for unit in self.project.units() if not unit.is_library]
        sends = _SENDS if any(unit.mentions("dramatiq") for unit in units) else ()
        called = (
            function.node.name
            for unit in units
            if unit.mentions("djhuey")
            for function in self.project.functions(unit)
            if self._is_decorated(function, _HUEY)
        )
        return (*sends, *dict.fromkeys(called))

    def _is_decorated(self, symbol: Symbol | None, decorators: frozenset[str]) -> bool:
        return isinstance(symbol, FunctionSymbol) and any(
            self.names.full_name(symbol.unit, callee(each)) in decorators for each in symbol.node.decorators
        )

    def queued(self, scope: Scope, call: s.Call) -> Queued | None:
        """The task that a call queues to run at once; None where it is no such call, or that is not certain."""
        if last_name(call.func) not in QUEUE:
            return self._sent(scope, call) if self._more_words else None
        if not isinstance(call.func, s.Attr):
            return None
        if call.func.name == "apply_async" and any(call.keyword(word) for word in ("countdown", "eta")):
            return None  # it waits, as a rule for just that
        task, given = call.func.value, _given(call)
        match task:
            case s.Call(func=s.Attr(value=named, name=method)) as signature if method in _SIGNATURES:
                task, given = named, (*_given(signature), *given)
        if not self._is_task(self.names.follow(resolve(self.names, scope, task))):
            return None
        return Queued(f"{dotted(task) or last_name(task)}.{call.func.name}", given)

    def _sent(self, scope: Scope, call: s.Call) -> Queued | None:
        """`actor.send(…)` of Dramatiq, `task(…)` of Huey."""
        name = last_name(call.func)
        if name not in self._more_words or call.keyword("delay") is not None:
            return None
        task, kinds = call.func, _HUEY
        if isinstance(task, s.Attr) and name in _SENDS:
            task, kinds = task.value, _ACTORS
        is_task = self._is_decorated(self.names.follow(resolve(self.names, scope, task)), kinds)
        return Queued(dotted(call.func) or name, _given(call)) if is_task else None

    @memo
    def _is_task(self, symbol: Symbol | None) -> bool:
        if isinstance(symbol, FunctionSymbol):
            return any(self._makes_task(symbol.unit, each) for each in symbol.node.decorators)
        if isinstance(symbol, ClassSymbol):
            own = (base for base in self.names.mro(symbol)[0] if isinstance(base, ClassSymbol))
            is_plain = not any(base.member(word) for base in own if not base.unit.is_library for word in QUEUE)
            return is_plain and self.names.is_subclass(symbol, *_CLASSES)
        return False

    def _makes_task(self, unit: Unit, decorator: s.Expr) -> bool:
        named = callee(decorator)
        base = decorator.keyword("base") if isinstance(decorator, s.Call) else None
        if base is not None and self._waits_for_commit(self.names.follow(self.names.resolve(unit, base))):
            return False
        if self.names.full_name(unit, named) in _DECORATORS:
            return True
        if not isinstance(named, s.Attr) or named.name != "task":
            return False
        app = self.names.follow(resolve(self.names, Scope(unit), named.value))
        if not isinstance(app, ValueSymbol) or not isinstance(app.value, s.Call) or app.value.keyword("task_cls"):
            return False
        return full_name(self.names, Scope(app.unit), app.value.func) in _APPS

    def _waits_for_commit(self, base: Symbol | None) -> bool:
        """Whether a task class of the project's own may queue on commit by itself; of one that is not read, so it may."""
        return not isinstance(base, ClassSymbol) or base.unit.mentions("on_commit")

    @cached_property
    def are_eager(self) -> bool:
        """Whether the settings have all tasks run there and then."""
        names = ("CELERY_TASK_ALWAYS_EAGER", "CELERY_ALWAYS_EAGER")
        return any(
            values and all(value == Number(True) for value in values)
            for values in map(self.project.settings.get, names)
        )


def _given(call: s.Call) -> tuple[s.Expr, ...]:
    return (*call.args, *(keyword.value for keyword in call.keywords))
