"""`__table_args__` of mixins and abstract bases that a class replaces with its own: Python has no way to merge them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from linter.facts import syntax as s
from linter.project.control import evaluated
from linter.project.names import last_name
from linter.project.sqlalchemy.mapping import Mapper, Special
from linter.project.sqlalchemy.values import Site
from linter.project.units import ClassSymbol, walk

if TYPE_CHECKING:
    from linter.project import Project

ARGS = "__table_args__"
_CONSTRAINTS = frozenset({
    "CheckConstraint", "ExcludeConstraint", "ForeignKeyConstraint", "Index", "PrimaryKeyConstraint", "UniqueConstraint",
})  # fmt: skip


class Lost(msgspec.Struct, frozen=True):
    """What a class leaves out of the `__table_args__` of one of its bases: the constraints by kind, or its schema."""

    mapper: Mapper
    special: Special
    base: ClassSymbol
    site: Site
    names: tuple[str, ...]


class LostArgs:
    def __init__(self, project: Project) -> None:
        self.project = project

    def of(self, path: str) -> Iterator[Lost]:
        for mapper in self.project.tables.mappers_in(path):
            special = mapper.specials.get(ARGS)
            if special is None or special.expr is None or special.definer is not mapper.symbol or _merges(special.expr):
                continue
            for base in self.project.tables.declarative.lineages.of(mapper.symbol).classes()[1:]:
                if self.project.tables.mapper(base) is not None:
                    break  # that one has a table of its own
                given = _given(base)
                names = _lacking(given[0], special.expr) if given is not None else ()
                if given is not None and names:
                    yield Lost(mapper, special, base, given[1], names)
                if given is not None:
                    break  # what comes later was lost to this one


def _given(cls: ClassSymbol) -> tuple[s.Expr, Site] | None:
    """What the body of a class says, or its `declared_attr` returns; None where it says nothing, or that is not plain."""
    bindings = cls.names.get(ARGS, ())
    if len(bindings) != 1:
        return None
    node = bindings[0].node
    if isinstance(node, s.Assign) and node.value is not None:
        return node.value, Site(cls.unit, getattr(node.value, "at", s.NOWHERE), cls.function)
    if isinstance(node, s.FunctionDef):
        returned = [n.value for n, _ in walk(cls.unit.body(node).statements) if isinstance(n, s.Return)]
        if len(returned) == 1 and returned[0] is not None:
            return returned[0], Site(cls.unit, node.at, cls.function)
    return None


def _merges(expr: s.Expr) -> bool:
    """Whether an expression may take over what a base says."""
    return not isinstance(expr, (s.Seq, s.Dict)) or any(
        isinstance(part, s.Starred) or (isinstance(part, s.Attr) and part.name == ARGS) or last_name(part) == "super"
        for part, _ in evaluated(expr)
    )


def _lacking(given: s.Expr, own: s.Expr) -> tuple[str, ...]:
    """The constraints, and the schema, that are in the one and not in the other."""
    if not isinstance(given, (s.Seq, s.Dict)):
        return ()
    there = [_told(call) for call in _constraints(own)]
    found = [last_name(call.func) for call in _constraints(given) if _told(call) not in there]
    if _has_schema(given) and not _has_schema(own):
        found.append("schema")
    return tuple(dict.fromkeys(found))


def _constraints(expr: s.Expr) -> list[s.Call]:
    items = expr.items if isinstance(expr, s.Seq) else ()
    return [item for item in items if isinstance(item, s.Call) and last_name(item.func) in _CONSTRAINTS]


def _told(call: s.Call) -> tuple[str, frozenset[str]]:
    """A constraint by its kind and its columns, whatever it is called."""
    return last_name(call.func), frozenset(arg.value for arg in call.args if isinstance(arg, s.Str))


def _has_schema(expr: s.Expr) -> bool:
    last = expr.items[-1] if isinstance(expr, s.Seq) and expr.items else expr
    return isinstance(last, s.Dict) and any(isinstance(key, s.Str) and key.value == "schema" for key, _ in last.items)
