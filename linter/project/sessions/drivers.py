"""The drivers that SQLAlchemy's engines load: sync ones where the engine is async, async ones where it is not, missing ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

import msgspec

from linter.facts import syntax as s
from linter.facts.files import LockFile
from linter.finding import Place
from linter.project.imports.modules import is_test
from linter.project.names import last_name
from linter.project.requirements.pins import allows, is_exact, pin
from linter.project.scopes import Scope, find_local, full_name, resolve
from linter.project.sessions.engines import Engine
from linter.project.trace import cached_property, memo
from linter.project.units import ClassSymbol, ValueSymbol

if TYPE_CHECKING:
    from linter.project import Project

_URL = re.compile(r"(?P<dialect>postgresql|mysql|mariadb|sqlite)(?:\+(?P<driver>\w+))?://")
# What `dialect://` loads: https://docs.sqlalchemy.org/en/21/core/engines.html#database-urls
_DEFAULTS = {"mysql": "mysqldb", "mariadb": "mysqldb", "sqlite": "pysqlite"}
_SYNC = frozenset({"psycopg2", "psycopg2cffi", "pg8000", "pysqlite", "mysqldb", "pymysql", "mysqlconnector"})
_ASYNC = frozenset({"asyncpg", "aiosqlite", "aiomysql", "asyncmy", "psycopg_async"})
# What each driver is in, by words that whoever asks for it says, and the module that Python then looks for.
_PACKAGES = {
    "psycopg2": (r"psycopg2", "psycopg2"),
    "psycopg": (r"psycopg(?!2)", "psycopg"),
    "pg8000": (r"pg8000", "pg8000"),
    "asyncpg": (r"asyncpg", "asyncpg"),
    "aiosqlite": (r"aiosqlite", "aiosqlite"),
    "mysqldb": (r"mysqlclient|pymysql", "MySQLdb"),
    "pymysql": (r"pymysql", "pymysql"),
    "aiomysql": (r"aiomysql", "aiomysql"),
    "asyncmy": (r"asyncmy", "asyncmy"),
}
MOST_STEPS = 6


class Url(msgspec.Struct, frozen=True):
    """A URL as it is written and reaches an engine as it is. `driver` is "" where that depends on SQLAlchemy's version."""

    dialect: str
    driver: str
    place: Place


class WrongDriver(msgspec.Struct, frozen=True):
    """`kind`: the engine is async and the driver is not, the other way round, or nobody installs `module`."""

    kind: Literal["sync", "async", "missing"]
    url: Url
    engine: Engine
    module: str = ""


class Drivers:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.names = project.names

    def wrong(self, path: str) -> tuple[WrongDriver, ...]:
        return self._wrong.get(path, ())

    @cached_property
    def _wrong(self) -> dict[str, tuple[WrongDriver, ...]]:
        found: dict[Place, WrongDriver] = {}
        for engine in self.project.engines.all:
            for url in self._urls(engine.scope, engine.call.args[0]):
                wrong = None if is_test(url.place.path) else self._judged(engine, url)
                if wrong is not None:
                    found.setdefault(url.place, wrong)
        by_path: dict[str, list[WrongDriver]] = {}
        for place, wrong in found.items():
            by_path.setdefault(place.path, []).append(wrong)
        return {path: tuple(wrong) for path, wrong in by_path.items()}

    def _judged(self, engine: Engine, url: Url) -> WrongDriver | None:
        if last_name(engine.call.func) == "create_async_engine":
            if url.driver in _SYNC:
                return WrongDriver("sync", url, engine)
        elif url.driver in _ASYNC and not self._is_made_async(engine):
            return WrongDriver("async", url, engine)
        words, module = _PACKAGES.get(url.driver, ("", ""))
        if words and self._asks_for_all and re.search(rf"\b(?:{words})", self._asked, re.I) is None:
            if not self._is_used(module):
                return WrongDriver("missing", url, engine, module)
        return None

    def _is_made_async(self, engine: Engine) -> bool:
        """`AsyncEngine(create_engine(…))` is how SQLAlchemy does it itself; a `connect()` in a greenlet works too."""
        return any(engine.unit.mentions(word) for word in ("AsyncEngine", "greenlet_spawn"))

    # --- what is asked to be installed ---

    @cached_property
    def _asked(self) -> str:
        """All that the project's requirement files say."""
        locked = [
            name for facts in self.project.files.values() if isinstance(facts, LockFile) for name in facts.versions
        ]
        return "\n".join((*(self.project.text(path) or "" for path in self.project.files), *locked))

    @memo
    def _is_used(self, module: str) -> bool:
        """Whether some code of the project imports the driver itself, or puts another in its place."""
        for unit in self.project.units():
            if unit.mentions("install_as_MySQLdb"):
                return True
            for node, _ in unit.statements if unit.mentions(module) else ():
                if isinstance(node, (s.Import, s.ImportFrom)) and node.module.partition(".")[0] == module:
                    return True
        return False

    @cached_property
    def _asks_for_all(self) -> bool:
        """Whether the requirements are the whole list: they ask for SQLAlchemy itself, and for no extra that brings a driver."""
        pins = [found for path in self.project.requirements.paths for found in self.project.requirements.of(path)]
        own = [found for found in pins if found.name in ("sqlalchemy", "sqlmodel", "flask-sqlalchemy")]
        others = any(
            re.search(r"(^|/)(setup\.(py|cfg)|Dockerfile|environment\.ya?ml)$", path) for path in self.project.files
        )
        return bool(own) and not any(found.extras for found in own) and not others

    @cached_property
    def _postgresql(self) -> str:
        """What `postgresql://` loads: psycopg2, or psycopg since 2.1."""
        asked = pin(self.project.files, "sqlalchemy")
        return "psycopg2" if is_exact(asked) and any(allows(asked, old) for old in ("1.4.99", "2.0.99")) else ""

    # --- which URLs reach an engine ---

    @memo
    def _urls(self, scope: Scope, expr: s.Expr) -> tuple[Url, ...]:
        return tuple(self._of(scope, expr, 0))

    def _of(self, scope: Scope, expr: s.Expr, steps: int) -> Iterator[Url]:
        """The URLs that an expression is, as they are written: what a call makes of one is not followed."""
        if steps > MOST_STEPS:
            return
        if isinstance(expr, s.Str):
            yield from self._written(scope, expr.value, expr.at)
        elif isinstance(expr, s.FString):
            if expr.parts and isinstance(expr.parts[0], s.Str):
                yield from self._written(scope, expr.parts[0].value, expr.at)
        elif isinstance(expr, s.Op) and expr.op == "or":
            for operand in expr.operands:
                yield from self._of(scope, operand, steps + 1)
        elif isinstance(expr, s.Call):
            if full_name(self.names, scope, expr.func) in ("os.getenv", "os.environ.get") and len(expr.args) == 2:
                yield from self._of(scope, expr.args[1], steps + 1)
        elif isinstance(expr, (s.Name, s.Attr)):
            yield from self._named(scope, expr, steps + 1)

    def _named(self, scope: Scope, expr: s.Name | s.Attr, steps: int) -> Iterator[Url]:
        local = find_local(scope, expr.id) if isinstance(expr, s.Name) else None
        if local is not None:
            node = local.nodes[0] if len(local.nodes) == 1 else None
            if isinstance(node, s.Assign) and node.value is not None and isinstance(node.targets[0], s.Name):
                yield from self._of(local.scope, node.value, steps)
            return
        symbol = resolve(self.names, scope, expr)
        if isinstance(symbol, ValueSymbol) and not symbol.unit.is_library:
            holder = symbol.owner if isinstance(symbol.owner, ClassSymbol) else symbol.unit
            if len(holder.names.get(last_name(expr), ())) == 1:
                yield from self._of(Scope(symbol.unit, (), symbol.owner), symbol.value, steps)

    def _written(self, scope: Scope, text: str, at: int) -> Iterator[Url]:
        match = _URL.match(text)
        if match is not None:
            dialect = match["dialect"]
            default = self._postgresql if dialect == "postgresql" else _DEFAULTS[dialect]
            yield Url(
                dialect,
                match["driver"] or default,
                self.project.place(scope.unit.path, scope.unit.span(at, scope.function)),
            )
