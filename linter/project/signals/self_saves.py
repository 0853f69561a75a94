"""Receivers that save what was just saved, so that they are called again: https://docs.djangoproject.com/en/5.2/ref/signals/"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from linter.facts import syntax as s
from linter.project.control import Step, evaluated, own, steps
from linter.project.imports.modules import is_test
from linter.project.models.overridden_saves import is_parent_save
from linter.project.scopes import Scope
from linter.project.serving.calls import runs_as_written
from linter.project.signals.post_save import Aliases, given_by_signal
from linter.project.signals.receivers import Receiver, is_plain
from linter.project.trace import cached_property, compared
from linter.project.units import ClassSymbol, FunctionSymbol, Unit

if TYPE_CHECKING:
    from linter.project import Project
    from linter.project.models import Model

_OF_DJANGO = frozenset({"force_update", "using", "update_fields"})


class SelfSave(msgspec.Struct, frozen=True):
    """`call` stands in `scope` and saves the row; `within` where that is a method of the row's which `call` runs."""

    receiver: Receiver
    signal: str
    scope: Scope
    call: s.Call
    within: tuple[Scope, s.Call] | None = None


class SelfSaves:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.names = project.names

    def in_file(self, path: str) -> tuple[SelfSave, ...]:
        return tuple(self._by_path.get(path, ()))

    @cached_property
    def _by_path(self) -> dict[str, list[SelfSave]]:
        """By the file of the function, each call once."""
        found: dict[str, dict[tuple[int, int], SelfSave]] = {}
        for signal in ("pre_save", "post_save"):
            for receiver in self.project.receivers.of_signal(signal):
                for saving in self._endless(receiver, signal):
                    function = saving.scope.functions[-1]
                    found.setdefault(receiver.path, {}).setdefault((function.body, saving.call.at), saving)
        return {path: list(some.values()) for path, some in found.items()}

    def _endless(self, receiver: Receiver, signal: str) -> Iterator[SelfSave]:
        body, model = receiver.body, receiver.sender.model
        if body is None or model is None or is_test(receiver.path) or not self._always_saves(model):
            return
        if not is_plain(self.names, body) or "disconnect(" in body.unit.module.uses:
            return
        aliases = Aliases(self.project, body, given_by_signal(body), model)
        for step, call in _calls(body):
            if not isinstance(call.func, s.Attr) or aliases.of(call.func.value) != "instance":
                continue
            if aliases.guard(step.conditions) != "none":
                continue
            if _saves(call):
                yield SelfSave(receiver, signal, body, call)
            elif call.func.name != "save":
                within = self._saved_within(model, call)
                if within is not None:
                    yield SelfSave(receiver, signal, body, call, within)

    def _saved_within(self, model: Model, call: s.Call) -> tuple[Scope, s.Call] | None:
        """Where a method of the row saves it, whatever its state."""
        assert isinstance(call.func, s.Attr)
        method = model.member(call.func.name)
        if not isinstance(method, FunctionSymbol) or method.owner is None or not runs_as_written(method):
            return None
        if method.node.decorators or not method.node.params or "disconnect(" in method.unit.module.uses:
            return None
        scope, itself = Scope(method.unit, (method.node,), method.owner), method.node.params[0].name
        for step, inner in _calls(scope):
            match inner.func:
                case s.Attr(value=s.Name(id=name)) if name == itself and not step.conditions and _saves(inner):
                    return scope, inner
        return None

    def _always_saves(self, model: Model) -> bool:
        """Whether the model's `save()` sends the signal each time: it is Django's own, or always calls that."""
        for cls in self.names.mro(model.symbol)[0]:
            node = cls.member("save") if isinstance(cls, ClassSymbol) and not cls.unit.is_django else None
            if node is None or not isinstance(cls, ClassSymbol):
                continue
            if cls.unit.is_library or cls.qualname not in self.savers(cls.unit):
                return False
        return True

    @compared("self_saves.savers")
    def savers(self, unit: Unit) -> frozenset[str]:
        """The classes of a module whose `save()` always calls that of their parent."""
        overriding = [(cls, cls.member("save")) for cls in self.names.classes(unit)]
        return frozenset(
            cls.qualname
            for cls, node in overriding
            if isinstance(node, s.FunctionDef)
            and any(
                is_parent_save(call.func) and not step.conditions for step, call in _calls(Scope(unit, (node,), cls))
            )
        )


def _calls(scope: Scope) -> Iterator[tuple[Step, s.Call]]:
    """The calls of a function that nothing catches and that stand in no loop or `with`, each with all its conditions."""
    for step in steps(scope.statements):
        if step.caught or step.is_fallback or step.in_loop or step.contexts:
            continue
        for expr in own(step.node):
            for part, inner in evaluated(expr):
                if isinstance(part, s.Call):
                    yield replace(step, conditions=step.conditions + inner), part


def _saves(call: s.Call) -> bool:
    """`row.save()`, with nothing but Django's own arguments."""
    if not isinstance(call.func, s.Attr) or call.func.name != "save" or call.args or not call.is_exact:
        return False
    return all(keyword.name in _OF_DJANGO for keyword in call.keywords)
