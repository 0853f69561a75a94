"""Engines of SQLAlchemy: where they are made, which URLs they can get, and which of these no dialect answers to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import basename
from typing import TYPE_CHECKING

import msgspec

from linter.facts import syntax as s
from linter.finding import Place
from linter.project.control import all_parts, evaluated
from linter.project.imports.modules import is_test
from linter.project.migrations.vendors import Target
from linter.project.names import last_name
from linter.project.requirements.pins import allows, is_exact, pin
from linter.project.scopes import Scope, find_local, full_name, functions, resolve
from linter.project.trace import cached_property, memo
from linter.project.units import Unit, ValueSymbol
from linter.span import Span

if TYPE_CHECKING:
    from linter.project import Project

_MAKERS = ("create_engine", "create_async_engine")
_SCHEME = re.compile(r"[rRbBuUfF]{0,2}(?:\"{3}|'{3}|[\"'])?(?P<scheme>postgres)(?P<driver>\+\w+)?://")
MOST_STEPS = 6


class Engine(msgspec.Struct, frozen=True):
    """One `create_engine(…)` of the program."""

    scope: Scope
    call: s.Call

    @property
    def unit(self) -> Unit:
        return self.scope.unit


class InvalidUrl(msgspec.Struct, frozen=True):
    """`postgres://` that reaches an engine; `scheme` is the place of that word, `used` that of what gets it."""

    scheme: Place
    driver: str
    used: Place | None


class Engines:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.names = project.names

    @memo
    def of(self, path: str) -> tuple[Engine, ...]:
        unit = self.project.unit(path)
        if unit is None or not self.project.uses_sqlalchemy or not any(unit.mentions(maker) for maker in _MAKERS):
            return ()
        return tuple(self._made(unit))

    def _made(self, unit: Unit) -> Iterator[Engine]:
        for scope in (Scope(unit), *functions(self.names, unit, _MAKERS)):
            for part in all_parts(scope.statements):
                if isinstance(part, s.Call) and part.args and self._is_maker(scope, part.func):
                    yield Engine(scope, part)

    def _is_maker(self, scope: Scope, func: s.Expr) -> bool:
        named = last_name(func)
        if named not in _MAKERS:
            return False
        return full_name(self.names, scope, func).partition(".")[0] in ("sqlalchemy", "sqlmodel")

    @memo
    def urls(self, engine: Engine) -> tuple[Target, ...]:
        """The databases that an engine can be for, with the places that say so."""
        return tuple(self.project.vendors.of_url(engine.scope, engine.call.args[0]))

    def pool(self, engine: Engine) -> str:
        """The class of its pool, by name; "" where none is given or it is not SQLAlchemy's."""
        given = engine.call.keyword("poolclass")
        name = full_name(self.names, engine.scope, given) if given is not None else ""
        return name.rpartition(".")[2] if name.startswith("sqlalchemy.") else ""

    def place(self, engine: Engine, at: int) -> Place:
        return self.project.place(engine.unit.path, engine.unit.span(at, engine.scope.function))

    @cached_property
    def all(self) -> tuple[Engine, ...]:
        """Those of the program, not of its tests."""
        return tuple(e for path in self.project.python_paths if not is_test(path) for e in self.of(path))

    # --- URLs that no dialect answers to ---

    @cached_property
    def invalid_urls(self) -> dict[str, tuple[InvalidUrl, ...]]:
        if not self.project.uses_sqlalchemy or self._is_old:
            return {}
        found: dict[Place, InvalidUrl] = {}
        for url in (*self._in_python(), *self._in_texts()):
            found.setdefault(url.scheme, url)
        if not found or self._is_mended:
            return {}
        by_path: dict[str, list[InvalidUrl]] = {}
        for place, url in found.items():
            by_path.setdefault(place.path, []).append(url)
        return {path: tuple(urls) for path, urls in by_path.items()}

    @cached_property
    def _is_old(self) -> bool:
        """SQLAlchemy before 1.4 took `postgres://`."""
        asked = pin(self.project.files, "sqlalchemy")
        return is_exact(asked) and any(allows(asked, old) for old in ("1.3", "1.2", "1.1", "1.0"))

    @cached_property
    def _is_mended(self) -> bool:
        """Whether the program looks for the old name itself: `url.replace("postgres://", "postgresql://", 1)`."""
        for unit in self.project.units():
            if unit.says("postgres://") or unit.says("postgres:"):
                return True
            if unit.says("postgres") and any(unit.mentions(word) for word in ("replace", "startswith", "scheme")):
                return True
        return False

    def _in_python(self) -> Iterator[InvalidUrl]:
        for engine in self.all:
            for target in self.urls(engine):
                yield from self._invalid(target, self.place(engine, engine.call.at))
        for unit in self.project.units():
            if "SQLALCHEMY_DATABASE_URI" in unit.module.uses and not is_test(unit.path):
                for target in self.project.vendors.of_flask_config(unit):
                    yield from self._invalid(target, None)

    def _invalid(self, target: Target, used: Place | None) -> Iterator[InvalidUrl]:
        if target.where is None or target.vendor != "postgresql":
            return
        path, span = target.where.path, target.where.span
        if is_test(path):
            return
        text = self.project.source(path).data[span.start : span.end].decode("utf-8", "replace")
        match = _SCHEME.match(text)
        if match is not None:
            at = Span(span.start + match.start("scheme"), span.start + match.end("scheme"))
            yield InvalidUrl(self.project.place(path, at), (match["driver"] or "").lstrip("+"), used)

    # --- in what is no Python ---

    def _in_texts(self) -> Iterator[InvalidUrl]:
        texts = {p: t for p in self.project.files if (t := self.project.text(p)) is not None and "postgres" in t}
        if not texts or self.project.settings.modules:
            return
        variables = self._variables
        for path, text in texts.items():
            name = basename(path)
            if name == "alembic.ini" and self._reads_ini:
                yield from self._assigned(path, text, {"sqlalchemy.url": None})
            elif name.startswith(".env"):
                yield from self._assigned(path, text, variables)
            elif name.endswith((".yml", ".yaml")):
                yield from (
                    u for u in self._assigned(path, text, variables) if _is_built_here(text, u.scheme.range.line)
                )

    def _assigned(self, path: str, text: str, names: dict[str, Place | None]) -> Iterator[InvalidUrl]:
        if not names:
            return
        named = "|".join(map(re.escape, names))
        pattern = rf"""^[ \t]*(?:export[ \t]+|-[ \t]*)?["']?(?P<name>{named})["']?[ \t]*[=:][ \t]*["']?(?P<scheme>postgres)(?P<driver>\+\w+)?://"""
        for match in re.finditer(pattern, text, re.M):
            start, end = (len(text[:at].encode()) for at in match.span("scheme"))
            driver = (match["driver"] or "").lstrip("+")
            yield InvalidUrl(self.project.place(path, Span(start, end)), driver, names[match["name"]])

    @cached_property
    def _reads_ini(self) -> bool:
        """Whether Alembic's `env.py` takes the URL from the ini file, and nothing sets another one."""
        units = [unit for unit in self.project.units() if unit.mentions("engine_from_config")]
        return bool(units) and not any(unit.mentions("set_main_option") for unit in self.project.units())

    @cached_property
    def _variables(self) -> dict[str, Place | None]:
        """The environment variables whose value an engine gets, each with that engine."""
        found: dict[str, Place | None] = {}
        for engine in self.all:
            for name in self._read(engine.scope, engine.call.args[0]):
                found.setdefault(name, self.place(engine, engine.call.at))
        return found

    def _read(self, scope: Scope, expr: s.Expr, steps_: int = 0) -> Iterator[str]:
        if steps_ > MOST_STEPS:
            return
        for part, _ in evaluated(expr):
            if isinstance(part, s.Str) and re.fullmatch(r"[A-Z][A-Z0-9_]*UR[IL]", part.value):
                yield part.value
            elif isinstance(part, s.Name) and (local := find_local(scope, part.id)) is not None:
                for node in local.nodes:
                    if isinstance(node, s.Assign) and node.value is not None:
                        yield from self._read(local.scope, node.value, steps_ + 1)
            elif isinstance(part, (s.Name, s.Attr)):
                symbol = resolve(self.names, scope, part)
                if isinstance(symbol, ValueSymbol) and not symbol.unit.is_library:
                    yield from self._read(Scope(symbol.unit, (), symbol.owner), symbol.value, steps_ + 1)
                elif isinstance(part, s.Attr) and re.fullmatch(r"[a-z]\w*_ur[il]", part.name.lower()):
                    yield part.name.upper()  # `settings.database_url` of pydantic's settings


def _is_built_here(text: str, line: int) -> bool:
    """Whether a line of a compose file belongs to a service whose image is built from the project."""
    lines = text.splitlines()
    start = next((i for i in range(line - 1, -1, -1) if re.match(r"^  [\w.-]+:\s*$", lines[i])), None)
    if start is None:
        return False
    rest = (i for i in range(start + 1, len(lines)) if re.match(r"^ {0,2}[\w.-]", lines[i]))
    return any(re.match(r"^\s+build:", text) for text in lines[start : next(rest, len(lines))])
