"""Whether receivers take what Django's signals send: https://docs.djangoproject.com/en/5.2/ref/signals/"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from linter.facts import syntax as s
from linter.project.imports.modules import is_test
from linter.project.names import callee
from linter.project.signals.receivers import RECEIVER, Receiver
from linter.project.trace import cached_property

if TYPE_CHECKING:
    from linter.project import Project

# What each of Django's model signals sends by keyword, `signal` and `sender` besides.
_SENT = {
    "pre_init": {"args", "kwargs"},
    "post_init": {"instance"},
    "pre_save": {"instance", "raw", "using", "update_fields"},
    "post_save": {"instance", "created", "raw", "using", "update_fields"},
    "pre_delete": {"instance", "using", "origin"},
    "post_delete": {"instance", "using", "origin"},
    "m2m_changed": {"instance", "action", "reverse", "model", "pk_set", "using"},
}
_MODEL_SIGNALS = "django.db.models.signals."


class Unfit(msgspec.Struct, frozen=True):
    """A receiver that cannot be called. `missing`: the parameter that its signal never sends; "" where it lacks `**kwargs`."""

    receiver: Receiver
    missing: str

    @property
    def signal(self) -> str:
        return self.receiver.signal.rpartition(".")[2]


class ReceiverSignatures:
    def __init__(self, project: Project) -> None:
        self.project = project

    @cached_property
    def by_path(self) -> dict[str, list[Unfit]]:
        """By the file of the function, each function once."""
        found: dict[str, list[Unfit]] = {}
        told = set()
        for receiver in self.project.receivers:
            function = receiver.function
            if function is None or function in told or is_test(receiver.path) or not self._is_read(receiver):
                continue
            missing = next(_unfit(function.node, receiver.signal, function.owner is not None), None)
            if missing is not None:
                told.add(function)
                found.setdefault(receiver.path, []).append(Unfit(receiver, missing))
        return found

    def _is_read(self, receiver: Receiver) -> bool:
        """Whether the function is called by Django as it is written: no other decorator stands between."""
        function = receiver.function
        if function is None or not receiver.signal.startswith("django."):
            return False
        for decorator in function.node.decorators:
            called = callee(decorator)
            if self.project.names.full_name(function.unit, called, function.owner) not in RECEIVER:
                return False
        return True


def _unfit(node: s.FunctionDef, signal: str, is_bound: bool) -> Iterator[str]:
    params = node.params[1:] if is_bound else node.params
    if not any(param.kind == "**" for param in params):
        yield ""
        return
    sent = _SENT.get(signal.removeprefix(_MODEL_SIGNALS)) if signal.startswith(_MODEL_SIGNALS) else None
    if sent is not None:
        known = sent | {"sender", "signal"}  # all by keyword, in no order
        yield from (p.name for p in params if p.kind in ("", "/", "kw") and p.default is None and p.name not in known)
