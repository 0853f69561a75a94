"""Tasks that are queued before the transaction is committed whose rows they are about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from linter.facts import syntax as s
from linter.project.control import evaluated, steps
from linter.project.imports.modules import is_test
from linter.project.models.overridden_saves import is_parent_save
from linter.project.names import last_name
from linter.project.scopes import Scope
from linter.project.serving.calls import inline_calls, own_calls
from linter.project.serving.tasks import Queued, Tasks
from linter.project.signals.receivers import Receiver
from linter.project.signals.transactions import Saving, Transactions, transactional_blocks
from linter.project.trace import cached_property
from linter.project.units import FunctionSymbol, Unit, blocks_of

if TYPE_CHECKING:
    from linter.project import Project
    from linter.project.models import Model

Block = tuple[s.Stmt, ...]

_MAKES = frozenset({"create", "get_or_create", "update_or_create"})
_MANAGERS = frozenset({"objects", "_default_manager", "_base_manager"})


class Early(msgspec.Struct, frozen=True):
    """`task` is queued by `call` while the transaction is open that `saving` tells of. `model`: whose rows it is about."""

    scope: Scope
    call: s.Call
    task: Queued
    model: Model | None
    saving: Saving


class Uncommitted:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.names = project.names
        self.tasks = Tasks(project)
        self.transactions = Transactions(project)

    def in_file(self, path: str) -> tuple[Early, ...]:
        unit = self.project.unit(path)
        if unit is None or is_test(path) or not self.tasks.bodies(unit) or self.tasks.are_eager:
            return ()
        found: dict[tuple[int, int], Early] = {}
        for early in (*self._received.get(path, ()), *self._in_functions(unit)):
            function = early.scope.function
            found.setdefault((function.body if function is not None else -1, early.call.at), early)
        return tuple(found.values())

    # --- receivers ---

    @cached_property
    def _received(self) -> dict[str, list[Early]]:
        found: dict[str, list[Early]] = {}
        for signal in ("pre_save", "post_save", "m2m_changed"):
            for receiver in self.project.receivers.of_signal(signal):
                for early in self._by_receiver(receiver, signal):
                    found.setdefault(receiver.path, []).append(early)
        return found

    def _by_receiver(self, receiver: Receiver, signal: str) -> Iterator[Early]:
        body = receiver.body
        if body is None or body.function is None or body.function.body not in self.tasks.bodies(body.unit):
            return
        rows = _instances(body)
        for call in inline_calls(body.statements):
            task = self._about(body, call, rows, receiver.sender.model)
            if task is not None:
                saving = self._saving(receiver.sender.model, signal)
                if saving is not None:
                    yield Early(body, call, task, receiver.sender.model, saving)

    def _saving(self, model: Model | None, signal: str) -> Saving | None:
        if signal == "pre_save":
            return Saving("pre_save is sent before the row is written")
        if signal == "m2m_changed":
            return Saving("m2m_changed is sent inside the transaction of `add()`, `set()` and their like")
        if model is None:
            return self.transactions.each_request
        return self.transactions.around(model) or self.transactions.of_some_row

    # --- save(), and atomic blocks ---

    def _in_functions(self, unit: Unit) -> Iterator[Early]:
        bodies = self.tasks.bodies(unit)
        for function in self.project.functions(unit):
            if function.node.body in bodies:
                scope = Scope(unit, (function.node,), function.owner)
                yield from self._in_atomic(scope)
                if function.node.name == "save" and function.owner is not None:
                    yield from self._in_save(function, scope)

    def _in_save(self, function: FunctionSymbol, scope: Scope) -> Iterator[Early]:
        """After `super().save()`, in the `save()` of a model."""
        assert function.owner is not None
        model = self.project.models.of(function.owner)
        for call, task in self._after(scope, scope.statements, set()) if model is not None else ():
            saving = next(filter(None, map(self.transactions.around, self._concrete(function))), None)
            saving = saving or self.transactions.of_some_row
            if saving is not None:
                yield Early(scope, call, task, model, saving)

    def _concrete(self, function: FunctionSymbol) -> Iterator[Model]:
        """The models whose rows a `save()` saves."""
        for model in self.project.models:
            if not model.abstract and model.member("save") == function:
                yield model

    def _in_atomic(self, scope: Scope) -> Iterator[Early]:
        for block in transactional_blocks(self.names, scope):
            for call, task in self._after(scope, block, set()):
                yield Early(scope, call, task, None, Saving("it is queued inside the transaction"))
        request = self.transactions.each_request
        if request is not None and self._is_atomic_endpoint(scope):
            for call, task in self._after(scope, scope.statements, set()):
                yield Early(scope, call, task, None, request)

    def _is_atomic_endpoint(self, scope: Scope) -> bool:
        function = FunctionSymbol(scope.unit, scope.functions[0], scope.owner)
        return self.project.serving.endpoints.is_endpoint(function) and not scope.unit.mentions("non_atomic_requests")

    def _after(self, scope: Scope, block: Block, rows: set[str]) -> Iterator[tuple[s.Call, Queued]]:
        """The calls that queue a task about a row which was written before, in the same block or one around it."""
        for node in block:
            for call in own_calls(node):
                task = self._about(scope, call, rows, None) if rows else None
                if task is not None:
                    yield call, task
            rows |= _written(node)
            for inner in blocks_of(node):
                yield from self._after(scope, inner, rows if isinstance(node, (s.With, s.Try)) else set(rows))

    # --- what a task is about ---

    def _about(self, scope: Scope, call: s.Call, rows: set[str], model: Model | None) -> Queued | None:
        """The task that a call queues, where it gets the key of one of the rows."""
        task = self.tasks.queued(scope, call)
        if task is None or not any(_names_key(expr, rows, model) for expr in task.given):
            return None
        return task


def _names_key(expr: s.Expr, rows: set[str], model: Model | None) -> bool:
    """Whether an expression says `row.pk`, `row.id`, or the key of a relation of the row's."""
    for part, _ in evaluated(expr):
        if isinstance(part, s.Attr) and isinstance(part.value, s.Name) and part.value.id in rows:
            if part.name in ("pk", "id", "uuid") or part.name.endswith("_id"):
                return True
            if model is not None and part.name == model.pk:
                return True
    return False


def _instances(scope: Scope) -> set[str]:
    """The names in a receiver that hold the row: its parameter, and what is assigned `kwargs["instance"]`."""
    function = scope.function
    assert function is not None
    found = {param.name for param in function.params if param.name == "instance"}
    for step in steps(scope.statements):
        node = step.node
        if isinstance(node, s.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], s.Name):
            if _is_instance(node.value, found):
                found.add(node.targets[0].id)
    return found


def _is_instance(expr: s.Expr | None, known: set[str]) -> bool:
    match expr:
        case s.Name(id=name):
            return name in known
        case s.Sub(index=s.Str(value="instance")):
            return True
        case s.Call(func=s.Attr(name="get" | "pop"), args=(s.Str(value="instance"), *_)):
            return True
    return False


def _written(node: s.Stmt) -> set[str]:
    """The variables whose row a statement writes."""
    found = set()
    for call in own_calls(node):
        if not isinstance(call.func, s.Attr):
            continue
        if is_parent_save(call.func):
            found.add("self")
        elif call.func.name == "save" and isinstance(node, s.Assign):
            commit = call.keyword("commit")
            found |= _assigned(node, call) if commit is None else set()  # a form's, a serializer's
        elif call.func.name == "save" and isinstance(call.func.value, s.Name) and not call.args:
            found.add(call.func.value.id)
        elif call.func.name == "save_model" and len(call.args) > 1 and isinstance(call.args[1], s.Name):
            found.add(call.args[1].id)
        elif call.func.name in _MAKES and last_name(call.func.value) in _MANAGERS:
            found |= _assigned(node, call)
    return found


def _assigned(node: s.Stmt, call: s.Call) -> set[str]:
    """The variable that gets a row: `book = …`, `book, created = …`."""
    if not isinstance(node, s.Assign) or node.value is not call:
        return set()
    target = node.targets[0]
    first = target.items[0] if isinstance(target, s.Seq) and target.items else target
    return {first.id} if isinstance(first, s.Name) else set()
