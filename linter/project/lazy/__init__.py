"""Relations that are read in a loop over a query's rows, where every read is a query of its own: N+1 queries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from linter.facts import syntax as s
from linter.finding import Place, Related
from linter.project.flow import definitions as d
from linter.project.flow.scopes import Scope
from linter.project.flow.walk import calls_in, parts_in
from linter.project.imports.modules import is_test
from linter.project.lazy.expired import Expiry
from linter.project.lazy.identities import may_be_there
from linter.project.lazy.loops import Chain, Handed, asked, chains, ends_at_once, holds, loop_body, sure_calls, writes
from linter.project.lazy.needs import MOST_LEVELS, Need, Needs
from linter.project.lazy.origins import Rows, Tracer
from linter.project.lazy.unawaited import Unawaited
from linter.project.models import Model
from linter.project.names import last_name
from linter.project.scopes import Scope as Bodies
from linter.project.serving.calls import called, runs_as_written
from linter.project.trace import cached_property
from linter.project.units import ClassSymbol, FunctionSymbol

if TYPE_CHECKING:
    from linter.project import Project

MOST_TEXTS = 4
_ROUTINE = ("migrations", "alembic", "management", "commands", "scripts", "tasks")  # nobody waits there


class Repeated(msgspec.Struct, frozen=True):
    """Relations that a loop loads once for each of its rows; `texts` are as they are read, `read` is where the first one is.
    `query`: where the rows are asked for; `remedies`: what belongs there. `asker`: the function that
    does; `others`: more queries of it that want the very same."""

    query: Place
    rows: str
    texts: tuple[str, ...]
    read: Place
    remedies: tuple[str, ...]
    asker: FunctionSymbol | None = None
    others: tuple[Place, ...] = ()

    @property
    def also(self) -> tuple[Related, ...]:
        return tuple(Related(place, "and so it is for these rows") for place in self.others)

    @property
    def is_here(self) -> bool:
        """Whether the query stands in the file of the loop."""
        return self.query.path == self.read.path

    @property
    def sentence(self) -> str:
        first, *others = [f"`{text}`" for text in self.texts[:MOST_TEXTS]]
        if len(self.texts) > MOST_TEXTS:
            others.append(f"{len(self.texts) - MOST_TEXTS} more")
        what = f"{first} is" if not others else f"{', '.join([first, *others[:-1]])} and {others[-1]} are"
        return f"{what} loaded by a query of {'their' if others else 'its'} own for every row of `{self.rows}`"


class Lazy:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.flow = project.flow
        self.needs = Needs(project)

    @cached_property
    def unawaited(self) -> Unawaited:
        """Relations that async code reads although nothing has loaded them."""
        return Unawaited(self.project)

    @cached_property
    def expiry(self) -> Expiry:
        """Rows that async code reads after a commit has expired them."""
        return Expiry(self.project)

    @cached_property
    def names(self) -> frozenset[str]:
        """Every name of a relation between models, or mapped classes."""
        found: set[str] = set()
        for model in self.project.models:
            found.update(field.name for field in model.fields.values() if field.is_relation)
            found.update(model.accessors)
        for mapper in self.project.tables.mappers if self.project.uses_sqlalchemy else ():
            found.update(mapper.relationships)
        return frozenset(found)

    @cached_property
    def _classes(self) -> tuple[ClassSymbol, ...]:
        """The project's own classes that rows are of, their bases too."""
        found = {model.symbol: None for model in self.project.models}
        found.update((mapper.symbol, None) for mapper in self.project.tables.mappers if self.project.uses_sqlalchemy)
        bases = dict.fromkeys(base for cls in found for base in self.project.names.mro(cls)[0])
        return tuple(base for base in bases if isinstance(base, ClassSymbol) and not base.unit.is_library)

    @cached_property
    def may_tell(self) -> frozenset[str]:
        """The names of relations and of methods: what may be in `telling`, before any method is looked at."""
        return self.names.union(node.name for base in self._classes for node in base.methods)

    @cached_property
    def telling(self) -> frozenset[str]:
        """The names of relations, and of methods and properties that surely read one of their own row."""
        found = set(self.names)
        own = [base for base in self._classes if not found.isdisjoint(base.unit.attributes_of("self"))]
        for _ in range(MOST_LEVELS):
            for base in own:
                for node in base.methods:
                    reads = self.needs.members.reads(FunctionSymbol(base.unit, node, base), 0)
                    if any(chain.path[0] in found for chain in reads):
                        found.add(node.name)
        return frozenset(found)

    def repeated(self, path: str) -> Iterator[Repeated]:
        """The reads in one file that a request waits for."""
        unit = self.project.unit(path)
        if unit is None or is_test(path) or is_routine(path):
            return
        for function in self.project.functions(unit):
            found = asked(unit, function.node, self.may_tell)
            handed = {id(each.call): chains for each in found.handed if (chains := self._read_of(function, each))}
            if (found.reads or handed) and self.project.serving.endpoint_of(function) is not None:
                yield from self._in_function(function, handed)

    def _read_of(self, function: FunctionSymbol, handed: Handed) -> list[Chain]:
        """What a function of the project surely reads of the row that it is given."""
        symbol = called(self.project.names, Bodies(function.unit, (function.node,), function.owner), handed.call)
        if symbol is None or not runs_as_written(symbol) or writes(symbol.unit.body(symbol.node).statements):
            return []  # what saves rows asks the database in every round anyway
        is_method = symbol.owner is not None and not any(last_name(d) == "staticmethod" for d in symbol.node.decorators)
        reads = self.needs.members.reads(symbol, handed.position + is_method)
        return [
            Chain(handed.variable, chain.path, (handed.call,) * len(chain.path), chain.followed)
            for chain in reads
            if chain.path[0] in self.telling
        ]

    def _in_function(self, function: FunctionSymbol, handed: dict[int, list[Chain]]) -> Iterator[Repeated]:
        found: list[Repeated] = []
        for chain, scope in self._chains(function, handed):
            loop = _loop_of(scope.env.get(chain.variable))
            if loop is not None and self._goes_round(function, chain, loop):
                rows = Tracer(self.flow).rows(_rows_of(loop), Scope(scope.activation, loop.env))
                if isinstance(chain.parts[-1], s.Call) and len({each.of for each in rows}) > 1:
                    continue  # which of them the function is for is not known
                found.extend(self._judge(chain, scope, rows))
        yield from merged(found)

    def _chains(self, function: FunctionSymbol, handed: dict[int, list[Chain]]) -> Iterator[tuple[Chain, Scope]]:
        for expr, scope in self.flow.points(function):
            if scope.activation.symbol != function:
                continue
            scopes = {id(part): inner for part, inner in parts_in(expr, scope, s.Attr)}
            for chain in chains(_ordered(expr, scope)):
                if chain.path[0] in self.telling:
                    yield chain, scopes[id(chain.parts[-1])]
            for call, inner in calls_in(expr, scope) if handed else ():
                yield from ((chain, inner) for chain in handed.get(id(call), ()))

    def _goes_round(self, function: FunctionSymbol, chain: Chain, loop: d.Element) -> bool:
        """Whether a read is made in every round of its loop, and the loop does not write its rows one by one anyway."""
        body = loop_body(function.unit.body(function.node).statements, loop.expr)
        if body is None:
            return True
        part = chain.parts[-1]
        if isinstance(part, s.Call) and not any(part is call for call in sure_calls(body)):
            return False  # `if not event: event = event_of(book)`
        return holds(body, part) and not ends_at_once(body) and not writes(body)

    def _judge(self, chain: Chain, scope: Scope, found: list[Rows]) -> Iterator[Repeated]:
        for rows, need in self.needs.missing(found, chain.path, chain.followed):
            query = self.project.place(rows.query.scope.unit.path, rows.query.scope.span(rows.query.at))
            read = self.project.place(scope.unit.path, scope.span(chain.parts[need.depth].at))
            if may_be_there(rows, need, scope) or self._is_stored(need, scope):
                continue
            if self._fails(query, read, need.path[-1]):
                continue
            yield Repeated(
                query,
                rows.of.name,
                (".".join((chain.variable, *need.path)),),
                read,
                (remedy(rows, need),),
                rows.query.scope.activation.symbol,
            )

    def _fails(self, query: Place, read: Place, name: str) -> bool:
        """Whether nothing is loaded anew, for async code cannot: `lazy-load-in-async` tells it."""
        return any(
            found.relationship.key == name
            and _start(found.query) == _start(query)  # the one is `select(…)`, the other all of the statement
            for found in self.unawaited.reads(read.path)
        )

    def _is_stored(self, need: Need, scope: Scope) -> bool:
        """Whether the function puts the related row there itself."""
        symbol = scope.activation.symbol
        stores = self.flow.frame(symbol).stores if symbol is not None else ()
        return any(store.name in need.path for store in stores)


def is_routine(path: str) -> bool:
    """Whether a file holds work that nobody waits for."""
    return any(part in _ROUTINE for part in path.removesuffix(".py").split("/"))


def _start(place: Place) -> tuple[str, int, int]:
    return place.path, place.range.line, place.range.column


def _ordered(expr: s.Expr, scope: Scope) -> Iterator[s.Expr]:
    """The attributes of an expression, outer ones first, and its calls."""
    yield from (part for part, _ in parts_in(expr, scope, s.Attr))
    yield from (call for call, _ in calls_in(expr, scope))


def _loop_of(definition: d.Definition | None) -> d.Element | None:
    """The loop that binds a name: `for row in rows`, `for index, row in enumerate(rows)`."""
    if isinstance(definition, d.Part) and isinstance(definition.whole, d.Element) and definition.position == 1:
        return definition.whole if _counted(definition.whole.expr) is not None else None
    return definition if isinstance(definition, d.Element) else None


def _rows_of(loop: d.Element) -> s.Expr:
    return _counted(loop.expr) or loop.expr


def _counted(expr: s.Expr) -> s.Expr | None:
    """`enumerate(rows)`."""
    is_call = isinstance(expr, s.Call) and isinstance(expr.func, s.Name) and expr.func.id == "enumerate"
    return expr.args[0] if is_call and expr.args else None  # type: ignore[union-attr]  # told by `is_call`


def remedy(rows: Rows, need: Need) -> str:
    """What belongs into a query so that its rows come with a relation."""
    if not isinstance(rows.of, Model):
        return f".options(selectinload({rows.of.name}.{need.path[0]}))"
    if need.counted:
        return f'annotate(Count("{"__".join((*need.path[:-1], need.counted))}"))'
    method = "prefetch_related" if need.is_many else "select_related"
    return f'{method}("{"__".join(need.path)}")'


def merged(found: list[Repeated]) -> Iterator[Repeated]:
    """One for each query: all that is read of its rows."""
    queries: dict[tuple[Place, str], dict[str, Repeated]] = {}
    # What only counts rows comes last: loaded rows can be counted, too.
    for one in sorted(found, key=lambda each: ("Count(" in each.remedies[0], each.read)):
        queries.setdefault((one.query, one.rows), {}).setdefault(one.texts[0], one)
    yield from _alike([_of_one_query(list(ones.values())) for ones in queries.values()])


def _of_one_query(ones: list[Repeated]) -> Repeated:
    texts = [text for one in ones for text in one.texts]
    remedies = [each for one in ones for each in one.remedies]
    return replace(ones[0], texts=tuple(dict.fromkeys(texts)), remedies=_in_one(remedies))


def _alike(ones: list[Repeated]) -> Iterator[Repeated]:
    """One for the queries of a function whose rows go through the same loop: those of its branches."""
    loops: dict[object, list[Repeated]] = {}
    for one in sorted(ones, key=lambda each: each.query):
        loops.setdefault((one.asker or one.query, one.read, one.rows, one.texts, one.remedies), []).append(one)
    for first, *others in loops.values():
        yield replace(first, others=tuple(each.query for each in others))


def _in_one(remedies: list[str]) -> tuple[str, ...]:
    """One call of each method: `select_related("author", "editor")`."""
    calls: dict[str, dict[str, None]] = {}
    for each in remedies:
        method, _, arguments = each.partition("(")
        calls.setdefault(method, {})[arguments.removesuffix(")")] = None
    return tuple(f"{method}({', '.join(arguments)})" for method, arguments in calls.items())
