"""Rows of mapped classes that the program deletes through a session, and what that does to the rows that refer to them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from linter.facts import syntax as s
from linter.finding import Place
from linter.project.control import evaluated, parts, steps
from linter.project.expected import is_expected
from linter.project.flow.scopes import Scope
from linter.project.imports.modules import is_test
from linter.project.names import last_name
from linter.project.serving.calls import inline_calls
from linter.project.sqlalchemy.values import NONE, Const
from linter.project.trace import cached_property
from linter.project.types import NONE as NOTHING
from linter.project.types import Function, Instance, members
from linter.project.units import Unit, walk

if TYPE_CHECKING:
    from linter.project import Project
    from linter.project.sqlalchemy.mapping import Mapper, Relationship
    from linter.project.sqlalchemy.schema import Column


_ERRORS = ("IntegrityError", "AssertionError", "DBAPIError", "SQLAlchemyError")


class Nulled(msgspec.Struct, frozen=True):
    """A relationship whose rows lose their key when a row of its owner is deleted, although the column must not be null."""

    relationship: Relationship
    column: Column
    deleted: Place


class _Deletion(msgspec.Struct, frozen=True):
    call: s.Call
    scope: Scope
    mapper: Mapper


class Deletions:
    def __init__(self, project: Project) -> None:
        self.project = project

    def nulled(self, path: str) -> Iterator[Nulled]:
        """The relationships that are written in one file, a backref where its other side is."""
        for relationship in self.project.tables.relationships_in(path):
            for side in (relationship, *relationship.reverse):
                column = self._required(side)
                deletion = self._deletion(side) if column is not None else None
                if column is not None and deletion is not None:
                    scope = deletion.scope
                    place = self.project.place(scope.unit.path, scope.span(deletion.call.at))
                    yield Nulled(side, column, place)

    def _required(self, relationship: Relationship) -> Column | None:
        """The column that SQLAlchemy sets to NULL for every row of a relationship whose owner is deleted, if it refuses that."""
        if (
            relationship.direction != "one-to-many"
            or not relationship.whole
            or relationship.flag("viewonly") is not False
        ):
            return None
        cascade = relationship.cascade
        if cascade is None or "delete" in cascade or not _is_off(relationship, "passive_deletes"):
            return None
        if not relationship.pairs or relationship.secondary is not None:
            return None
        for pair in relationship.pairs:
            if pair.foreign.nullable is False and not pair.foreign.vague:
                return pair.foreign
        return None

    def _deletion(self, relationship: Relationship) -> _Deletion | None:
        """Where a row of the owner is deleted by code that has no eye on those rows."""
        for deletion in self._all:
            if deletion.mapper.is_a(relationship.owner) and not self._minds(deletion, relationship):
                return deletion
        return None

    def _minds(self, deletion: _Deletion, relationship: Relationship) -> bool:
        """Whether the function that deletes a row may have seen to the others first: it speaks of them, or one that it calls
        does; or it deletes only rows in a certain state, and those may have no others."""
        function, unit = deletion.scope.activation.function, deletion.scope.unit
        if function is None:
            return True
        if is_expected(unit, deletion.call.at, function, _ERRORS):
            return True
        statements = unit.body(function).statements
        if any(isinstance(node, s.If) and _asks(node.test, deletion.call.args[0]) for node, _ in walk(statements)):
            return True
        if any(
            step.is_fallback and any(part is deletion.call for part in parts(step.node)) for step in steps(statements)
        ):
            return True  # it takes back what it has just made
        names = [relationship.key]
        if relationship.target is not None:
            target = relationship.target
            names += [each.name for each in (*target.lineage(), *self.project.tables.subclasses(target))]
            names += [target.table.name] if target.table is not None else []
        return any(node.body in where.bodies_with(names) for where, node in self._run(deletion))

    def _run(self, deletion: _Deletion) -> Iterator[tuple[Unit, s.FunctionDef]]:
        """The function that deletes a row, and those that it calls."""
        function, unit = deletion.scope.activation.function, deletion.scope.unit
        if function is not None:
            yield unit, function
            for call in inline_calls(unit.body(function).statements):
                kind = self.project.flow.expression(deletion.scope, call.func)
                if isinstance(kind, Function):
                    yield kind.symbol.unit, kind.symbol.node

    @cached_property
    def _all(self) -> tuple[_Deletion, ...]:
        """`session.delete(row)`, where the class of the row is known."""
        return tuple(
            found
            for unit in self.project.units()
            if not is_test(unit.path) and unit.mentions("delete")
            for call, scope in self.project.flow.calls_named(unit, "delete")
            if (found := self._of_call(call, scope)) is not None
        )

    def _of_call(self, call: s.Call, scope: Scope) -> _Deletion | None:
        if not isinstance(call.func, s.Attr) or len(call.args) != 1 or call.keywords:
            return None
        if not isinstance(call.args[0], (s.Name, s.Attr)):
            return None
        found = [kind for kind in members(self.project.flow.expression(scope, call.args[0])) if kind != NOTHING]
        if len(found) != 1 or not isinstance(found[0], Instance):
            return None
        mapper = self.project.tables.mapper(found[0].symbol)
        return _Deletion(call, scope, mapper) if mapper is not None else None


def _asks(test: s.Expr, row: s.Expr) -> bool:
    """Whether a condition looks at something of a row."""
    named = (part.value for part, _ in evaluated(test) if isinstance(part, s.Attr))
    return any(type(value) is type(row) and last_name(value) == last_name(row) for value in named)


def _is_off(relationship: Relationship, name: str) -> bool:
    given = relationship.given.get(name)
    return given is None or given.value in (NONE, Const(False))
