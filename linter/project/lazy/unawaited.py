"""Relations that async code reads although nothing has loaded them: the query that would load one is awaited by nobody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from linter.facts import syntax as s
from linter.finding import Place
from linter.project.control import all_parts, evaluated, own
from linter.project.flow import definitions as d
from linter.project.flow.callers import callers
from linter.project.flow.scopes import Scope
from linter.project.flow.walk import parts_in
from linter.project.imports.modules import is_test
from linter.project.lazy.loops import holds
from linter.project.lazy.rows import LOADERS, Rows, rows
from linter.project.names import last_name
from linter.project.sqlalchemy.values import Const
from linter.project.trace import cached_property, memo
from linter.project.types import NONE, Function, Instance, Type, members
from linter.project.units import FunctionSymbol, Unit, walk

if TYPE_CHECKING:
    from linter.project import Project
    from linter.project.sqlalchemy.mapping import Mapper, Relationship

_ON_READ = (Const("select"), Const(True))  # None is that, too
_RAISING = (Const("raise"), Const("raise_on_sql"))
_EAGER = (Const("joined"), Const("selectin"), Const("subquery"), Const("immediate"), Const(False))
# What tells that a function knows of what is loaded, or loads it in a way that is not followed.
_AWARE = frozenset({
    "__dict__", "unloaded", "run_sync", "greenlet_spawn", "inspect", "instance_state",
    "MissingGreenlet", "StatementError", "InvalidRequestError", "DetachedInstanceError", "SQLAlchemyError",
})  # fmt: skip


class Unloaded(msgspec.Struct, frozen=True):
    """A relation that is read in async code of a row that came without it; `query`: where the row is asked for. `remedy`: what
    would load it there. `detached`: the session is closed by then."""

    place: Place
    relationship: Relationship
    query: Place
    remedy: str
    detached: bool

    @property
    def raises(self) -> str:
        """How a relationship refuses that is never to be loaded on reading; "" for one that tries."""
        given = self.relationship.given.get("lazy")
        return (
            str(given.value.value)
            if given is not None and given.value in _RAISING and isinstance(given.value, Const)
            else ""
        )


class Unawaited:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.flow = project.flow

    @memo
    def reads(self, path: str) -> tuple[Unloaded, ...]:
        unit = self.project.unit(path)
        if unit is None or is_test(path) or not self._names:
            return ()
        bodies = unit.bodies_with(self._names)
        return tuple(
            found
            for function in (self.project.functions(unit) if bodies else ())
            if function.node.is_async and function.node.body in bodies
            for found in self._in_function(function)
        )

    @cached_property
    def _names(self) -> frozenset[str]:
        """The relations that are loaded when they are read, or not at all; none where no session is asynchronous."""
        if not self.project.uses_sqlalchemy or not any(_is_async(unit) for unit in self.project.units()):
            return frozenset()
        return frozenset(
            name
            for mapper in self.project.tables.mappers
            for name, found in mapper.relationships.items()
            if _is_lazy(found)
        )

    def _in_function(self, function: FunctionSymbol) -> Iterator[Unloaded]:
        told: set[tuple[str, str]] = set()
        activation = self.flow.activation(function)
        defaults = {id(param.default) for param in function.node.params}  # they are evaluated elsewhere
        for point in self.flow.frame(function).points:
            if id(point.expr) in defaults:
                continue
            for attr, scope in parts_in(point.expr, Scope(activation, point.env), s.Attr):
                found = self._judge(function, attr, scope) if attr.name in self._names else None
                if found is None or _is_later(point.expr, attr):
                    continue
                key = (found.relationship.key, str(found.query))
                if key not in told:
                    told.add(key)  # the first read tells enough
                    yield found

    def _judge(self, function: FunctionSymbol, attr: s.Attr, scope: Scope) -> Unloaded | None:
        mapper = self._mapper(self.flow.expression(scope, attr.value))
        found = mapper.relationship(attr.name) if mapper is not None else None
        if mapper is None or found is None or not _is_lazy(found):
            return None
        given = rows(self.flow, attr.value, scope)
        if given is None or not self._is_there(given, mapper) or (*given.prefix, attr.name) in given.loaded:
            return None
        if not self._is_used(function, found) or self._may_be_loaded(function, attr, scope, found, given):
            return None
        path = (*given.prefix, attr.name)
        return Unloaded(
            self.project.place(scope.unit.path, scope.span(attr.at)),
            found,
            self.project.place(given.query.scope.unit.path, given.query.scope.span(given.query.at)),
            _remedy(given.mapper, path),
            self._is_closed(function, attr, given),
        )

    def _mapper(self, kind: Type) -> Mapper | None:
        """The one mapped class whose row a value is, if it is any."""
        found = [member for member in members(kind) if member != NONE]
        if len(found) != 1 or not isinstance(found[0], Instance):
            return None
        return self.project.tables.mapper(found[0].symbol)

    def _is_there(self, given: Rows, mapper: Mapper) -> bool:
        """Whether the row itself was loaded with the rest: each relation that leads to it is asked for, or eager."""
        current: Mapper | None = given.mapper
        for depth, name in enumerate(given.prefix):
            found = current.relationship(name) if current is not None else None
            if found is None or not (given.prefix[: depth + 1] in given.loaded or _is_eager(found)):
                return False
            current = found.target
        return current is mapper

    # --- what may have loaded it after all ----------------------------------------------------------------------------

    def _is_used(self, function: FunctionSymbol, found: Relationship) -> bool:
        """Whether the function leaves it to SQLAlchemy what the attribute holds."""
        if self._speaks(function, tuple(_AWARE)):
            return False
        parts = list(all_parts(function.unit.body(function.node).statements))
        if any(isinstance(part, s.Str) and part.value == found.key for part in parts):
            return False  # `refresh(row, ["books"])`, `set_committed_value(row, "books", …)`
        if any(
            isinstance(part, s.Attr) and part.name == found.key and last_name(part.value) == "awaitable_attrs"
            for part in parts
        ):
            return False
        return not any(store.name == found.key for store in self.flow.frame(function).stores if store.at != s.NOWHERE)

    def _may_be_loaded(
        self, function: FunctionSymbol, attr: s.Attr, scope: Scope, found: Relationship, given: Rows
    ) -> bool:
        if (
            found.direction == "many-to-one"
            and not _raises_anyway(found)
            and self._is_known_row(function, found, given)
        ):
            return True
        return self._is_handed_on(function, attr, scope, found) or any(
            self._loads(each, found) for each in (function, *self._others(function))
        )

    def _is_handed_on(self, function: FunctionSymbol, attr: s.Attr, scope: Scope, found: Relationship) -> bool:
        """Whether the row is given to a function that may load the relation of it."""
        variable = attr.value
        while isinstance(variable, (s.Attr, s.Sub)):
            variable = variable.value
        if not isinstance(variable, s.Name):
            return True
        for call in (
            part for part in all_parts(function.unit.body(function.node).statements) if isinstance(part, s.Call)
        ):
            arguments = (*call.args, *(keyword.value for keyword in call.keywords))
            if any(isinstance(each, s.Name) and each.id == variable.id for each in arguments):
                kind = self.flow.expression(scope, call.func)
                if isinstance(kind, Function) and self._speaks(kind.symbol, ("refresh", "awaitable_attrs", found.key)):
                    return True
                if isinstance(call.func, s.Attr) and call.func.name == "refresh" and len(arguments) > 1:
                    return True
        return False

    def _speaks(self, function: FunctionSymbol, words: tuple[str, ...]) -> bool:
        return function.node.body in function.unit.bodies_with(words)

    def _others(self, function: FunctionSymbol) -> Iterator[FunctionSymbol]:
        """Functions that work with the same session before: callers, and what FastAPI runs before a route."""
        for _, where, _ in callers(self.flow, function):
            if where.activation.symbol is not None:
                yield where.activation.symbol
        yield from self._dependencies

    @cached_property
    def _dependencies(self) -> tuple[FunctionSymbol, ...]:
        """The functions that are given to `Depends(…)`."""
        found: dict[FunctionSymbol, None] = {}
        for unit in self.project.units():
            if is_test(unit.path) or not any(word in unit.facts.module for word in (b"Depends", b"Security")):
                continue
            for part in _of_module(unit):
                if isinstance(part, s.Call) and last_name(part.func) in ("Depends", "Security") and part.args:
                    symbol = self.project.names.follow(self.project.names.resolve(unit, part.args[0]))
                    if isinstance(symbol, FunctionSymbol):
                        found[symbol] = None
        return tuple(found)

    def _loads(self, function: FunctionSymbol, found: Relationship) -> bool:
        """Whether a function has a statement of its own that loads the relation."""
        if not self._speaks(function, tuple(LOADERS)):
            return False
        for part in all_parts(function.unit.body(function.node).statements):
            if isinstance(part, s.Call) and last_name(part.func) in LOADERS:
                if any(isinstance(each, s.Attr) and self._is_of(each, found) for each, _ in evaluated(part)):
                    return True
        return False

    def _is_of(self, attr: s.Attr, found: Relationship) -> bool:
        """Whether `Class.name` may be a relationship; a class of another name is another class."""
        named = self.project.tables.classes_named(last_name(attr.value))
        related = [each for each in named if each.is_a(found.owner) or found.owner.is_a(each)]
        return attr.name == found.key and (bool(related) or not named)

    def _is_known_row(self, function: FunctionSymbol, found: Relationship, given: Rows) -> bool:
        """Whether the session may hold the one related row already, so that no query is made."""
        target = found.target
        if target is None or any(each is None or each.base is target.base for each in given.path()):
            return True
        kin = {target.name, *(parent.name for parent in target.lineage())}
        kin.update(each.name for each in self.project.tables.subclasses(target))
        if any(each is not None and _leads_to(each, kin) for each in given.path()):
            return True
        if any(each is None or each.target is None or each.target.name in kin for each in self._loaded(given)):
            return True
        keys = {found.key, *(pair.foreign.key for pair in found.pairs or ())}
        for call in given.conditions:
            if any(keyword.name in keys for keyword in call.keywords):
                return True
            if any(isinstance(part, s.Attr) and part.name in keys for each in call.args for part, _ in evaluated(each)):
                return True
        asker = given.query.scope.activation.symbol
        return any(
            self._names_one(each, kin) for each in (function, asker, *self._others(function)) if each is not None
        )

    def _loaded(self, given: Rows) -> Iterator[Relationship | None]:
        for path in given.loaded:
            mapper: Mapper | None = given.mapper
            for name in path:
                found = mapper.relationship(name) if mapper is not None else None
                yield found
                mapper = found.target if found is not None else None

    def _names_one(self, function: FunctionSymbol, names: set[str]) -> bool:
        """Whether a function speaks of a class, in its body or in what it takes."""
        if self._speaks(function, tuple(names)):
            return True
        annotations = [param.annotation for param in function.node.params if param.annotation is not None]
        given = [param.default for param in function.node.params if param.default is not None]
        parts = [part for each in (*annotations, *given) for part, _ in evaluated(each)]
        if function.node.returns is not None:
            parts.extend(part for part, _ in evaluated(function.node.returns))
        return any(last_name(part) in names for part in parts)

    # --- the session --------------------------------------------------------------------------------------------------

    def _is_closed(self, function: FunctionSymbol, attr: s.Attr, given: Rows) -> bool:
        """Whether the block of the session is left before the relation is read."""
        asker = given.query.scope.activation.symbol
        session = given.session
        if asker is None or not isinstance(session, s.Name):
            return False
        if not isinstance(given.query.scope.env.get(session.id), d.Entered):
            return False
        if asker != function:
            return True
        for node, _ in walk(function.unit.body(function.node).statements):
            if isinstance(node, s.With) and any(isinstance(to, s.Name) and to.id == session.id for _, to in node.items):
                if holds(node.body, attr):
                    return False
        return True


def _is_later(expr: s.Expr, attr: s.Attr) -> bool:
    """Whether a lambda reads it, whenever that is called."""
    lambdas = (part for part, _ in evaluated(expr) if isinstance(part, s.Lambda))
    return any(part is attr for each in lambdas for part, _ in evaluated(each.body))


def _of_module(unit: Unit) -> Iterator[s.Expr]:
    """Every expression that a module evaluates when it is imported, annotations and defaults of its functions too."""
    for node, _ in unit.statements:
        given: list[s.Expr | None] = list(own(node))
        if isinstance(node, s.FunctionDef):
            given += [*node.decorators, *(each for p in node.params for each in (p.annotation, p.default))]
        for expr in given:
            yield from (part for part, _ in evaluated(expr)) if expr is not None else ()


def _is_async(unit: Unit) -> bool:
    return b"ext.asyncio" in unit.facts.module


def _is_lazy(found: Relationship) -> bool:
    """Whether it is surely not loaded with its row."""
    given = found.given.get("lazy")
    if not found.whole or found.direction is None:
        return False
    return given is None or given.value in _ON_READ or given.value in _RAISING


def _raises_anyway(found: Relationship) -> bool:
    given = found.given.get("lazy")
    return given is not None and given.value == Const("raise")


def _is_eager(found: Relationship) -> bool:
    given = found.given.get("lazy")
    return given is not None and given.value in _EAGER


def _leads_to(mapper: Mapper, names: set[str]) -> bool:
    """Whether loading a row brings rows of another class with it, by what the mappers say."""
    seen: set[int] = set()
    pending = [mapper]
    while pending:
        current = pending.pop()
        if id(current) in seen:
            continue
        seen.add(id(current))
        for part in current.lineage():
            for found in part.relationships.values():
                if _is_eager(found):
                    if found.target is None or found.target.name in names:
                        return True
                    pending.append(found.target)
    return False


def _remedy(mapper: Mapper, path: tuple[str, ...]) -> str:
    text = ""
    current: Mapper | None = mapper
    for name in path:
        if current is None:
            break
        text += f"{'.' if text else ''}selectinload({current.name}.{name})"
        found = current.relationship(name)
        current = found.target if found is not None else None
    return f".options({text})"
