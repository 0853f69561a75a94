"""Attributes whose value some code changes in place, by name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from linter.facts import syntax as s
from linter.project.control import parts
from linter.project.imports.modules import is_test
from linter.project.trace import memo
from linter.project.units import Unit, walk

if TYPE_CHECKING:
    from linter.project import Project

# Methods of lists, dicts and sets that change them.
CHANGING = frozenset({
    "add", "append", "clear", "difference_update", "discard", "extend", "insert", "intersection_update", "pop", "popitem", "remove",
    "reverse", "setdefault", "sort", "symmetric_difference_update", "update",
})  # fmt: skip


class Changes:
    """By name alone: whose attribute it is, is not asked. What tests do ends with them."""

    def __init__(self, project: Project) -> None:
        self.project = project

    @memo
    def in_place(self, name: str) -> bool:
        """Whether some code changes what an attribute holds: `row.tags.append(…)`, `row.data["x"] = …`, `row.tags += […]`."""
        return any(_changes_any(block, name) for block in self._blocks(name))

    def _blocks(self, name: str) -> Iterator[tuple[s.Stmt, ...]]:
        """All bodies that hold a name, and the modules'."""
        for unit in self.project.units():
            if not is_test(unit.path) and unit.holds(name):
                yield from _blocks(unit, name)


def _blocks(unit: Unit, name: str) -> Iterator[tuple[s.Stmt, ...]]:
    yield unit.module.body
    yield from (unit.body_at(index).statements for index in unit.bodies_with((name,)))


def _changes_any(block: tuple[s.Stmt, ...], name: str) -> bool:
    nodes = [node for node, _ in walk(block)]
    aliases = {
        target.id
        for node in nodes
        if isinstance(node, s.Assign) and node.value is not None and _is_alias(node.value, name)
        for target in node.targets
        if isinstance(target, s.Name)
    }
    return any(_changes(node, name, aliases) for node in nodes)


def _is_alias(value: s.Expr, name: str) -> bool:
    """`data = row.data`, `data = row.data or {}`"""
    if isinstance(value, s.Op) and value.op == "or":
        value = value.operands[0]
    return isinstance(value, s.Attr) and value.name == name


def _changes(node: s.Stmt, name: str, aliases: set[str]) -> bool:
    if isinstance(node, s.AugAssign):
        return _is_of(node.target, name, aliases)
    targets = node.targets if isinstance(node, s.Assign) else ()
    if any(isinstance(target, s.Sub) and _is_of(target, name, aliases) for target in targets):
        return True
    return any(
        isinstance(part, s.Call)
        and isinstance(part.func, s.Attr)
        and part.func.name in CHANGING
        and _is_of(part.func.value, name, aliases)
        for part in parts(node)
    )


def _is_of(expr: s.Expr, name: str, aliases: set[str]) -> bool:
    """`row.name`, `row.name["x"]["y"]`"""
    while isinstance(expr, s.Sub):
        expr = expr.value
    return (isinstance(expr, s.Attr) and expr.name == name) or (isinstance(expr, s.Name) and expr.id in aliases)
