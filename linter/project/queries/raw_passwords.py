"""Passwords that are given to rows of the user model as they were typed: `User.objects.create(password=…)`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from linter.facts import syntax as s
from linter.project.control import all_parts
from linter.project.flow import definitions as d
from linter.project.flow.scopes import Scope
from linter.project.imports.modules import is_test
from linter.project.names import last_name
from linter.project.queries.methods import CREATES_OR_GETS
from linter.project.queries.relation_values import written
from linter.project.trace import cached_property
from linter.project.types import NONE, ModelInstance, members
from linter.project.units import ClassSymbol, FunctionSymbol, Unit

if TYPE_CHECKING:
    from linter.project import Project
    from linter.project.models.model import Model

_PASSWORD = "password"
_USERS = ("django.contrib.auth.base_user.AbstractBaseUser", "django.contrib.auth.models.AbstractBaseUser")
# Where what a person typed comes from, and what makes a new password.
_TYPED = frozenset({"POST", "GET", "data", "json", "cleaned_data", "validated_data", "payload", "body"})
_MADE = frozenset({"get_random_string", "make_random_password", "token_urlsafe", "token_hex", "getpass", "input"})
_HASHES = ("set_password", "make_password", "hash", "encrypt", "encode")
# Methods of a project's own in which a model may hash what it is given.
_OWN_WAYS = frozenset({"save", "__init__", "__setattr__", "password"})
# A text that may be a password, and not what stands for none at all: `!`, `REMOVED USER`, `disabled`.
_WORD = re.compile(r"(?=.*[a-z])[^\s$!]{4,}")
_NO_PASSWORD = re.compile(r"unus|disab|remov|delet|invalid|inactive|login|none|null|dummy|placeholder|^x+$", re.I)
MOST_STEPS = 4


class RawPassword(msgspec.Struct, frozen=True):
    """`is_stored`: `user.password = …`; otherwise it is a keyword of `method`."""

    model: Model
    scope: Scope
    at: int
    method: str


def raw_passwords(project: Project, path: str) -> Iterator[RawPassword]:
    unit = project.unit(path)
    if unit is not None and not is_test(path) and unit.mentions(_PASSWORD):
        yield from RawPasswords(project).of(unit)


class RawPasswords:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.flow = project.flow

    def of(self, unit: Unit) -> Iterator[RawPassword]:
        found = [*self._in_calls(unit), *(self._stored(unit) if unit.holds(_PASSWORD) else ())]
        if found and not self._is_hashed_on_the_way:
            yield from found

    @cached_property
    def _is_hashed_on_the_way(self) -> bool:
        """Whether a receiver may hash what a row is given before it is saved."""
        return any(unit.mentions("pre_save") and unit.mentions(_PASSWORD) for unit in self.project.units())

    def _in_calls(self, unit: Unit) -> Iterator[RawPassword]:
        for made in self.project.queries.calls(unit.path):
            if not made.asked or not (made.method in ("create", "__init__") or made.method in CREATES_OR_GETS):
                continue
            for name, value, at in written(made):
                if name == _PASSWORD and self._is_raw(value, made.scope) and not self._hashes(made.scope):
                    model = made.asked[0].model
                    plain = not any(self.project.queries.overrides.may_know(k, made.method, name) for k in made.asked)
                    if plain and self._is_user(model):
                        yield RawPassword(model, made.scope, at, made.method)

    def _stored(self, unit: Unit) -> Iterator[RawPassword]:
        for function in self.project.functions(unit):
            text = unit.unread(function.node)
            if text is not None and b".password" not in text:
                continue
            for activation, frame in self.flow.readings(function):
                for store in frame.stores:
                    value = store.definition.expr if isinstance(store.definition, d.Assigned) else None
                    if store.name != _PASSWORD or store.at < 0 or value is None or isinstance(value, s.Str):
                        continue  # whoever assigns a text means to lock the account
                    scope = Scope(activation, store.env)
                    if self._is_raw(value, scope) and not self._hashes(scope):
                        kinds = [m for m in members(self.flow.expression(scope, store.value)) if m != NONE]
                        kind = kinds[0] if len(kinds) == 1 else None
                        if isinstance(kind, ModelInstance) and self._is_user(kind.model):
                            yield RawPassword(kind.model, scope, store.at, "")

    def _is_user(self, model: Model) -> bool:
        """Whether a model keeps a hash in its `password`, and takes it as it is given."""
        line = self.project.names.mro(model.symbol)[0]
        own = [cls for cls in line if isinstance(cls, ClassSymbol) and not cls.unit.is_library]
        if any(name in cls.names for cls in own for name in _OWN_WAYS):
            return False
        return self.project.names.is_subclass(model.symbol, *_USERS)

    def _is_raw(self, value: s.Expr, scope: Scope, steps: int = 0) -> bool:
        """Whether a value is a password as it was typed or made up, and no hash of one."""
        if isinstance(value, s.Str):
            return _WORD.fullmatch(value.value) is not None and _NO_PASSWORD.search(value.value) is None
        if isinstance(value, s.Sub):
            return _is_typed(value.value) and _names_password(value.index)
        if isinstance(value, s.Call):
            if last_name(value.func) == "get" and isinstance(value.func, s.Attr) and value.args:
                return _is_typed(value.func.value) and _names_password(value.args[0])
            return last_name(value.func) in _MADE
        if isinstance(value, s.Attr):
            return _PASSWORD in value.name and isinstance(value.value, s.Name) and value.value.id in _TYPED
        if isinstance(value, s.Name) and steps < MOST_STEPS:
            definition = scope.env.get(value.id)
            if isinstance(definition, d.Assigned):
                return self._is_raw(definition.expr, Scope(scope.activation, definition.env), steps + 1)
        return False

    def _hashes(self, scope: Scope) -> bool:
        """Whether the function around hashes anything itself, before or after."""
        function = scope.activation.symbol
        if not isinstance(function, FunctionSymbol):
            return True
        parts = all_parts(function.unit.body(function.node).statements)
        return any(word in last_name(part) for part in parts if isinstance(part, (s.Name, s.Attr)) for word in _HASHES)


def _is_typed(source: s.Expr) -> bool:
    return last_name(source) in _TYPED


def _names_password(key: s.Expr) -> bool:
    return isinstance(key, s.Str) and _PASSWORD in key.value
