"""Rows of results that are taken for the objects in them: `session.execute(select(User))` gives tuples of one user each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from linter.facts import syntax as s
from linter.project.expected import is_expected
from linter.project.flow import definitions as d
from linter.project.flow.scopes import Scope
from linter.project.flow.walk import parts_in
from linter.project.names import last_name
from linter.project.trace import cached_property
from linter.project.types import Instance, LibraryThing
from linter.project.units import FunctionSymbol
from linter.span import Span

if TYPE_CHECKING:
    from linter.project import Project
    from linter.project.flow.definitions import Definition
    from linter.project.sqlalchemy.mapping import Mapper

_RESULT = "sqlalchemy.engine.result.Result"
_ONE = frozenset({"first", "one", "one_or_none", "fetchone"})
_MANY = frozenset({"all", "fetchall", "unique", "fetchmany", "yield_per"})
_SAME = frozenset({"list", "tuple", "sorted", "reversed", "iter"})
_OF_ROWS = ("count", "index", "t", "tuple")  # what a row itself can be asked for
_ERRORS = ("AttributeError",)
MOST_STEPS = 20


class RowRead(msgspec.Struct, frozen=True):
    """`row.name`, where the row is a tuple that holds one object of a mapped class."""

    mapper: Mapper
    name: str
    span: Span


class ResultRows:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.flow = project.flow

    def reads(self, path: str) -> Iterator[RowRead]:
        unit = self.project.unit(path)
        if unit is None or not self.project.uses_sqlalchemy or not unit.mentions("execute"):
            return
        bodies = unit.bodies_with(("execute",))
        for function in self.project.functions(unit) if bodies else ():
            if function.node.body in bodies:
                yield from self._in_function(function)

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(name for mapper in self.project.tables.mappers for name in mapper.attributes())

    def _in_function(self, function: FunctionSymbol) -> Iterator[RowRead]:
        defaults = {id(param.default) for param in function.node.params}
        activation = self.flow.activation(function)
        for point in self.flow.frame(function).points:
            if id(point.expr) in defaults:
                continue
            for attr, scope in parts_in(point.expr, Scope(activation, point.env), s.Attr):
                mapper = self._mapper(attr.value, scope) if attr.name in self._names else None
                if mapper is None or attr.name not in mapper.attributes() or attr.name in (mapper.name, *_OF_ROWS):
                    continue
                if not is_expected(scope.unit, attr.at, scope.activation.function, _ERRORS):
                    yield RowRead(mapper, attr.name, scope.span(attr.at))

    def _mapper(self, expr: s.Expr, scope: Scope) -> Mapper | None:
        """The class whose object is alone in a row, if an expression is such a row."""
        is_one = False
        for _ in range(MOST_STEPS):
            if isinstance(expr, s.Name):
                definition = _plain(scope.env.get(expr.id))
                if isinstance(definition, d.Element) and not is_one:
                    is_one = True
                elif not isinstance(definition, d.Assigned):
                    return None
                expr, scope = definition.expr, Scope(scope.activation, definition.env)
                continue
            found = self._result(expr, scope)
            if found is not None:
                return found if is_one else None
            if not isinstance(expr, s.Call):
                return None
            if isinstance(expr.func, s.Attr) and expr.func.name in _ONE and not expr.args and not is_one:
                is_one = True
                expr = expr.func.value
            elif isinstance(expr.func, s.Attr) and expr.func.name in _MANY:
                expr = expr.func.value
            elif isinstance(expr.func, s.Name) and expr.func.id in _SAME and len(expr.args) == 1:
                expr = expr.args[0]
            else:
                return None
        return None

    def _result(self, expr: s.Expr, scope: Scope) -> Mapper | None:
        """The one class that `session.execute(select(User))` selects."""
        call = expr.value if isinstance(expr, s.Await) else expr
        if not isinstance(call, s.Call) or last_name(call.func) != "execute" or not call.args:
            return None
        kind = self.flow.expression(scope, expr)
        if not isinstance(kind, LibraryThing) or kind.dotted != _RESULT or len(kind.about) != 1:
            return None
        row = kind.about[0]
        return self.project.tables.mapper(row.symbol) if isinstance(row, Instance) else None


def _plain(definition: Definition | None) -> Definition | None:
    while isinstance(definition, d.Narrowed):
        definition = definition.before
    return definition
