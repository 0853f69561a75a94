"""Permissions that templates and code ask for and that no model of their app makes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from linter.facts import syntax as s
from linter.project.constants import texts
from linter.project.imports.modules import is_test
from linter.project.models.model import Model
from linter.project.templates.evaluation import dotted
from linter.project.trace import cached_property, memo
from linter.project.types import Constant, LibraryThing, Sequence, TupleType, Type, members
from linter.project.units import ClassSymbol, Unit
from linter.span import Span

if TYPE_CHECKING:
    from linter.project import Project

DEFAULT = ("add", "change", "delete", "view")
WRAPPER = "django.contrib.auth.context_processors.PermWrapper"
_CALLS = ("has_perm", "permission_required", "ahas_perm")
_GATES = ("has_perm", "permission_required")
_NAME = re.compile(r"(\w+)\.(\w+)")
# Backends that ask Django's own tables of permissions.
_BACKENDS = ("django.", "allauth.", "axes.", "social_core.", "mozilla_django_oidc.", "django_auth_ldap.", "guardian.")
_MAKING = ("create", "get_or_create", "update_or_create", "bulk_create")
_ANSWERING = ("has_perm", "has_perms", "has_module_perms", "get_all_permissions", "get_group_permissions")


class Unknown(msgspec.Struct, frozen=True):
    """`known`: the codenames that the models of the app make."""

    label: str
    codename: str
    span: Span
    known: frozenset[str]


class Finder:
    def __init__(self, project: Project) -> None:
        self.project = project

    # --- where permissions are asked for ---

    @memo
    def in_template(self, path: str) -> tuple[Unknown, ...]:
        """`perms.app.codename`."""
        if "perms." not in self.project.source(path).text:
            return ()
        found = []
        for read in self.project.templates.evaluation(path).reads.values():
            parts = dotted(read.path).split(".")
            is_perms = all(isinstance(m, LibraryThing) and m.dotted == WRAPPER for m in members(read.root))
            if len(parts) == 3 and parts[0] == "perms" and is_perms:
                known = self._known(parts[1], parts[2])
                if known is not None:
                    found.append(Unknown(parts[1], parts[2], self.project.templates.span(path, read.path.at), known))
        return tuple(found)

    @memo
    def in_code(self, path: str) -> tuple[Unknown, ...]:
        unit = self.project.unit(path)
        if unit is None or is_test(path) or not any(map(unit.mentions, _GATES)):
            return ()
        found = []
        for text, span in self._asked(unit):
            match = _NAME.fullmatch(text.value)
            known = self._known(match[1], match[2]) if match is not None else None
            if match is not None and known is not None:
                found.append(Unknown(match[1], match[2], span, known))
        return tuple(found)

    def _asked(self, unit: Unit) -> Iterator[tuple[s.Str, Span]]:
        for last in _CALLS:
            for call, scope in self.project.flow.calls_named(unit, last):
                for text in _strings(call.args[0]) if call.args else ():
                    yield text, unit.span(text.at, scope.activation.function)
        for cls in self.project.names.classes(unit):
            for node in cls.node.decorators:
                if isinstance(node, s.Call) and isinstance(node.func, s.Name) and node.func.id == "permission_required":
                    yield from ((text, unit.span(text.at, cls.function)) for text in _strings(node.args[0]))
            member = cls.member("permission_required")
            if isinstance(member, s.Assign) and member.value is not None:
                yield from ((text, unit.span(text.at, cls.function)) for text in _strings(member.value))

    # --- which there are ---

    def _known(self, label: str, codename: str) -> frozenset[str] | None:
        """The codenames of an app; None where the codename is among them, or may be."""
        known = self._of_app.get(label)
        if known is None or codename in known or not self._is_closed or self._is_spoken_of(codename):
            return None
        return known

    @cached_property
    def _of_app(self) -> dict[str, frozenset[str] | None]:
        """The codenames of each app of the project's own; None where not all are known."""
        apps = self.project.models.apps
        found: dict[str, frozenset[str] | None] = {}
        for app in apps.installed if apps.is_known else ():
            if app.unit is not None and not app.unit.is_library:
                found[app.label] = None if found.get(app.label, frozenset()) is None else frozenset()
        for model in self.project.models:
            label = model.app_label if model.label is not None else ""
            if found.get(label) is None or model.abstract:
                continue
            own = self._of_model(model)
            found[label] = None if own is None else (found[label] or frozenset()) | own
        return found

    def _of_model(self, model: Model) -> frozenset[str] | None:
        default = self._strings_of(model, "default_permissions")
        more = self._pairs_of(model)
        if not model.meta.is_whole or more is None or (default is None and model.meta.option("default_permissions")):
            return None
        actions = DEFAULT if default is None else default
        return frozenset({*(f"{action}_{model.model_name}" for action in actions), *more})

    def _strings_of(self, model: Model, option: str) -> tuple[str, ...] | None:
        parts = self._parts(model, option)
        values = [part.value for part in parts or () if isinstance(part, Constant)]
        return tuple(map(str, values)) if parts is not None and len(values) == len(parts) else None

    def _pairs_of(self, model: Model) -> tuple[str, ...] | None:
        if model.meta.option("permissions") is None:
            return ()
        parts = self._parts(model, "permissions")
        found: list[str] = []
        for part in parts or ():
            first = part.items[0] if isinstance(part, TupleType) and part.items else None
            if not isinstance(first, Constant):
                return None
            found.append(str(first.value))
        return tuple(found) if parts is not None else None

    def _parts(self, model: Model, option: str) -> tuple[Type, ...] | None:
        argument = model.meta.option(option)
        if argument is None or model.meta.symbol is None:
            return None
        kind = self.project.flow.expression(self.project.flow.class_scope(model.meta.symbol), argument.expr)
        if isinstance(kind, TupleType):
            return kind.items
        return tuple(members(kind.element)) if isinstance(kind, Sequence) else None

    # --- whether all are known ---

    @cached_property
    def _is_closed(self) -> bool:
        """Whether permissions come from models alone: no code makes others, and nothing else answers for them."""
        apps = self.project.models.apps
        if not apps.is_known or not apps.are_all_named or apps.unread_of_its_own:
            return False
        user = self.project.models.user
        if user is None or any(name in self._own_names(user.symbol) for name in _ANSWERING):
            return False
        return all(map(self._asks_tables, self._backends)) and not any(
            map(self._makes_permissions, self.project.units())
        )

    @property
    def _backends(self) -> list[str]:
        return [text.value for text in texts(self.project.settings.get("AUTHENTICATION_BACKENDS"))]

    def _asks_tables(self, backend: str) -> bool:
        cls = self.project.names.follow(self.project.names.find(backend))
        if isinstance(cls, ClassSymbol) and not cls.unit.is_library:
            return self.project.names.mro(cls)[1] and not any(n in self._own_names(cls) for n in _ANSWERING)
        return backend.startswith(_BACKENDS)

    def _makes_permissions(self, unit: Unit) -> bool:
        """Whether a module, a migration say, makes permissions that no model declares: `Permission.objects.create(…)`,
        `content_type.permission_set.get_or_create(…)`; what is not called so in the path is none."""
        if is_test(unit.path) or unit.is_library or not unit.holds("Permission"):
            return False
        return any(
            "perm" in name.lower()
            for last in _MAKING
            if unit.holds(last)
            for call, _ in self.project.flow.calls_named(unit, last)
            for name in _names(call.func)
        )

    def _own_names(self, cls: ClassSymbol) -> frozenset[str]:
        """What a class and its bases outside Django define."""
        bases = [b for b in self.project.names.mro(cls)[0] if isinstance(b, ClassSymbol) and not b.unit.is_django]
        return frozenset(name for base in bases for name in base.names)

    @memo
    def _is_spoken_of(self, codename: str) -> bool:
        """Whether code says a codename by itself: then it may make the permission."""
        return any(unit.says(codename) for unit in self.project.units())


def _names(expr: s.Expr) -> Iterator[str]:
    """The names of a dotted path, through calls."""
    while isinstance(expr, (s.Attr, s.Call)):
        if isinstance(expr, s.Attr):
            yield expr.name
        expr = expr.func if isinstance(expr, s.Call) else expr.value
    yield expr.id if isinstance(expr, s.Name) else ""


def _strings(expr: s.Expr) -> Iterator[s.Str]:
    if isinstance(expr, s.Str):
        yield expr
    elif isinstance(expr, s.Seq):
        yield from (item for item in expr.items if isinstance(item, s.Str))
