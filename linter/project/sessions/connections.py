"""Connections of SQLAlchemy on which something is written and never committed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from linter.facts import syntax as s
from linter.project.control import all_parts, steps
from linter.project.imports.modules import is_test
from linter.project.requirements.pins import allows, pin
from linter.project.scopes import Scope, full_name, functions, resolve
from linter.project.sqlalchemy.vocabulary import ROOTS
from linter.project.trace import cached_property, memo
from linter.project.units import ValueSymbol, walk

if TYPE_CHECKING:
    from linter.project import Project

_WRITES = re.compile(r"\s*(?:insert\s+into|update\s+\S+\s+set|delete\s+from)\b", re.I)
_MAKERS = frozenset({"insert", "update", "delete"})
# What may be asked of the connection without changing when it commits.
_ASKED = frozenset({"execute", "scalar", "scalars", "exec_driver_sql"})


class Uncommitted(msgspec.Struct, frozen=True):
    """`with engine.connect() as connection:` in `scope`; `write` is what is lost."""

    scope: Scope
    connect: s.Call
    write: s.Call


class Connections:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.names = project.names

    @memo
    def uncommitted(self, path: str) -> tuple[Uncommitted, ...]:
        unit = self.project.unit(path)
        if unit is None or is_test(path) or not unit.mentions("connect") or not unit.mentions("execute"):
            return ()
        if not self._never_commits_by_itself:
            return ()
        scopes = (Scope(unit), *functions(self.names, unit, ("connect",), ("execute",)))
        return tuple(
            found
            for scope in scopes
            for step in steps(scope.statements)
            if isinstance(step.node, s.With) and (found := self._of_block(scope, step.node)) is not None
        )

    @cached_property
    def _never_commits_by_itself(self) -> bool:
        """SQLAlchemy 1.4 and before committed after each statement that writes."""
        asked = pin(self.project.files, "sqlalchemy")
        if asked:
            return not any(allows(asked, version) for version in ("1.4.54", "1.4.0", "1.3.24"))
        return any(unit.mentions("DeclarativeBase") for unit in self.project.units())

    def _of_block(self, scope: Scope, node: s.With) -> Uncommitted | None:
        if len(node.items) != 1:
            return None
        made, alias = node.items[0]
        if not isinstance(alias, s.Name) or not isinstance(made, s.Call) or made.args or made.keywords:
            return None
        if not (
            isinstance(made.func, s.Attr) and made.func.name == "connect" and self._is_engine(scope, made.func.value)
        ):
            return None
        write: s.Call | None = None
        parts = [part for part in all_parts(node.body) if not isinstance(part, s.Unknown)]
        used = {id(p.value) for p in parts if isinstance(p, s.Attr) and p.name in _ASKED}
        if any(isinstance(p, s.Name) and p.id == alias.id and id(p) not in used for p in parts):
            return None  # `connection.begin()`, `connection.commit()`, `helper(connection)`
        if any(isinstance(inner, (s.FunctionDef, s.ClassDef)) for inner, _ in walk(node.body)):
            return None
        for part in parts:
            if isinstance(part, s.Call) and isinstance(part.func, s.Attr) and id(part.func.value) in used and part.args:
                kind = self._writes(scope, part.args[0])
                if kind is None:
                    return None
                write = write or (part if kind else None)
        return Uncommitted(scope, made, write) if write is not None else None

    def _is_engine(self, scope: Scope, expr: s.Expr) -> bool:
        """Whether it is what `create_engine(…)` gave, without an isolation level of its own."""
        symbol = resolve(self.names, scope, expr)
        if not isinstance(symbol, ValueSymbol) or not isinstance(symbol.value, s.Call):
            return False
        call = symbol.value
        return (
            self._is_own(Scope(symbol.unit), call.func, {"create_engine", "create_async_engine"})
            and call.is_exact
            and not {k.name for k in call.keywords} & {"isolation_level", "execution_options"}
        )

    def _is_own(self, scope: Scope, func: s.Expr, names: set[str] | frozenset[str]) -> bool:
        package, _, name = full_name(self.names, scope, func).rpartition(".")
        return name in names and package.partition(".")[0] in ROOTS

    def _writes(self, scope: Scope, statement: s.Expr) -> bool | None:
        """Whether a statement writes; None where that is not known, or it may end the transaction."""
        while isinstance(statement, s.Call) and isinstance(statement.func, s.Attr):
            if self._is_own(scope, statement.func, _MAKERS):
                return True
            inner = statement.func.value
            if not isinstance(inner, s.Call):
                break
            statement = inner
        if not isinstance(statement, s.Call):
            return None
        if self._is_own(scope, statement.func, _MAKERS):
            return True
        if self._is_own(scope, statement.func, {"select"}):
            return False
        if self._is_own(scope, statement.func, {"text"}) and statement.args and isinstance(statement.args[0], s.Str):
            text = statement.args[0].value
            if _WRITES.match(text):
                return None if re.search(r"\bcommit\b", text, re.I) else True
            return False if re.match(r"\s*select\b", text, re.I) else None
        return None
