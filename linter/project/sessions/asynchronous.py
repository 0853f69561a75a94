"""Asynchronous sessions of SQLAlchemy, and what is asked of them without an `await`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from linter.facts import syntax as s
from linter.project import scopes
from linter.project.control import all_parts, evaluated, own, steps
from linter.project.names import last_name
from linter.project.scopes import Scope, find_local, full_name, functions
from linter.project.trace import memo
from linter.project.types import NONE, UNKNOWN, Instance, LibraryThing, Type, members
from linter.project.units import ClassSymbol, External, Unit, ValueSymbol

if TYPE_CHECKING:
    from typing import TypeGuard

    from linter.project import Project

# The methods of an AsyncSession that are coroutines.
COROUTINES = frozenset({
    "aclose", "close", "commit", "connection", "delete", "execute", "flush", "get", "get_one", "invalidate", "merge", "refresh",
    "reset", "rollback", "run_sync", "scalar", "scalars", "stream", "stream_scalars",
})  # fmt: skip
_SQLMODEL = COROUTINES | {"exec"}
_SESSIONS = frozenset({
    "sqlalchemy.ext.asyncio.AsyncSession", "sqlalchemy.ext.asyncio.session.AsyncSession",
    "sqlmodel.ext.asyncio.session.AsyncSession",
})  # fmt: skip
_MAKERS = frozenset({
    "sqlalchemy.ext.asyncio.async_sessionmaker", "sqlalchemy.ext.asyncio.session.async_sessionmaker",
})  # fmt: skip
_SYNC_MAKERS = frozenset({"sqlalchemy.orm.sessionmaker", "sqlalchemy.orm.session.sessionmaker"})
_OF_COROUTINES = frozenset({"close", "send", "throw", "cr_await", "cr_code", "cr_frame", "cr_running", "cr_origin"})


class Unawaited(msgspec.Struct, frozen=True):
    """A call in `scope` whose coroutine is dropped, or used as if it were the result: `use` is the attribute it is asked
    for, or "for"."""

    scope: Scope
    call: s.Call
    use: str = ""
    is_used_at_once: bool = False

    @property
    def method(self) -> str:
        assert isinstance(self.call.func, s.Attr)
        return self.call.func.name


class AsyncSessions:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.names = project.names

    @memo
    def unawaited(self, path: str) -> tuple[Unawaited, ...]:
        unit = self.project.unit(path)
        if unit is None or not self.project.uses_sqlalchemy or not unit.mentions("sync"):
            return ()
        return tuple(
            suspect
            for scope in functions(self.names, unit, tuple(sorted(_SQLMODEL)))
            if scope.function is not None and scope.function.is_async
            for suspect in _suspects(scope)
            if self._is_session(suspect)
        )

    def is_called(self, scope: Scope, call: s.Call) -> bool:
        """Whether a call in a function is one of a session's methods."""
        return isinstance(call.func, s.Attr) and self._is_session(Unawaited(scope, call))

    def makes(self, unit: Unit, call: s.Call) -> bool:
        """Whether a call gives a session, or what makes sessions."""
        return self.names.full_name(unit, call.func) in _SESSIONS or self._is_maker(unit, call)

    # --- what a name stands for ---

    def _is_session(self, suspect: Unawaited) -> bool:
        receiver = suspect.call.func.value if isinstance(suspect.call.func, s.Attr) else s.Unknown()
        if isinstance(receiver, s.Name):
            local = find_local(suspect.scope, receiver.id)
            if local is not None and local.scope.function is not suspect.scope.function:
                return False
            if local is not None and not local.is_param:
                return all(self._gives_session(local.scope, local.name, node) for node in local.nodes)
        elif not isinstance(receiver, s.Attr):
            return False
        for call, point in self.project.flow.calls_named(suspect.scope.unit, suspect.method):
            if call is suspect.call:
                kind = self.project.flow.expression(point, receiver)
                return self._are_sessions(
                    self._aliased(suspect.scope, receiver) if kind == UNKNOWN else kind, suspect.method
                )
        return False

    def _aliased(self, scope: Scope, receiver: s.Expr) -> Type:
        """What a parameter is by the alias that annotates it: `SessionDep = Annotated[AsyncSession, Depends(…)]`."""
        if (
            scope.function is None
            or not isinstance(receiver, s.Name)
            or receiver.id in scope.unit.local_names(scope.function)
        ):
            return UNKNOWN
        annotation = next((param.annotation for param in scope.function.params if param.name == receiver.id), None)
        symbol = self.names.follow(self.names.resolve(scope.unit, annotation)) if annotation is not None else None
        while isinstance(symbol, ValueSymbol) and _is_new_type(symbol.value):
            symbol = self.names.follow(self.names.resolve(symbol.unit, symbol.value.args[1]))
        if isinstance(symbol, ValueSymbol) and isinstance(symbol.value, s.Sub):
            return self.project.flow.annotation(symbol.unit, symbol.value)
        return self.project.flow.instance_of(self.project.flow.of_symbol(symbol))

    def _are_sessions(self, kind: Type, method: str) -> bool:
        found = [member for member in members(kind) if member != NONE]
        return bool(found) and all(self._is_of_session(member, method) for member in found)

    def _is_of_session(self, kind: Type, method: str) -> bool:
        if isinstance(kind, LibraryThing):
            return kind.called and kind.dotted in _SESSIONS and (method in COROUTINES or "sqlmodel" in kind.dotted)
        return isinstance(kind, Instance) and self._inherits(kind.symbol, method)

    def _inherits(self, cls: ClassSymbol, method: str) -> bool:
        """Whether a class is a session's, and has the method from there."""
        for base in self.names.mro(cls)[0]:
            if (base.dotted if isinstance(base, (ClassSymbol, External)) else "") in _SESSIONS:
                return True
            if not isinstance(base, ClassSymbol) or method in base.names:
                return False
        return False

    def _gives_session(self, scope: Scope, name: str, node: s.Stmt) -> bool:
        """`async with Session() as name`, `name = Session()`."""
        if isinstance(node, s.With):
            made = next((item for item, alias in node.items if isinstance(alias, s.Name) and alias.id == name), None)
        else:
            made = node.value if isinstance(node, s.Assign) and isinstance(node.targets[0], s.Name) else None
        return isinstance(made, s.Call) and self._makes(scope, made.func)

    def _makes(self, scope: Scope, func: s.Expr) -> bool:
        """Whether what is called is the class of a session, or what makes one."""
        if isinstance(func, s.Attr) and func.name == "begin":
            func = func.value
        symbol = self.names.follow(scopes.resolve(self.names, scope, func))
        if isinstance(symbol, ClassSymbol):
            return self._inherits(symbol, "commit")
        if isinstance(symbol, ValueSymbol) and isinstance(symbol.value, s.Call):
            return self._is_maker(symbol.unit, symbol.value)
        return self.names.name_of(symbol) in _SESSIONS

    def _is_maker(self, unit: Unit, made: s.Call) -> bool:
        maker = self.names.full_name(unit, made.func.value if isinstance(made.func, s.Sub) else made.func)
        kind = made.keyword("class_")
        if kind is None:
            return maker in _MAKERS and made.is_exact
        return maker in _MAKERS | _SYNC_MAKERS and full_name(self.names, Scope(unit), kind) in _SESSIONS


def _is_new_type(value: s.Expr) -> TypeGuard[s.Call]:
    """`AsyncSession = NewType("AsyncSession", Other)`."""
    return isinstance(value, s.Call) and last_name(value.func) == "NewType" and len(value.args) == 2


def _suspects(scope: Scope) -> Iterator[Unawaited]:
    """Calls of such methods whose coroutine is dropped, looped over, or asked for what a result has."""
    for step in steps(scope.statements):
        node = step.node
        if isinstance(node, s.ExprStmt) and _is_call(node.value):
            yield Unawaited(scope, node.value)
        elif isinstance(node, s.For) and _is_call(node.iterable):
            yield Unawaited(scope, node.iterable, "for")
        elif isinstance(node, s.Assign) and _is_call(node.value):
            use = _use(scope, node.targets)
            if use:
                yield Unawaited(scope, node.value, use)
        for part in _parts(node):
            if isinstance(part, s.Attr) and _is_call(part.value) and part.name not in _OF_COROUTINES:
                yield Unawaited(scope, part.value, part.name, True)


def _parts(node: s.Stmt) -> Iterator[s.Expr]:
    """The expressions that a statement evaluates itself: what a lambda does is done later, by somebody else."""
    for expr in own(node):
        every = [part for part, _ in evaluated(expr)]
        later = {id(p) for part in every if isinstance(part, s.Lambda) for p, _ in evaluated(part.body)}
        yield from (part for part in every if id(part) not in later)


def _is_call(expr: s.Expr | None) -> TypeGuard[s.Call]:
    return isinstance(expr, s.Call) and isinstance(expr.func, s.Attr) and expr.func.name in _SQLMODEL


def _use(scope: Scope, targets: tuple[s.Expr, ...]) -> str:
    """What a variable is asked for that only ever holds such a coroutine, and is never passed on."""
    if len(targets) != 1 or not isinstance(targets[0], s.Name) or scope.function is None:
        return ""
    name = targets[0].id
    if len(scope.unit.local_names(scope.function)[name]) != 1:
        return ""
    parts = list(all_parts(scope.statements))
    named = [part for part in parts if isinstance(part, s.Name) and part.id == name]
    uses = [part.name for part in parts if isinstance(part, s.Attr) and any(part.value is use for use in named)]
    return uses[0] if uses and len(uses) == len(named) and not _OF_COROUTINES.intersection(uses) else ""
