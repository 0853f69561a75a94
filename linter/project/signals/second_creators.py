"""Places that make, right after a row was saved, another one that a post_save receiver has made already."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from linter.facts import syntax as s
from linter.project.control import Step, all_parts, parts, steps
from linter.project.models.named import model_named
from linter.project.names import callee, last_name
from linter.project.scopes import Scope, full_name, resolve
from linter.project.signals.creators import Creation, Inline
from linter.project.signals.post_save import SignalCreation, asks_first, is_caught, names_in
from linter.project.trace import cached_property
from linter.project.units import ClassSymbol

if TYPE_CHECKING:
    from linter.project import Project
    from linter.project.models import Model

_ATOMIC = frozenset({"django.db.transaction.atomic", "django.db.transaction.Atomic"})
_MAKES = frozenset({"create", "acreate", "create_user", "acreate_user", "create_superuser", "acreate_superuser"})
_FINDS_OR_MAKES = frozenset({"get_or_create", "aget_or_create", "update_or_create", "aupdate_or_create"})


class SecondCreation(msgspec.Struct, frozen=True):
    """`creation`, or somebody who fills `inline` in, makes the row that a receiver makes for each new sender."""

    made: SignalCreation
    creation: Creation | None = None
    inline: Inline | None = None


class SecondCreators:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.names = project.names

    def in_file(self, path: str) -> tuple[SecondCreation, ...]:
        return self._by_path.get(path, ())

    @cached_property
    def _by_path(self) -> dict[str, tuple[SecondCreation, ...]]:
        found: dict[str, dict[object, SecondCreation]] = {}
        for made in self.project.post_save.rows:
            for second in self._of(made):
                if not self._is_certain(made):
                    break
                if second.creation is not None:
                    unit, function = second.creation.scope.unit, second.creation.scope.functions[-1]
                    found.setdefault(unit.path, {}).setdefault((function.body, second.creation.call.at), second)
                elif second.inline is not None:
                    found.setdefault(second.inline.symbol.unit.path, {}).setdefault(second.inline.symbol, second)
        return {path: tuple(some.values()) for path, some in found.items()}

    def _is_certain(self, made: SignalCreation) -> bool:
        """Whether the receiver makes the row of each new sender, before `save()` of the sender returns."""
        receiver, body = made.receiver, made.receiver.body
        if body is None or receiver.guards or not self.project.startup.reached(receiver.scope.unit.path):
            return False
        return not any(_defers(scope) for scope in {body, made.creation.scope})

    def _of(self, made: SignalCreation) -> Iterator[SecondCreation]:
        model, relation = made.creation.model, made.relation
        if relation is None or relation.related is not made.sender or made.guard == "other":
            return
        in_receivers = {row.creation.scope for row in self.project.post_save.rows}
        for other in self.project.creators.of(model, relation):
            if other.scope not in in_receivers and self._collides(made, other):
                yield SecondCreation(made, creation=other)
        if made.creation.kind == "get_or_create" and not relation.primary_key:
            for inline in self.project.creators.inlines(model, made.sender):
                yield SecondCreation(made, inline=inline)

    def _collides(self, made: SignalCreation, other: Creation) -> bool:
        relation = made.relation
        if relation is None or other.kind == "get_or_create" or (other.kind == "save" and relation.primary_key):
            return False
        if "disconnect(" in other.scope.unit.module.uses or not self._runs_as_written(other) or asks_first(other):
            return False
        asked = names_in(*(condition.test for condition in other.conditions))
        if any(made.creation.model.name.lower() in name.lower() for name in asked):
            return False  # it may know whether there is one
        value = other.value(relation.name)
        if value is None or not self.project.post_save.is_called(other.scope):
            return False
        saved = _Saved(self.project, made.sender, other)
        return (
            saved.is_saved(value) and (not other.step.is_fallback or saved.in_fallback) and not self._is_caught(other)
        )

    def _is_caught(self, other: Creation) -> bool:
        return is_caught(replace(other.step, is_fallback=False), self.names, other.scope)

    def _runs_as_written(self, other: Creation) -> bool:
        """Whether nothing around it may switch receivers off: a context manager or decorator that is not Django's atomic."""
        for context in other.step.contexts:
            called = callee(context)
            if full_name(self.names, other.scope, called) not in _ATOMIC and last_name(called) != "atomic":
                return False
        decorators = (d for function in other.scope.functions for d in function.decorators)
        return not any("signal" in name or "mute" in name for name in names_in(*decorators))


def _defers(scope: Scope) -> bool:
    """Whether a receiver leaves some of its work for later: `transaction.on_commit(lambda: …)`."""
    return any(
        isinstance(part, s.Lambda) or (isinstance(part, s.Attr) and part.name == "on_commit")
        for part in all_parts(scope.statements)
    )


class _Saved:
    """Whether an expression of a function is a row of `sender` that was saved before `creation`."""

    def __init__(self, project: Project, sender: Model, creation: Creation) -> None:
        self.project = project
        self.names = project.names
        self.sender = sender
        self.creation = creation
        self.scope = creation.scope
        self.in_fallback = False  # the sender was made in the same `except` block

    def is_saved(self, value: s.Expr) -> bool:
        if isinstance(value, s.Attr) and value.name in ("pk", self.sender.pk or "id"):
            value = value.value
        if isinstance(value, s.Attr):
            return value.name == "user" and last_name(value.value) == "request" and self._is_user()
        if isinstance(value, s.Call):
            return self._makes(value, {}) == "saved"
        saved = self._save_of(value.id) if isinstance(value, s.Name) else None
        if saved is None or not _dominates(saved, self.creation.step):
            return False
        self.in_fallback = saved.is_fallback
        return True

    def _is_user(self) -> bool:
        return self.sender is self.project.models.user

    def _save_of(self, name: str) -> Step | None:
        """The step that saved the row which a variable holds when the creation runs."""
        state = "unsaved" if self._is_given(name) else ""
        saved: Step | None = None
        forms: dict[str, ClassSymbol] = {}
        for step in steps(self.scope.statements):
            if step.node is self.creation.step.node:
                break
            for part in parts(step.node):
                if isinstance(part, s.Call) and state == "unsaved" and self._saves(part, name):
                    state, saved = "saved", step
            for target in step.node.targets if isinstance(step.node, s.Assign) else ():
                given = self._given(target, name, step.node)
                if given is not None:
                    state = self._makes(given, forms)
                    saved = step if state == "saved" else None
                elif isinstance(target, s.Name) and isinstance(step.node, s.Assign):
                    self._remember_form(target.id, step.node.value, forms)
            if isinstance(step.node, (s.For, s.With, s.AugAssign)) and _binds(step.node, name):
                state, saved = "", None
        return saved if state == "saved" else None

    def _given(self, target: s.Expr, name: str, node: s.Stmt) -> s.Expr | None:
        """What an assignment gives a variable."""
        value = node.value if isinstance(node, s.Assign) else None
        if isinstance(target, s.Name) and target.id == name:
            return value
        if isinstance(target, s.Seq) and any(isinstance(item, s.Name) and item.id == name for item in target.items):
            call = value.value if isinstance(value, s.Await) else value
            first = target.items[0]
            if isinstance(first, s.Name) and first.id == name and isinstance(call, s.Call):
                if last_name(call.func) in _FINDS_OR_MAKES and self._is_managed(call):
                    return value
            return s.Unknown()
        return None

    def _is_given(self, name: str) -> bool:
        """Whether a parameter is a row of the sender that the function itself is to save: `obj` of `save_model`, `self` of the
        sender's own `save`."""
        function, owner = self.scope.function, self.scope.owner
        if function is None or owner is None or len(self.scope.functions) != 1:
            return False
        params = [param.name for param in function.params]
        if function.name == "save_model" and params[2:3] == [name]:
            return self.sender in self.project.creators.registered(owner)
        return function.name == "save" and params[:1] == [name] and owner is self.sender.symbol

    def _saves(self, call: s.Call, name: str) -> bool:
        """`row.save()`, `super().save_model(request, row, form, change)`, `super().save()` in the sender itself."""
        if not isinstance(call.func, s.Attr):
            return False
        if call.func.name in ("save", "asave"):
            on = call.func.value
            if _is_super(on):
                function = self.scope.function
                return function is not None and self._is_given(name) and function.name == "save"
            return isinstance(on, s.Name) and on.id == name
        if call.func.name == "save_model" and _is_super(call.func.value):
            row = call.args[1] if len(call.args) > 1 else call.keyword("obj")
            return isinstance(row, s.Name) and row.id == name
        return False

    def _makes(self, value: s.Expr, forms: dict[str, ClassSymbol]) -> str:
        """What an expression gives: a row of the sender that is "saved" or "unsaved", or "" something else."""
        call = value.value if isinstance(value, s.Await) else value
        if not isinstance(call, s.Call):
            return ""
        if isinstance(call.func, s.Attr):
            method, on = call.func.name, call.func.value
            if method in _MAKES | _FINDS_OR_MAKES and self._is_managed(call):
                return "saved"
            maker = self._maker(on, forms)
            if maker is not None and self.project.creators.model_of_meta(maker) is self.sender:
                if method == "save" and not call.args:
                    commit = call.keyword("commit")
                    if commit is None:
                        return "saved"
                    return "unsaved" if isinstance(commit, s.Lit) and commit.value is False else ""
                if method == "create" and _is_super(on) and not self.project.creators.overrides(maker, ("save",)):
                    return "saved"
        return "unsaved" if not call.args and model_named(self.project, self.scope, call.func) is self.sender else ""

    def _maker(self, on: s.Expr, forms: dict[str, ClassSymbol]) -> ClassSymbol | None:
        """The form or serializer whose method is called: `form.save()`, `super().save()` in one."""
        if isinstance(on, s.Name):
            return forms.get(on.id)
        return self.scope.owner if _is_super(on) and len(self.scope.functions) == 1 else None

    def _remember_form(self, name: str, value: s.Expr | None, forms: dict[str, ClassSymbol]) -> None:
        forms.pop(name, None)
        if isinstance(value, s.Call) and value.keyword("instance") is None and value.is_exact:
            cls = self.names.follow(resolve(self.names, self.scope, value.func))
            if isinstance(cls, ClassSymbol) and self.project.creators.model_of_meta(cls) is not None:
                if not value.args or value.keyword("data") is None:  # a serializer's first argument is its instance
                    forms[name] = cls

    def _is_managed(self, call: s.Call) -> bool:
        """`Sender.objects.create(…)`."""
        manager = call.func.value if isinstance(call.func, s.Attr) else None
        return isinstance(manager, s.Attr) and model_named(self.project, self.scope, manager.value) is self.sender


def _is_super(expr: s.Expr) -> bool:
    return isinstance(expr, s.Call) and last_name(expr.func) == "super"


def _binds(node: s.For | s.With | s.AugAssign, name: str) -> bool:
    if isinstance(node, s.With):
        return any(alias is not None and name in names_in(alias) for _, alias in node.items)
    return name in names_in(node.target)


def _dominates(first: Step, then: Step) -> bool:
    """Whether one step has run whenever the other, further down, runs."""
    if first.conditions != then.conditions[: len(first.conditions)]:
        return False
    return (then.in_loop or not first.in_loop) and (then.is_fallback or not first.is_fallback)
