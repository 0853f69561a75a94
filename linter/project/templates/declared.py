"""Types of variables that a template declares: `{# ormlint: type check: api.Check #}`.

What stands after the colon is a model by its label, a class by its full name, or `list[…]`, `QuerySet[…]`, `… | None` of those.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from linter.extract.python import expression as parse
from linter.facts import syntax as s
from linter.project.flow import managers
from linter.project.flow.querysets import queryset
from linter.project.names import dotted
from linter.project.types import (
    NONE,
    UNKNOWN,
    ClassType,
    ModelInstance,
    Sequence,
    Type,
    UnknownType,
    members,
    union,
)

if TYPE_CHECKING:
    from linter.project import Project

_DECLARATION = re.compile(r"ormlint:\s*type\s+(\w+)\s*:\s*([\w.\[\]| ]+?)\s*-?[^\w.\[\]| \n]")
_LISTS = ("list", "List", "tuple", "set", "Sequence", "Iterable")


def declared(project: Project, path: str) -> dict[str, Type]:
    """The names with their types; a name whose type is not known is none."""
    text = project.source(path).text
    if "ormlint:" not in text:
        return {}
    found = {match[1]: _type(project, parse(match[2])) for match in _DECLARATION.finditer(text)}
    return {name: kind for name, kind in found.items() if not isinstance(kind, UnknownType)}


def _type(project: Project, expr: s.Expr) -> Type:
    if isinstance(expr, s.Lit) and expr.value is None:
        return NONE
    if isinstance(expr, s.Op) and expr.op == "|":
        return union(*(_type(project, operand) for operand in expr.operands))
    if isinstance(expr, s.Sub) and isinstance(expr.value, s.Name):
        inner = _type(project, expr.index)
        if expr.value.id in _LISTS:
            return UNKNOWN if isinstance(inner, UnknownType) else Sequence(inner)
        if expr.value.id == "QuerySet":
            return _rows(project, inner)
        return UNKNOWN
    name = dotted(expr) or ""
    model = project.models.by_label(name) if name.count(".") == 1 else None
    if model is not None:
        return ModelInstance(model)
    symbol = project.names.follow(project.names.find(name)) if name else None
    kind = project.flow.of_symbol(symbol)
    return project.flow.instance_of(kind) if isinstance(kind, ClassType) else UNKNOWN


def _rows(project: Project, kind: Type) -> Type:
    rows = [m for m in members(kind) if isinstance(m, ModelInstance)]
    if not rows or len(rows) != len(members(kind)):
        return UNKNOWN
    return union(*(queryset(managers.manager(project.flow, row.model)) for row in rows))
