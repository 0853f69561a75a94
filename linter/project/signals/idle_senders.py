"""Senders that never send the model signal somebody waits for: https://docs.djangoproject.com/en/5.2/ref/signals/"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from linter.facts import syntax as s
from linter.project.imports.modules import is_test
from linter.project.models.named import model_named
from linter.project.names import last_name
from linter.project.signals.receivers import Receiver
from linter.project.trace import cached_property

if TYPE_CHECKING:
    from linter.project import Project
    from linter.project.models import Model

_OF_ROWS = ("pre_init", "post_init", "pre_save", "post_save", "pre_delete", "post_delete")


class IdleSender(msgspec.Struct, frozen=True):
    """`why`: "abstract", "swapped", "field" (a many-to-many field), "model" (one where a table between has to stand)."""

    receiver: Receiver
    signal: str
    model: Model
    why: str
    fields: tuple[str, ...] = ()  # the many-to-many fields that may be meant


class IdleSenders:
    def __init__(self, project: Project) -> None:
        self.project = project

    @cached_property
    def by_path(self) -> dict[str, list[IdleSender]]:
        """By the file of the connection, each sender that is written once."""
        found: dict[str, dict[tuple[str, int], IdleSender]] = {}
        for signal in (*_OF_ROWS, "m2m_changed"):
            for receiver in self.project.receivers.of_signal(signal):
                idle = self._idle(receiver, signal)
                if idle is not None and not self._is_sent(signal):
                    expr = idle.receiver.sender.expr
                    key = (receiver.scope.unit.path, getattr(expr, "at", s.NOWHERE))
                    found.setdefault(receiver.scope.unit.path, {}).setdefault(key, idle)
        return {path: list(some.values()) for path, some in found.items()}

    def _idle(self, receiver: Receiver, signal: str) -> IdleSender | None:
        expr, model = receiver.sender.expr, receiver.sender.model
        if expr is None or receiver.guards or is_test(receiver.scope.unit.path):
            return None
        if signal == "m2m_changed":
            return self._field(receiver, expr) or (self._between(receiver, model) if model is not None else None)
        if model is None or model.assembly.others:
            return None
        if model.abstract:
            return IdleSender(receiver, signal, model, "abstract")
        if model.swapped and not any(map(receiver.scope.unit.mentions, ("get_user_model", "AUTH_USER_MODEL"))):
            return IdleSender(receiver, signal, model, "swapped")
        return None

    def _field(self, receiver: Receiver, expr: s.Expr) -> IdleSender | None:
        """`sender=Book.tags`"""
        if not isinstance(expr, s.Attr) or last_name(expr.value) in ("self", "cls"):
            return None
        model = model_named(self.project, receiver.scope, expr.value)
        known = model.fields.get(expr.name) if model is not None else None
        if model is None or known is None or not known.many_to_many:
            return None
        return IdleSender(receiver, "m2m_changed", model, "field", (expr.name,))

    def _between(self, receiver: Receiver, model: Model) -> IdleSender | None:
        """`sender=Book`, where Book has many-to-many fields of its own and is the table of none."""
        own = tuple(f.name for f in model.fields.values() if f.many_to_many and f.declared is not None)
        if not own or model.name in self._throughs or model.assembly.others:
            return None
        others = (r for r in self.project.receivers.of_signal("m2m_changed") if r.name == receiver.name)
        if any(isinstance(r.sender.expr, s.Attr) and r.sender.expr.name == "through" for r in others):
            return None  # it is called all the same: this sender is only too much
        return IdleSender(receiver, "m2m_changed", model, "model", own)

    @cached_property
    def _throughs(self) -> frozenset[str]:
        """The names of the models that any field goes through."""
        given = (f.call.keyword("through") for m in self.project.models.everything for f in m.fields.values() if f.call)
        return frozenset(
            expr.value.rpartition(".")[2] if isinstance(expr, s.Str) else last_name(expr) for expr in given if expr
        )

    def _is_sent(self, signal: str) -> bool:
        """Whether the project sends one of Django's signals itself, with whatever sender it likes."""
        return any(
            unit.holds(signal) and (unit.holds("send") or unit.holds("send_robust"))
            for unit in self.project.units()
            if not is_test(unit.path)
        )
