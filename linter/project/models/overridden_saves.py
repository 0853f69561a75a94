"""How the models of a project override `save()`: whether what Django hands to it still arrives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from linter.facts import syntax as s
from linter.project.control import all_parts
from linter.project.imports.modules import is_migration, is_test
from linter.project.units import ClassSymbol, Unit

if TYPE_CHECKING:
    from linter.project import Project

# `QuerySet.create()` says `save(force_insert=True, using=…)`, `update_or_create()` adds `update_fields`.
_HANDED = ("force_insert", "using", "update_fields")


class Override(msgspec.Struct, frozen=True):
    """`missing`: the first keyword of Django's that it does not take. `parent`: its call of the parent's `save()`, where it
    is the only one and gets no argument at all, whatever was given."""

    cls: ClassSymbol
    node: s.FunctionDef
    missing: str
    parent: s.Call | None


def overridden_saves(project: Project, unit: Unit) -> Iterator[Override]:
    """Those of one module. What migrations and tests define is theirs."""
    if is_test(unit.path) or is_migration(unit.path):
        return
    for cls in project.names.classes(unit):
        node = cls.member("save")
        if isinstance(node, s.FunctionDef) and not node.decorators and project.models.of(cls) is not None:
            yield Override(cls, node, _missing(node), _bare_parent(unit, node))


def _missing(node: s.FunctionDef) -> str:
    if any(param.kind == "**" for param in node.params):
        return ""
    taken = {param.name for param in node.params if param.kind in ("", "kw")}
    return next((name for name in _HANDED if name not in taken), "")


def _bare_parent(unit: Unit, node: s.FunctionDef) -> s.Call | None:
    parts = list(all_parts(unit.body(node).statements))
    names = {param.name for param in node.params[1:]}
    if any(isinstance(part, s.Name) and part.id in names for part in parts):
        return None  # it looks at what was given, and decides for itself
    saves = [part for part in parts if isinstance(part, s.Call) and is_parent_save(part.func)]
    return saves[0] if len(saves) == 1 and not saves[0].args and not saves[0].keywords else None


def is_parent_save(func: s.Expr) -> bool:
    """`super().save`."""
    match func:
        case s.Attr(s.Call(s.Name("super")), "save"):
            return True
    return False
