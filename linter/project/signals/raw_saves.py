"""Receivers that work for rows which `loaddata` puts in: https://docs.djangoproject.com/en/5.2/ref/signals/#post-save"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from linter.facts import syntax as s
from linter.facts.files import FixtureFile
from linter.project.control import evaluated, facts, steps
from linter.project.imports.modules import is_test
from linter.project.models.named import model_named
from linter.project.names import last_name
from linter.project.scopes import Scope, full_name
from linter.project.serving.calls import called, inline_calls, own_calls, runs_as_written
from linter.project.serving.tasks import Tasks
from linter.project.serving.waits import wait
from linter.project.signals.receivers import Receiver, is_plain
from linter.project.trace import cached_property, memo
from linter.project.units import FunctionSymbol

if TYPE_CHECKING:
    from linter.project import Project
    from linter.project.models import Model

MOST_LEVELS = 3  # calls between a receiver and what it does
_MESSAGES = frozenset({"EmailMessage", "EmailMultiAlternatives"})
_OF_TESTS = re.compile(r"(^|/)(tests?|testing)(/|$)|(^|/)test[^/]*$")


class Effect(msgspec.Struct, frozen=True):
    """What a function does, and where."""

    what: str
    scope: Scope
    call: s.Call
    column: str = ""  # which must be unique, of a row that the fixture holds as well


class Unasked(msgspec.Struct, frozen=True):
    """A receiver that does something for every row of a fixture, too."""

    receiver: Receiver
    effect: Effect
    fixture: str


class RawSaves:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.names = project.names
        self.tasks = Tasks(project)

    def in_file(self, path: str) -> tuple[Unasked, ...]:
        return tuple(self._by_path.get(path, ()))

    @cached_property
    def _by_path(self) -> dict[str, list[Unasked]]:
        """By the file of the function, each function once."""
        found: dict[str, dict[int, Unasked]] = {}
        for signal in ("pre_save", "post_save") if self.fixtures else ():
            for receiver in self.project.receivers.of_signal(signal):
                function = receiver.body.function if receiver.body is not None else None
                if function is not None and not is_test(receiver.path):
                    unasked = self._unasked(receiver)
                    if unasked is not None:
                        found.setdefault(receiver.path, {}).setdefault(function.body, unasked)
        return {path: list(some.values()) for path, some in found.items()}

    @cached_property
    def fixtures(self) -> dict[str, frozenset[str]]:
        """The fixtures of the project, each with the models of its rows; those of tests are not meant."""
        return {
            path: frozenset(file.models)
            for path, file in sorted(self.project.files.items())
            if isinstance(file, FixtureFile) and not _OF_TESTS.search(path)
        }

    def _fixture(self, *models: Model) -> str | None:
        """The first fixture that holds rows of some models."""
        labels = {(model.label or "").lower() for model in models}
        return next((path for path, held in self.fixtures.items() if labels <= held), None)

    def _unasked(self, receiver: Receiver) -> Unasked | None:
        model, body = receiver.sender.model, receiver.body
        fixture = self._fixture(model) if model is not None else None
        if fixture is None or model is None or body is None or body.function is None:
            return None
        if not is_plain(self.names, body) or body.function.body in body.unit.bodies_with(["raw"]):
            return None
        effect = next(self._effects(body, model), None)
        return Unasked(receiver, effect, fixture) if effect is not None else self._twin(receiver, model)

    def _twin(self, receiver: Receiver, sender: Model) -> Unasked | None:
        """A row that the receiver makes for each sender, while a fixture holds both."""
        for made in self.project.post_save.rows:
            if (
                made.receiver.body == receiver.body
                and made.sender is sender
                and made.guard != "other"
                and made.relation
            ):
                model, creation = made.creation.model, made.creation
                fixture = self._fixture(sender, model)
                if fixture is not None:
                    effect = Effect(
                        f"makes a `{model.name}`", creation.scope, creation.call, made.relation.column or ""
                    )
                    return Unasked(receiver, effect, fixture)
        return None

    def _effects(self, scope: Scope, sender: Model) -> Iterator[Effect]:
        """What a receiver does when the row is new: all rows of a fixture are, when it is loaded first."""
        for step in steps(scope.statements):
            if any(_is_old(test, holds) for condition in step.conditions for test, holds in facts(condition)):
                continue
            for call in own_calls(step.node):
                effect = self._effect(scope, call, sender) or self._through(scope, call, sender)
                if effect is not None:
                    yield effect

    def _through(self, scope: Scope, call: s.Call, sender: Model) -> Effect | None:
        function = called(self.names, scope, call)
        if function is None and isinstance(call.func, s.Attr) and last_name(call.func.value) == "instance":
            member = sender.member(call.func.name)
            function = member if isinstance(member, FunctionSymbol) else None
        return self._inside(function, sender, MOST_LEVELS) if function is not None and call.is_exact else None

    @memo
    def _inside(self, function: FunctionSymbol, sender: Model, levels: int) -> Effect | None:
        if not runs_as_written(function) or function.node.body in function.unit.bodies_with(["raw"]):
            return None
        scope = Scope(function.unit, (function.node,), function.owner)
        calls = list(inline_calls(scope.statements))
        for call in calls:
            effect = self._effect(scope, call, sender)
            if effect is not None:
                return effect
        for call in calls if levels > 1 else ():
            further = called(self.names, scope, call)
            if further is not None and further != function:
                effect = self._inside(further, sender, levels - 1)
                if effect is not None:
                    return effect
        return None

    def _effect(self, scope: Scope, call: s.Call, sender: Model) -> Effect | None:
        task = self.tasks.queued(scope, call)
        if task is not None:
            return Effect(f"queues `{task.name}()`", scope, call)
        waits = wait(self.names, scope, call)
        if waits is not None:
            return Effect("sends mail" if "mail" in waits.name else f"calls `{waits.name}()`", scope, call)
        name = last_name(call.func)
        if name in _MESSAGES and full_name(self.names, scope, call.func).startswith("django.core.mail"):
            return Effect("sends mail", scope, call)
        if name == "update" and self._changes_others(scope, call, sender):
            return Effect("changes other rows", scope, call)
        return None

    def _changes_others(self, scope: Scope, call: s.Call, sender: Model) -> bool:
        """`Book.objects.filter(shelf=self).update(title="")`, by something else than a row's own key."""
        if not isinstance(call.func, s.Attr) or not isinstance(call.func.value, s.Call) or not call.keywords:
            return False
        model = sender
        for part, _ in evaluated(call.func.value):
            if isinstance(part, s.Call) and any(k.name in ("pk", "id") for k in part.keywords):
                return False
            if isinstance(part, s.Attr) and part.name == "objects":
                model = model_named(self.project, scope, part.value) or model
        return call.is_exact and not call.args and all(keyword.name in model.fields for keyword in call.keywords)


def _is_old(test: s.Expr, holds: bool) -> bool:
    """Whether a condition holds for rows only that were there before."""
    return last_name(test) == "created" and not holds
