"""SQLAlchemy: which rows a statement asks for, and what it says to load with them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from linter.facts import syntax as s
from linter.project.control import evaluated
from linter.project.flow import mapped
from linter.project.names import last_name
from linter.project.types import ClassType

if TYPE_CHECKING:
    from linter.project.flow import Flow
    from linter.project.flow.scopes import Scope
    from linter.project.lazy.origins import Rows
    from linter.project.sqlalchemy.mapping import Mapper

GIVEN = frozenset({"scalars", "execute", "exec"})  # of a session: the statement is the argument
# Methods that leave it to the mapper what is loaded.
_PLAIN = frozenset({
    "where", "filter", "filter_by", "order_by", "distinct", "join", "outerjoin", "group_by", "having", "with_for_update",
    "all", "unique", "scalars", "paginate", "offset", "execution_options",
})  # fmt: skip
_NARROWING = frozenset({"where", "filter", "filter_by"})


def asked_for(flow: Flow, call: s.Call, scope: Scope) -> Mapper | None:
    """`select(User)`, `session.query(User)`."""
    if last_name(call.func) not in ("select", "query") or len(call.args) != 1 or call.keywords:
        return None
    return _mapper(flow, call.args[0], scope)


def queried(flow: Flow, attr: s.Attr, scope: Scope) -> Mapper | None:
    """`User.query`."""
    return _mapper(flow, attr.value, scope) if attr.name == "query" else None


def _mapper(flow: Flow, expr: s.Expr, scope: Scope) -> Mapper | None:
    if not flow.project.uses_sqlalchemy:
        return None
    kind = flow.expression(scope, expr)
    return mapped.mapper(flow, kind.symbol) if isinstance(kind, ClassType) else None


def after(rows: Rows, call: s.Call, name: str) -> Rows | None:
    """The rows after another method of a query; None where that makes something else of them, or few of them."""
    if name == "options":
        return rows.with_loaded(_loaded(call))
    if name == "limit":
        return rows if call.args and not isinstance(call.args[0], s.Lit) else None
    if name not in _PLAIN:
        return None
    return rows.narrowed(call) if name in _NARROWING else rows


def _loaded(call: s.Call) -> list[tuple[str, ...]] | None:
    """Every name that the options speak of; None where an option is not written here."""
    found: list[tuple[str, ...]] = []
    for argument in call.args:
        if not isinstance(argument, s.Call):
            return None
        for part in _parts(argument):
            if isinstance(part, s.Str):
                if part.value == "*":
                    return None
                found.append((part.value,))
            elif isinstance(part, s.Attr):
                found.append((part.name,))
    return found if not call.keywords else None


def _parts(expr: s.Expr) -> Iterator[s.Expr]:
    return (part for part, _ in evaluated(expr))
