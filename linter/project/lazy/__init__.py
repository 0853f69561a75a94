"""Relations that are read in a loop over a query's rows, where every read is a query of its own: N+1 queries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from linter.facts import syntax as s
from linter.finding import Place
from linter.project.flow import definitions as d
from linter.project.flow.scopes import Scope
from linter.project.flow.walk import parts_in
from linter.project.imports.modules import is_test
from linter.project.lazy import managed, mapped
from linter.project.lazy.loops import Reading, ends_at_once, holds, loop_body, may_read, readings, writes
from linter.project.lazy.unawaited import Unawaited
from linter.project.trace import cached_property
from linter.project.types import Instance, ModelInstance
from linter.project.units import FunctionSymbol

if TYPE_CHECKING:
    from linter.project import Project

_ROUTINE = ("migrations", "alembic", "management", "commands", "scripts", "tasks")  # nobody waits there


class Repeated(NamedTuple):
    """Relations that one loop loads once for each of its rows; `texts` are as they are read. `query`: where the rows are asked
    for; `remedies`: what belongs there."""

    place: Place
    texts: tuple[str, ...]
    rows: str
    query: Place
    remedies: tuple[str, ...]


class Lazy:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.flow = project.flow

    @cached_property
    def unawaited(self) -> Unawaited:
        """Relations that async code reads although nothing has loaded them."""
        return Unawaited(self.project)

    @cached_property
    def _names(self) -> frozenset[str]:
        """Every name of a relation between models, or mapped classes."""
        found: set[str] = set()
        for model in self.project.models:
            found.update(field.name for field in model.fields.values() if field.is_relation)
            found.update(model.accessors)
        for mapper in self.project.tables.mappers if self.project.uses_sqlalchemy else ():
            found.update(mapper.relationships)
        return frozenset(found)

    def repeated(self, path: str) -> Iterator[Repeated]:
        """The reads in one file that a request waits for."""
        unit = self.project.unit(path)
        if unit is None or is_test(path) or any(part in _ROUTINE for part in path.split("/")[:-1]):
            return
        for function in self.project.functions(unit):
            if may_read(unit, function.node, self._names) and self.project.serving.endpoint_of(function) is not None:
                yield from self._in_function(function)

    def _in_function(self, function: FunctionSymbol) -> Iterator[Repeated]:
        loops: dict[int, dict[str, Repeated]] = {}
        for reading in self._readings(function):
            loop = reading.scope.env.get(reading.variable)
            if isinstance(loop, d.Element) and self._goes_round(function, reading, loop):
                found = self._judge(reading, loop)
                if found is not None:
                    loops.setdefault(id(loop.expr), {}).setdefault(found.texts[0], found)
        for one in loops.values():
            first, *others = sorted(one.values(), key=lambda each: each.place.range)
            texts = (*first.texts, *(text for other in others for text in other.texts))
            remedies = (*first.remedies, *(remedy for other in others for remedy in other.remedies))
            yield first._replace(texts=texts, remedies=tuple(dict.fromkeys(remedies)))

    def _readings(self, function: FunctionSymbol) -> Iterator[Reading]:
        for expr, scope in self.flow.points(function):
            for reading in readings(parts_in(expr, scope, s.Attr), self._names):
                if reading.scope.activation.symbol == function:
                    yield reading

    def _goes_round(self, function: FunctionSymbol, reading: Reading, loop: d.Element) -> bool:
        """Whether a read is made in every round of its loop, and the loop does not write its rows one by one anyway."""
        body = loop_body(function.unit.body(function.node).statements, loop.expr)
        return body is None or (holds(body, reading.attr) and not ends_at_once(body) and not writes(body))

    def _judge(self, reading: Reading, loop: d.Element) -> Repeated | None:
        row = self.flow.name(reading.variable, reading.scope)
        where = Scope(reading.scope.activation, loop.env)
        if isinstance(row, ModelInstance):
            found = managed.repeated(self.flow, row.model, reading, loop.expr, where)
        elif isinstance(row, Instance):
            found = mapped.repeated(self.flow, row, reading, loop.expr, where)
        else:
            return None
        if found is None or self._is_stored(reading):
            return None
        query, name, remedy, depth = found
        return Repeated(
            self.project.place(reading.scope.unit.path, reading.scope.span(reading.parts[depth].at)),
            (".".join((reading.variable, *reading.path[: depth + 1])),),
            name,
            self.project.place(query.scope.unit.path, query.scope.span(query.at)),
            (remedy,),
        )

    def _is_stored(self, reading: Reading) -> bool:
        """Whether the function puts the related row there itself."""
        symbol = reading.scope.activation.symbol
        stores = self.flow.frame(symbol).stores if symbol is not None else ()
        return any(store.name in reading.path for store in stores)
