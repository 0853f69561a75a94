"""Rows that a commit has expired: to read one is a query, which async code awaits nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from linter.facts import syntax as s
from linter.finding import Place
from linter.project import scopes
from linter.project.control import evaluated, own
from linter.project.expected import is_expected
from linter.project.flow import definitions as d
from linter.project.flow.scopes import Scope
from linter.project.imports.modules import is_test
from linter.project.lazy.rows import rows
from linter.project.trace import cached_property, memo
from linter.project.types import NONE, ClassType, Instance, Type, members
from linter.project.units import FunctionSymbol, Unit

if TYPE_CHECKING:
    from linter.project import Project
    from linter.project.sqlalchemy.mapping import Mapper

_MAKERS = ("async_sessionmaker", "sessionmaker", "AsyncSession")
# What tells that a function keeps its rows from expiring, or knows that they do.
_AWARE = (
    "expire_on_commit", "expunge", "expunge_all", "make_transient", "run_sync", "greenlet_spawn", "begin_nested", "inspect",
    "MissingGreenlet", "DetachedInstanceError", "__dict__",
)  # fmt: skip
_ERRORS = frozenset(
    {"MissingGreenlet", "DetachedInstanceError", "InvalidRequestError", "StatementError", "SQLAlchemyError"}
)
_Block = tuple[s.Stmt, ...]
_After = tuple[tuple[s.Stmt, frozenset[str]], ...]  # with the names of what is closed by then


class Expired(msgspec.Struct, frozen=True):
    """A column read of a row after `commit`, where the row is `variable`. `detached`: the session is closed by then."""

    place: Place
    variable: str
    mapper: Mapper
    name: str
    session: str
    commit: Place
    detached: bool


class _Reach(msgspec.Struct, frozen=True):
    """What stands before a statement in its block, and what runs after it: the rest of the block, then what comes after the
    `with` that it is in."""

    before: _Block
    node: s.Stmt
    after: _After


class Expiry:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.flow = project.flow

    @memo
    def reads(self, path: str) -> tuple[Expired, ...]:
        unit = self.project.unit(path)
        if unit is None or is_test(path) or not unit.mentions("commit") or not self._expires:
            return ()
        bodies = set(unit.bodies_with(("commit",))).difference(unit.bodies_with(_AWARE))
        return tuple(
            found
            for function in (self.project.functions(unit) if bodies else ())
            if function.node.is_async and function.node.body in bodies
            for found in self._in_function(function)
        )

    @cached_property
    def _expires(self) -> bool:
        """Whether the project makes asynchronous sessions, and none of its sessions is told to keep rows as they are."""
        if not self.project.uses_sqlalchemy:
            return False
        units = [unit for unit in self.project.units() if not is_test(unit.path)]
        if any(unit.mentions("expire_on_commit") for unit in units):
            return False
        return any(self._makes_sessions(unit) for unit in units if any(unit.mentions(name) for name in _MAKERS))

    def _makes_sessions(self, unit: Unit) -> bool:
        calls = (call for name in _MAKERS for call, _ in self.flow.calls_named(unit, name))
        return any(call.is_exact and self.project.async_sessions.makes(unit, call) for call in calls)

    def _in_function(self, function: FunctionSymbol) -> Iterator[Expired]:
        activation = self.flow.activation(function)
        points = {id(point.expr): Scope(activation, point.env) for point in self.flow.frame(function).points}
        told: set[str] = set()
        for reach in _reaches(function.unit.body(function.node).statements, ()):
            session = _committed(reach.node)
            if session is None or not self._is_session(function, reach.node):
                continue
            for attr, expr, detached in _reads(reach.after, session):
                scope = points.get(id(expr))
                name = attr.value.id if isinstance(attr.value, s.Name) else ""
                mapper = self._of_column(attr, scope) if scope is not None and name not in told else None
                if mapper is None or scope is None or not self._is_held(attr.value, scope, session, reach.before):
                    continue
                if is_expected(scope.unit, attr.at, function.node, _ERRORS):
                    continue
                told.add(name)
                yield Expired(
                    self.project.place(scope.unit.path, scope.span(attr.at)),
                    name,
                    mapper,
                    attr.name,
                    session,
                    self.project.place(scope.unit.path, scope.span(_call(reach.node).at)),
                    detached,
                )

    def _is_session(self, function: FunctionSymbol, node: s.Stmt) -> bool:
        where = scopes.Scope(function.unit, (function.node,), function.owner)
        return self.project.async_sessions.is_called(where, _call(node))

    def _of_column(self, attr: s.Attr, scope: Scope) -> Mapper | None:
        """The class whose column is read."""
        mapper = self._mapper(self.flow.expression(scope, attr.value))
        is_column = mapper is not None and any(attr.name in part.columns for part in mapper.lineage())
        return mapper if is_column else None

    def _mapper(self, kind: Type) -> Mapper | None:
        found = [member for member in members(kind) if member != NONE]
        if len(found) != 1 or not isinstance(found[0], Instance):
            return None
        return self.project.tables.mapper(found[0].symbol)

    def _is_held(self, variable: s.Expr, scope: Scope, session: str, before: _Block) -> bool:
        """Whether the row is one of the session's: it was asked for there, or made and added just before."""
        if not isinstance(variable, s.Name):
            return False
        given = rows(self.flow, variable, scope)
        if given is not None:
            is_here = given.query.scope.activation is scope.activation
            return is_here and not given.prefix and isinstance(given.session, s.Name) and given.session.id == session
        definition = scope.env.get(variable.id)
        made = definition.expr if isinstance(definition, d.Assigned) else None
        if not isinstance(definition, d.Assigned) or not isinstance(made, s.Call):
            return False
        kind = self.flow.expression(Scope(scope.activation, definition.env), made.func)
        return isinstance(kind, ClassType) and any(_adds(node, session, variable.id) for node in before)


def _reaches(block: _Block, outer: _After) -> Iterator[_Reach]:
    for index, node in enumerate(block):
        after = (*((each, frozenset[str]()) for each in block[index + 1 :]), *outer)
        yield _Reach(block[:index], node, after)
        if isinstance(node, s.With):
            names = {to.id for _, to in node.items if isinstance(to, s.Name)}
            yield from _reaches(node.body, tuple((each, closed | names) for each, closed in after))
        elif isinstance(node, s.If):
            yield from _reaches(node.body, ())
            yield from _reaches(node.orelse, ())
        elif isinstance(node, s.For):
            yield from _reaches(node.body, ())
        elif isinstance(node, s.Try):
            for inner in (node.body, node.orelse, node.final, *(handler.body for handler in node.handlers)):
                yield from _reaches(inner, ())


def _call(node: s.Stmt) -> s.Call:
    assert isinstance(node, s.ExprStmt)
    assert isinstance(node.value, s.Await)
    assert isinstance(node.value.value, s.Call)
    return node.value.value


def _committed(node: s.Stmt) -> str | None:
    """The session of `await session.commit()`."""
    if not isinstance(node, s.ExprStmt) or not isinstance(node.value, s.Await):
        return None
    call = node.value.value
    func = call.func if isinstance(call, s.Call) and not call.args and not call.keywords else None
    if isinstance(func, s.Attr) and func.name == "commit" and isinstance(func.value, s.Name):
        return func.value.id
    return None


def _adds(node: s.Stmt, session: str, variable: str) -> bool:
    call = node.value if isinstance(node, s.ExprStmt) else None
    if not isinstance(call, s.Call) or not isinstance(call.func, s.Attr) or call.func.name != "add":
        return False
    owner, argument = call.func.value, call.args[0] if call.args else None
    return (
        isinstance(owner, s.Name) and owner.id == session and isinstance(argument, s.Name) and argument.id == variable
    )


def _reads(after: _After, session: str) -> Iterator[tuple[s.Attr, s.Expr, bool]]:
    """What is surely read of variables, until something is awaited that may load their rows again, or a variable is
    written or handed on."""
    gone: set[str] = set()
    for node, closed in after:
        for expr in own(node):
            parts = [part for part, when in evaluated(expr) if not when]
            later = {id(p) for part in parts if isinstance(part, (s.Lambda, s.Comp)) for p, _ in evaluated(part)}
            for part in parts:
                is_read = isinstance(part, s.Attr) and isinstance(part.value, s.Name) and part.value.id not in gone
                if is_read and id(part) not in later:
                    yield part, expr, session in closed  # type: ignore[misc]  # told by `is_read`
            gone.update(_handed_on(parts))
            if any(isinstance(part, s.Await) for part, _ in evaluated(expr)):
                return
        gone.update(_written(node))
        if not isinstance(node, (s.ExprStmt, s.Assign, s.AugAssign, s.Assert)):
            return


def _handed_on(parts: list[s.Expr]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, s.Call):
            given = (*part.args, *(keyword.value for keyword in part.keywords))
            yield from (each.id for each in given if isinstance(each, s.Name))


def _written(node: s.Stmt) -> Iterator[str]:
    targets = node.targets if isinstance(node, s.Assign) else (node.target,) if isinstance(node, s.AugAssign) else ()
    for target in targets:
        for part, _ in evaluated(target):
            if isinstance(part, s.Name):
                yield part.id
