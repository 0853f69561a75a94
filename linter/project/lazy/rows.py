"""Where rows of mapped classes come from in async code, and which of their relations the statement loads with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from linter.facts import syntax as s
from linter.project.flow import definitions as d
from linter.project.flow.calls import Arguments, bind
from linter.project.flow.scopes import Activation, Scope, Written
from linter.project.lazy.origins import MOST_STEPS, Query
from linter.project.names import last_name
from linter.project.types import ClassType, Function
from linter.project.units import FunctionSymbol

if TYPE_CHECKING:
    from linter.project.flow import Flow
    from linter.project.flow.definitions import Definition
    from linter.project.sqlalchemy.mapping import Mapper

Path = tuple[str, ...]

_BRANCH = 6  # steps that are taken off for each branch, so that there are never many at once

# Methods of an AsyncSession that run a statement, and those of its result that leave whole rows.
_RUN = frozenset({"execute", "scalars", "scalar", "exec", "stream", "stream_scalars"})
_TAKEN = frozenset({
    "all", "fetchall", "first", "one", "one_or_none", "scalar", "scalar_one", "scalar_one_or_none", "scalars", "unique",
})  # fmt: skip
_GOT = frozenset({"get", "get_one"})
_SAME = frozenset({"list", "tuple", "set", "sorted", "reversed", "iter", "enumerate"})
# Methods of a statement that load nothing.
_PLAIN = frozenset({
    "distinct", "filter", "filter_by", "group_by", "having", "join", "limit", "offset", "order_by", "outerjoin",
    "select_from", "where", "with_for_update",
})  # fmt: skip
# What options are made of. Those that do not load settle the matter otherwise (`noload`, `raiseload`).
LOADERS = frozenset({
    "contains_eager", "defaultload", "immediateload", "joinedload", "lazyload", "noload", "raiseload", "selectinload",
    "subqueryload",
})  # fmt: skip
_OF_COLUMNS = frozenset({"defer", "load_only", "undefer", "with_loader_criteria", "with_expression"})


class Rows(msgspec.Struct, frozen=True):
    """Rows of one class, or what is reached from them by `prefix`. `loaded`: the relations that come with them; `session`:
    what was asked, where `query` stands; `conditions`: the calls that narrow the statement."""

    query: Query
    mapper: Mapper
    session: s.Expr
    loaded: frozenset[Path] = frozenset()
    prefix: Path = ()
    conditions: tuple[s.Call, ...] = ()

    def path(self) -> Iterator[Mapper | None]:
        """The classes from the statement's to that of the rows that the prefix leads to."""
        mapper: Mapper | None = self.mapper
        yield mapper
        for name in self.prefix:
            found = mapper.relationship(name) if mapper is not None else None
            mapper = found.target if found is not None else None
            yield mapper


def rows(flow: Flow, expr: s.Expr, scope: Scope, steps: int = MOST_STEPS, position: int | None = None) -> Rows | None:
    """What an expression holds that an awaited call of a session gave; None where that is not known. `position`: which part
    of it is meant, where it was unpacked."""
    is_awaited = False
    for left in range(steps, 0, -1):
        if isinstance(expr, s.Name):
            return _named_rows(flow, scope.env.get(expr.id), scope, left - 1, position)
        if isinstance(expr, s.Await):
            is_awaited = True
            expr = expr.value
        elif isinstance(expr, s.Sub) and position is None:
            expr = expr.value
        elif isinstance(expr, s.Seq) and position is not None and position < len(expr.items):
            expr, position = expr.items[position], None
        elif isinstance(expr, s.Attr) and position is None:
            found = rows(flow, expr.value, scope, left - 1)
            return replace(found, prefix=(*found.prefix, expr.name)) if found is not None else None
        elif isinstance(expr, s.Call):
            if is_awaited:
                return _awaited(flow, expr, scope, left - 1, position)
            if isinstance(expr.func, s.Attr) and expr.func.name in _TAKEN and not expr.args:
                expr = expr.func.value
            elif isinstance(expr.func, s.Name) and expr.func.id in _SAME and len(expr.args) == 1:
                expr = expr.args[0]
            else:
                return None
        else:
            return None
    return None


def _named_rows(
    flow: Flow, definition: Definition | None, scope: Scope, steps: int, position: int | None
) -> Rows | None:
    """What a variable holds: after branches all of them must tell, and so must what was put into a list."""
    found: list[Rows | None] = []
    if isinstance(definition, d.Joined):
        options = [option for option in definition.options if not _is_nothing(option)]
        found = [_named_rows(flow, option, scope, steps - _BRANCH, position) for option in options] if steps > 0 else []
    elif isinstance(definition, d.Part):
        return _named_rows(flow, definition.whole, scope, steps, definition.position) if position is None else None
    elif isinstance(definition, d.Mutated):
        inner = Scope(scope.activation, definition.env)
        found = [_named_rows(flow, definition.before, scope, steps, position)]
        found += [rows(flow, argument, inner, steps - _BRANCH) for argument in definition.call.args]
    else:
        written = _written(definition, scope)
        return rows(flow, *written, steps, position) if written is not None else None
    first = found[0] if found else None
    if first is None or any(
        each is None or (each.mapper, each.prefix) != (first.mapper, first.prefix) for each in found
    ):
        return None
    loaded = frozenset(path for each in found if each is not None for path in each.loaded)
    return replace(
        first, loaded=loaded, conditions=tuple(c for each in found if each is not None for c in each.conditions)
    )


def _is_nothing(definition: Definition) -> bool:
    """`found = None`, `found = []`: no row is read of that."""
    expr = definition.expr if isinstance(definition, d.Assigned) else None
    return (isinstance(expr, s.Lit) and expr.value is None) or (isinstance(expr, s.Seq) and not expr.items)


def _written(definition: Definition | None, scope: Scope) -> tuple[s.Expr, Scope] | None:
    """The expression that a name was last given, or whose items it goes through."""
    activation = scope.activation
    while isinstance(definition, (d.Narrowed, d.Annotated)):
        definition = definition.value if isinstance(definition, d.Annotated) else definition.before
    if isinstance(definition, (d.Assigned, d.Element)):
        return definition.expr, Scope(activation, definition.env)
    if isinstance(definition, d.Parameter):
        value = activation.arguments.get(definition.param.name)
        return (value.expr, value.scope) if isinstance(value, Written) else None
    return None


def _awaited(flow: Flow, call: s.Call, scope: Scope, steps: int, position: int | None) -> Rows | None:
    kind = flow.expression(scope, call.func)
    if isinstance(kind, Function):
        return _returned(flow, kind, call, scope, steps, position) if kind.symbol.node.is_async else None
    if not isinstance(call.func, s.Attr) or not call.args:
        return None
    if (
        call.func.name in _GOT
        and position is None
        and len(call.args) == 2
        and call.keyword("options") is None
        and call.is_exact
    ):
        mapper = _mapper(flow, call.args[0], scope)
        return Rows(Query(scope, call.at), mapper, call.func.value) if mapper is not None else None
    if call.func.name not in _RUN:
        return None
    found = _statement(flow, call.args[0], scope, steps, {}, position)
    if found is None or found.mapper is None:
        return None
    return Rows(found.query, found.mapper, call.func.value, found.loaded, (), found.conditions)


def _returned(flow: Flow, kind: Function, call: s.Call, scope: Scope, steps: int, position: int | None) -> Rows | None:
    """The rows that the project's own function returns, where there is one `return` that gives any."""
    given = [found for found in _results(flow, kind, call, scope) if not isinstance(found[0], s.Lit)]
    return rows(flow, *given[0], steps, position) if len(given) == 1 else None


def _results(flow: Flow, kind: Function, call: s.Call, scope: Scope) -> Iterator[tuple[s.Expr, Scope]]:
    """What the project's own function returns, each with what its parameters are given by a call."""
    symbol = kind.symbol
    if symbol.unit.is_library or kind.closure is not None or not _is_plain(symbol):
        return
    frame = flow.frame(symbol)
    given = bind(flow, symbol, kind.receiver is not None, Arguments(flow, call, scope))
    activation = Activation(symbol.unit, symbol.node, symbol, symbol.owner, kind.receiver, given)
    for result in () if frame.is_generator else frame.results:
        if result.expr is not None:
            yield result.expr, Scope(activation, result.env)


def _is_plain(symbol: FunctionSymbol) -> bool:
    return all(last_name(each) in ("staticmethod", "classmethod", "override") for each in symbol.node.decorators)


def _mapper(flow: Flow, expr: s.Expr, scope: Scope) -> Mapper | None:
    kind = flow.expression(scope, expr)
    return flow.project.tables.mapper(kind.symbol) if isinstance(kind, ClassType) else None


# --- statements -------------------------------------------------------------------------------------------------------


class _Statement(msgspec.Struct, frozen=True):
    """`mapper` is None for what a loop's variable was in the round before, which adds nothing that is not seen anyway."""

    query: Query
    mapper: Mapper | None
    loaded: frozenset[Path] = frozenset()
    conditions: tuple[s.Call, ...] = ()


_Known = dict[int, "_Statement | None"]  # by the definition of a variable


def _statement(
    flow: Flow, expr: s.Expr, scope: Scope, steps: int, known: _Known, position: int | None = None
) -> _Statement | None:
    """The class whose whole rows a statement selects, and what it loads with them."""
    conditions: list[s.Call] = []
    loaded: set[Path] = set()
    start: _Statement | None = None
    for left in range(steps, 0, -1):
        name = last_name(expr.func) if isinstance(expr, s.Call) else ""
        if isinstance(expr, s.Name):
            start = _named(flow, expr.id, scope, left - 1, known, position)
            break
        if not isinstance(expr, s.Call):
            return None
        if (
            name == "select"
            and not expr.keywords
            and (len(expr.args) == 1 if position is None else position < len(expr.args))
        ):
            mapper = _mapper(flow, expr.args[position or 0], scope)
            start = _Statement(Query(scope, expr.at), mapper) if mapper is not None else None
            break
        if isinstance(expr.func, s.Attr) and name in _PLAIN:
            conditions.append(expr)
            expr = expr.func.value
        elif isinstance(expr.func, s.Attr) and name == "options":
            paths = _paths(expr.args, scope) if not expr.keywords else None
            if paths is None:
                return None
            loaded.update(paths)
            expr = expr.func.value
        else:
            kind = flow.expression(scope, expr.func)
            results = list(_results(flow, kind, expr, scope)) if isinstance(kind, Function) else []
            if len(results) != 1:
                return None
            expr, scope = results[0]
    if start is None:
        return None
    return replace(start, loaded=start.loaded | loaded, conditions=(*start.conditions, *conditions))


def _named(flow: Flow, name: str, scope: Scope, steps: int, known: _Known, position: int | None) -> _Statement | None:
    """A variable that holds a statement: after branches and loops, all that any of them adds."""
    definition = scope.env.get(name)
    if id(definition) not in known:
        known[id(definition)] = _Statement(Query(scope, s.NOWHERE), None)
        known[id(definition)] = _defined(flow, definition, scope, steps, known, position)
    return known[id(definition)]


def _defined(
    flow: Flow, definition: Definition | None, scope: Scope, steps: int, known: _Known, position: int | None
) -> _Statement | None:
    found: list[_Statement] = []
    for option in definition.options if isinstance(definition, d.Joined) else (definition,):
        if isinstance(option, d.Joined):
            made = _defined(flow, option, scope, steps - 1, known, position) if steps > 0 else None
        else:
            written = _written(option, scope) if not isinstance(option, d.Element) else None
            made = _statement(flow, *written, steps, known, position) if written else None
        if made is None:
            return None
        found.append(made)
    whole = [each for each in found if each.mapper is not None]
    if not whole:
        return found[0]
    if any(each.mapper is not whole[0].mapper for each in whole):
        return None
    loaded = frozenset(path for each in found for path in each.loaded)
    return replace(whole[0], loaded=loaded, conditions=tuple(c for each in found for c in each.conditions))


def _paths(arguments: Iterable[s.Expr], scope: Scope, base: Path = ()) -> set[Path] | None:
    """The relations that the arguments of `options(…)` load; None where they may load others."""
    found: set[Path] = set()
    for argument in arguments:
        if isinstance(argument, s.Starred):
            items, where = _spread(argument.value, scope)
            paths = _paths(items, where, base) if items is not None else None
        else:
            loader = _of_loader(argument, scope, base)
            paths = loader[0] if loader is not None else None
        if paths is None:
            return None
        found.update(paths)
    return found


def _spread(expr: s.Expr, scope: Scope) -> tuple[tuple[s.Expr, ...] | None, Scope]:
    """The items of a display that is written where a variable or a parameter got it."""
    for _ in range(MOST_STEPS):
        if isinstance(expr, s.Seq):
            return expr.items, scope
        written = _written(scope.env.get(expr.id), scope) if isinstance(expr, s.Name) else None
        if written is None:
            break
        expr, scope = written
    return None, scope


def _of_loader(expr: s.Expr, scope: Scope, base: Path) -> tuple[set[Path], Path] | None:
    """What `selectinload(A.bs).joinedload(B.c)` loads, and the path that it ends at."""
    if not isinstance(expr, s.Call):
        return None
    name = last_name(expr.func)
    found: set[Path] = set()
    path = base
    if isinstance(expr.func, s.Attr) and isinstance(expr.func.value, s.Call):
        before = _of_loader(expr.func.value, scope, base)
        if before is None:
            return None
        found, path = before
    if name in _OF_COLUMNS or name == "Load":
        return found, path
    if name == "options":
        inner = _paths(expr.args, scope, path)
        return (found | inner, path) if inner is not None else None
    if name not in LOADERS or not expr.args:
        return None
    for argument in expr.args:
        key = _key(argument)
        if key is None:
            return None
        path = (*path, key)
        found.add(path)
    return found, path


def _key(expr: s.Expr) -> str | None:
    """`A.bs`, `A.bs.of_type(C)`, `A.bs.and_(…)`."""
    while isinstance(expr, s.Call) and isinstance(expr.func, s.Attr):
        expr = expr.func.value
    return expr.name if isinstance(expr, s.Attr) else None
