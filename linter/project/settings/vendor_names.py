"""Names of databases that code asks for and that no database has: `connection.vendor == "postgres"`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

import msgspec

from linter.facts import syntax as s
from linter.project.control import all_parts
from linter.project.names import last_name
from linter.project.scopes import Scope, functions
from linter.project.units import Unit, walk
from linter.span import Span

if TYPE_CHECKING:
    from linter.project import Project

# Names that people give databases, and what Django's `vendor` and SQLAlchemy's `dialect.name` call them: the value is None
# where they do so themselves. https://docs.djangoproject.com/en/5.2/ref/databases/
_MEANT = {
    "postgres": "postgresql", "postgresql_psycopg2": "postgresql", "psycopg2": "postgresql", "psycopg": "postgresql",
    "pgsql": "postgresql", "sqlite3": "sqlite", "postgis": "postgresql", "mysqldb": "mysql", "pymysql": "mysql",
}  # fmt: skip
# What the last part of one of Django's own engines is.
_ENGINES = frozenset({"postgresql", "mysql", "sqlite3", "oracle"})
_OTHERS = frozenset({"sqlite", "postgres", "postgresql_psycopg2", "pgsql", "mariadb"})
_COMPARES = frozenset({"==", "!=", "in", "not in"})


class WrongName(msgspec.Struct, frozen=True):
    """`asked`: what is compared with the name, which is `meant` in truth, "" where that cannot be said."""

    span: Span
    asked: Literal["vendor", "dialect", "engine"]
    name: str
    meant: str
    op: str


def wrong_vendor_names(project: Project, path: str) -> Iterator[WrongName]:
    unit = project.unit(path)
    if unit is None or not any(unit.holds(word) for word in ("vendor", "dialect", "ENGINE")):
        return
    if not any(unit.says(name) for name in (*_MEANT, *_ENGINES, *_OTHERS)):
        return
    engines = _engine_names(project, unit)
    for scope in (Scope(unit), *functions(project.names, unit, ("vendor", "dialect", "ENGINE", *engines))):
        for part in all_parts(scope.statements):
            if isinstance(part, s.Op) and part.op in _COMPARES and len(part.operands) == 2:
                yield from _judged(scope, part, engines)


def _judged(scope: Scope, comparison: s.Op, engines: frozenset[str]) -> Iterator[WrongName]:
    left, right = comparison.operands
    if isinstance(left, s.Str) and not comparison.op.endswith("in"):
        left, right = right, left
    asked = _asked(left, engines)
    named = right.items if isinstance(right, s.Seq) and comparison.op.endswith("in") else (right,)
    if isinstance(right, s.Str) and comparison.op.endswith("in"):
        return  # `"postgres" in engine` looks for a part
    for text in named if asked is not None else ():
        if isinstance(text, s.Str) and asked is not None:
            meant = _meant(asked, text.value)
            if meant is not None:
                span = scope.unit.span(text.at, scope.function)
                yield WrongName(span, asked, text.value, meant, comparison.op)


def _asked(expr: s.Expr, engines: frozenset[str]) -> Literal["vendor", "dialect", "engine"] | None:
    if isinstance(expr, s.Attr) and expr.name == "vendor" and re.search("conn", last_name(expr.value)):
        return "vendor"
    if isinstance(expr, s.Attr) and expr.name == "name" and last_name(expr.value) == "dialect":
        return "dialect"
    if _is_engine(expr) or (isinstance(expr, s.Name) and expr.id in engines):
        return "engine"
    return None


def _is_engine(expr: s.Expr | None) -> bool:
    """`settings.DATABASES["default"]["ENGINE"]`, or the same with `.get("ENGINE")`."""
    if isinstance(expr, s.Call) and isinstance(expr.func, s.Attr) and expr.func.name == "get" and len(expr.args) == 1:
        return _is_named_engine(expr.args[0]) and _is_database(expr.func.value)
    return isinstance(expr, s.Sub) and _is_named_engine(expr.index) and _is_database(expr.value)


def _is_named_engine(key: s.Expr) -> bool:
    return isinstance(key, s.Str) and key.value == "ENGINE"


def _is_database(expr: s.Expr) -> bool:
    inner = expr.value if isinstance(expr, s.Sub) else expr
    return last_name(inner) in ("DATABASES", "databases", "settings_dict")


def _engine_names(project: Project, unit: Unit) -> frozenset[str]:
    """The names of a module that are given a database's engine, and nothing else but None and other settings."""
    given: dict[str, list[s.Expr]] = {}
    for scope in (Scope(unit), *functions(project.names, unit, ("ENGINE",))):
        for node in _assigned(scope):
            if isinstance(node.targets[0], s.Name) and node.value is not None:
                given.setdefault(node.targets[0].id, []).append(node.value)
    return frozenset(
        name
        for name, values in given.items()
        if any(map(_is_engine, values)) and all(_is_engine(v) or isinstance(v, (s.Lit, s.Attr)) for v in values)
    )


def _assigned(scope: Scope) -> Iterator[s.Assign]:
    for node, _ in walk(scope.statements):
        if isinstance(node, s.Assign) and len(node.targets) == 1:
            yield node


def _meant(asked: str, name: str) -> str | None:
    """What a name should be; None where it can be what is asked for."""
    if asked != "engine":
        return _MEANT.get(name)
    if name in _ENGINES:
        return f"django.db.backends.{name}"
    return "" if name in _OTHERS else None
