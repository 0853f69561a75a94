"""Which databases a project runs on, and where it says so.

Only what the project shows counts: every branch of every settings module for Django, what `env.py` connects to for Alembic.
A vendor that nobody names is no target, and what cannot be read names none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import basename, dirname
from typing import TYPE_CHECKING, Literal

import msgspec

from linter.facts import syntax as s
from linter.finding import Place
from linter.project.constants import CallValue, DictValue, Origin, Text, Value, Values, texts, walk_values
from linter.project.control import evaluated, own, parts, steps
from linter.project.imports.modules import is_test
from linter.project.names import dotted, last_name
from linter.project.scopes import Scope, find_local, functions, resolve
from linter.project.settings.values import SettingsModule
from linter.project.trace import cached_property, memo
from linter.project.units import ClassSymbol, External, FunctionSymbol, ModuleSymbol, Unit, ValueSymbol, walk
from linter.span import Span

if TYPE_CHECKING:
    from linter.project import Project

Vendor = Literal["sqlite", "postgresql", "mysql"]

SQLITE: Vendor = "sqlite"
POSTGRESQL: Vendor = "postgresql"
MYSQL: Vendor = "mysql"
TITLES: dict[Vendor, str] = {SQLITE: "SQLite", POSTGRESQL: "PostgreSQL", MYSQL: "MySQL"}

_URL = re.compile(r"^\s*(?P<scheme>[a-z][a-z0-9]*)(\+[a-z0-9_]+)?:", re.I)
_SCHEMES: dict[str, Vendor] = {
    "sqlite": SQLITE,
    "sqlite3": SQLITE,
    "spatialite": SQLITE,
    "postgres": POSTGRESQL,
    "postgresql": POSTGRESQL,
    "pgsql": POSTGRESQL,
    "postgis": POSTGRESQL,
    "mysql": MYSQL,
    "mysql2": MYSQL,
    "mysqlgis": MYSQL,
    "mariadb": MYSQL,
}
_FLASK = "SQLALCHEMY_DATABASE_URI"
# The packages without which Python does not reach a database. SQLite comes with Python.
_DRIVERS: dict[Vendor, re.Pattern[str]] = {
    POSTGRESQL: re.compile(r"\b(?:psycopg|asyncpg|pg8000)", re.I),
    MYSQL: re.compile(r"\b(?:mysqlclient|pymysql|mysql[-_.]connector|aiomysql|asyncmy|mariadb|oursql)", re.I),
}
_NO_MIGRATIONS = re.compile(r"--no-?migrations\b")
# What reads a database's URL out of the environment: dj-database-url, django-environ; and what reads any variable.
_URL_READERS = frozenset({"config", "db", "db_url", "dj_db_url", "parse"})
_VARIABLE_READERS = frozenset({"getenv", "get", "config", "env", "str"})
# `export NAME=value` in `.env`; `- NAME=value`, `NAME: ${NAME:-value}` in a Compose file.
_SETTING_OF = r"^[ \t]*(?:-[ \t]*|export[ \t]+)?"
_SET_TO = r"[ \t]*[=:][ \t]*[\"']?(?:\$\{\w+:-)?(?P<value>\S+)"
MOST_STEPS = 12


class Line(msgspec.Struct, frozen=True):
    """A piece of a file that is no Python."""

    path: str
    span: Span


class Target(msgspec.Struct, frozen=True):
    """A database that the project runs on. `where` is None where ormlint's own configuration says it."""

    vendor: Vendor
    where: Origin | Line | None


def vendor_of_engine(engine: str) -> Vendor | None:
    """The vendor of a Django engine such as `django.db.backends.postgresql` or a package's own on top of it."""
    lowered = engine.lower()
    if "sqlite" in lowered or "spatialite" in lowered:
        return SQLITE
    if "postgres" in lowered or "postgis" in lowered or "psqlextra" in lowered:
        return POSTGRESQL
    return MYSQL if "mysql" in lowered else None


def vendor_of_url(url: str) -> Vendor | None:
    match = _URL.match(url)
    return _SCHEMES.get(match["scheme"].lower()) if match is not None else None


class Vendors:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.names = project.names

    def place(self, target: Target) -> Place | None:
        where = target.where
        return self.project.place(where.path, where.span) if where is not None else None

    @cached_property
    def configured(self) -> tuple[Target, ...]:
        """What `databases = […]` in the configuration says: then nothing else counts."""
        found = (_SCHEMES.get(name.lower()) for name in self.project.configured_databases)
        return tuple(Target(vendor, None) for vendor in dict.fromkeys(found) if vendor is not None)

    # --- Django ---

    @memo
    def of_django(self, package: str) -> tuple[Target, ...]:
        """The databases on which the migrations of an app run; `package` is the folder of its `migrations` package."""
        if self.configured:
            return self.configured
        found: dict[Vendor, Target] = {}
        for module in self.project.settings.modules:
            if self._migrates(module, package):
                for target in self._databases(module):
                    found.setdefault(target.vendor, target)
        return tuple(target for vendor, target in found.items() if vendor in self._reachable)

    @cached_property
    def _reachable(self) -> frozenset[Vendor]:
        """The vendors that the requirements have a driver for; all of them where they have none for any.

        `dj_database_url.config(default="mysql://…")` in a project that installs psycopg alone is a leftover."""
        texts_ = [text for path in self.project.files if (text := self.project.text(path)) is not None]
        named = {vendor for vendor, driver in _DRIVERS.items() if any(driver.search(text) for text in texts_)}
        return frozenset({SQLITE, *(named or _DRIVERS)})

    @cached_property
    def only_pymysql(self) -> bool:
        """Whether PyMySQL alone, which takes one statement at a time, leads to MySQL."""
        texts_ = [text for path in self.project.files if (text := self.project.text(path)) is not None]
        named = {name.lower() for text in texts_ for name in _DRIVERS[MYSQL].findall(text)}
        return named == {"pymysql"}

    def _migrates(self, module: SettingsModule, package: str) -> bool:
        """Whether a run with some settings executes the migrations of an app."""
        app = dirname(package)
        roots = (root for root in self.project.modules.roots if not root or app.startswith(root + "/"))
        names = [app[len(root) :].strip("/").replace("/", ".") for root in roots]
        label = self.project.models.label_of_app(f"{package}/__init__.py")
        for moved in module.get("MIGRATION_MODULES"):
            if not isinstance(moved, DictValue) or moved.is_open or moved.get(label) is not None:
                return False  # they are somewhere else, or switched off
        if "test" in module.path and (self._switched_off or self._is_spare(module)):
            return False
        installed = module.texts("INSTALLED_APPS")
        if not installed or not module.knows_all("INSTALLED_APPS"):
            return True
        return any(_is_app(entry, name) for entry in installed for name in names)

    def _is_spare(self, module: SettingsModule) -> bool:
        """Whether settings for tests are named nowhere, in a project that names others: whether any run has them is not
        known, and the first run that had would meet the failing migration."""
        named = self.project.settings.named
        return bool(named) and module.unit.name not in named

    @cached_property
    def _switched_off(self) -> bool:
        """`pytest --nomigrations` in the project's configuration: tests make their tables from the models."""
        texts_ = (self.project.text(path) for path in self.project.files)
        return any(text is not None and _NO_MIGRATIONS.search(text) for text in texts_)

    def _databases(self, module: SettingsModule) -> tuple[Target, ...]:
        found: dict[Vendor, Target] = {}
        for value in module.get("DATABASES"):
            if not isinstance(value, DictValue):
                continue
            if len(value.items) > 1 and self._routes(module):
                return ()  # which app runs on which of them is the routers' to say
            for _, values in value.items:
                for target in self._of_database(values):
                    found.setdefault(target.vendor, target)
        return tuple(found.values())

    def _routes(self, module: SettingsModule) -> bool:
        routers = module.get("DATABASE_ROUTERS")
        return bool(routers) and (not module.knows_all("DATABASE_ROUTERS") or bool(module.texts("DATABASE_ROUTERS")))

    def _of_database(self, values: Values) -> Iterator[Target]:
        for value in values:
            if isinstance(value, DictValue):
                for text in texts(value.get("ENGINE") or ()):
                    vendor = vendor_of_engine(text.value)
                    if vendor is not None:
                        yield Target(vendor, text.origin)
            elif isinstance(value, (CallValue, Text)):
                yield from _in_urls(value)
                if isinstance(value, CallValue) and value.name.rpartition(".")[2] in _URL_READERS:
                    named = [text.value for text in walk_values((value,)) if isinstance(text, Text)]
                    yield from self.of_variable(next((each for each in named if each.isidentifier()), "DATABASE_URL"))

    def of_variable(self, name: str) -> Iterator[Target]:
        """The databases that an environment variable names in the project's `.env` and Compose files."""
        setting = re.compile(rf"{_SETTING_OF}{re.escape(name)}{_SET_TO}", re.M)
        for path, text in self._environments:
            for match in setting.finditer(text):
                vendor = vendor_of_url(match["value"])
                if vendor is not None:
                    start, end = (len(text[:at].encode()) for at in match.span("value"))
                    yield Target(vendor, Line(path, Span(start, end)))

    @cached_property
    def _environments(self) -> tuple[tuple[str, str], ...]:
        names = ((path, basename(path)) for path in self.project.files)
        found = [path for path, name in names if name.startswith(".env") or "compose" in name]
        return tuple((path, text) for path in found if (text := self.project.text(path)) is not None)

    # --- Alembic ---

    def of_alembic(self, path: str) -> tuple[Target, ...]:
        """The databases that the `env.py` of a migration connects to."""
        return self.configured or self._of_environment(self._environment(path))

    @memo
    def _of_environment(self, environment: Unit | None) -> tuple[Target, ...]:
        if environment is None and any(path.endswith("env.py") for path in self.project.python_paths):
            return ()  # that of some other chain
        found: dict[Vendor, Target] = {}
        for target in _Urls(self).of_environment(environment) if environment is not None else self.flask:
            if target.vendor in self._reachable and target.vendor not in self._made_without_migrations:
                found.setdefault(target.vendor, target)
        return tuple(found.values())

    def _environment(self, path: str) -> Unit | None:
        """The nearest `env.py`, beside or above. Flask-Alembic needs none."""
        folder = dirname(path)
        while True:
            unit = self.project.unit(f"{folder}/env.py" if folder else "env.py")
            if unit is not None:
                return unit
            if not folder:
                return None
            folder = dirname(folder)

    def of_url(self, scope: Scope, url: s.Expr) -> Iterator[Target]:
        """What an expression that is a database's URL can be."""
        return _Urls(self).of(scope, url)

    def of_flask_config(self, unit: Unit) -> Iterator[Target]:
        """Every SQLALCHEMY_DATABASE_URI of one module."""
        return _Urls(self, in_flask=True).of_flask(unit, False)

    @cached_property
    def _made_without_migrations(self) -> frozenset[Vendor]:
        """Databases on which the program makes its tables by `create_all()` instead of migrating:
        `if url.startswith("sqlite"): db.create_all() else: upgrade()`."""
        found: set[Vendor] = set()
        for unit in self.project.units():
            if "create_all(" not in unit.module.uses or is_test(unit.path):
                continue
            for scope in functions(self.names, unit, ("create_all",)):
                for step in steps(scope.statements):
                    if any(isinstance(c, s.Call) and last_name(c.func) == "create_all" for c in parts(step.node)):
                        for condition in step.conditions:
                            if condition.holds:
                                found.update(_vendors_named(condition.test))
        return frozenset(found)

    @cached_property
    def flask(self) -> tuple[Target, ...]:
        """Every SQLALCHEMY_DATABASE_URI of the program; those of its tests only where its tests migrate."""
        found: dict[Vendor, Target] = {}
        for unit in self.project.units():
            if is_test(unit.path) and not self._tests_migrate:
                continue
            if _FLASK not in unit.module.uses:
                continue
            for target in _Urls(self, in_flask=True).of_flask(unit, self._tests_migrate):
                found.setdefault(target.vendor, target)
        return tuple(found.values())

    @cached_property
    def _tests_migrate(self) -> bool:
        """Whether some test upgrades a database: `command.upgrade(config, "head")`, Flask-Migrate's `upgrade()`."""
        for unit in self.project.units():
            if is_test(unit.path):
                imported = (b.node for found in unit.names.values() for b in found)
                for node in imported:
                    if isinstance(node, s.ImportFrom) and (
                        (node.module == "flask_migrate" and node.name == "upgrade")
                        or (node.module == "alembic" and node.name == "command")
                        or node.module == "alembic.command"
                    ):
                        return True
        return False


def _is_app(entry: str, name: str) -> bool:
    """Whether an entry of INSTALLED_APPS is an app or its configuration class."""
    if entry == name:
        return True
    package, _, last = entry.rpartition(".")
    return last[:1].isupper() and (package == name or package == f"{name}.apps")


def _in_urls(value: Value) -> Iterator[Target]:
    """The database URLs in a value, as defaults of the calls in it."""
    for part in walk_values((value,)):
        vendor = vendor_of_url(part.value) if isinstance(part, Text) else None
        if isinstance(part, Text) and vendor is not None:
            yield Target(vendor, part.origin)


def _vendors_named(test: s.Expr) -> Iterator[Vendor]:
    for part, _ in evaluated(test):
        if isinstance(part, s.Str):
            vendor = _SCHEMES.get(part.value.partition(":")[0].partition("+")[0].lower())
            if vendor is not None:
                yield vendor


class _Urls:
    """Follows an expression to the database URLs that it can be."""

    def __init__(self, vendors: Vendors, in_flask: bool = False) -> None:
        self.vendors = vendors
        self.project = vendors.project
        self.names = vendors.names
        self._in_flask = in_flask
        self._seen: set[tuple[str, int, str]] = set()

    @property
    def flask(self) -> tuple[Target, ...]:
        """What SQLALCHEMY_DATABASE_URI is, unless that is the very question."""
        return () if self._in_flask else self.vendors.flask

    # --- where they are used ---

    def of_environment(self, unit: Unit) -> Iterator[Target]:
        """What an `env.py` connects to: `create_engine(…)`, `set_main_option("sqlalchemy.url", …)`, `configure(url=…)`."""
        scopes = [Scope(unit), *functions(self.names, unit)]
        asks_ini = False
        for scope in scopes:
            for step in steps(scope.statements):
                for expr in own(step.node):
                    for part, _ in evaluated(expr):
                        if isinstance(part, s.Call):
                            name = last_name(part.func)
                            yield from self.of_call(scope, name, part)
                            asks_ini = asks_ini or name in ("engine_from_config", "async_engine_from_config")
                            asks_ini = asks_ini or (name == "get_main_option" and _first(part) == "sqlalchemy.url")
                        elif isinstance(part, s.Attr) and part.name in ("extensions", "config"):
                            if dotted(part.value) == "current_app":
                                yield from self.flask
                        elif isinstance(part, s.Name):
                            yield from self.of_engine(scope, part)
        if asks_ini:
            yield from self.of_ini(unit)

    def of_call(self, scope: Scope, name: str, call: s.Call) -> Iterator[Target]:
        if name in ("create_engine", "create_async_engine") and call.args:
            yield from self.of(scope, call.args[0])
        elif name == "set_main_option" and len(call.args) == 2 and _first(call) == "sqlalchemy.url":
            yield from self.of(scope, call.args[1])
        elif name == "configure":
            url = call.keyword("url")
            if url is not None:
                yield from self.of(scope, url)

    def of_engine(self, scope: Scope, name: s.Name) -> Iterator[Target]:
        """An engine that is made elsewhere and imported: `from app.db import engine`."""
        if find_local(scope, name.id) is not None and not scope.functions:
            return
        symbol = self.names.follow(resolve(self.names, scope, name))
        if isinstance(symbol, ValueSymbol) and symbol.unit is not scope.unit and isinstance(symbol.value, s.Call):
            yield from self.of_call(Scope(symbol.unit), last_name(symbol.value.func), symbol.value)

    def of_ini(self, unit: Unit) -> Iterator[Target]:
        """`sqlalchemy.url` of the alembic.ini whose folder the `env.py` lies in."""
        folder = dirname(unit.path)
        while True:
            path = f"{folder}/alembic.ini" if folder else "alembic.ini"
            text = self.project.text(path)
            if text is not None:
                match = re.search(r"^sqlalchemy\.url\s*=\s*(\S+)", text, re.M)
                vendor = vendor_of_url(match[1]) if match is not None else None
                if match is not None and vendor is not None:
                    start, end = (len(text[:at].encode()) for at in match.span())
                    yield Target(vendor, Line(path, Span(start, end)))
                return
            if not folder:
                return
            folder = dirname(folder)

    def of_flask(self, unit: Unit, with_tests: bool) -> Iterator[Target]:
        """`SQLALCHEMY_DATABASE_URI = …` in modules and configuration classes, `app.config["SQLALCHEMY_DATABASE_URI"] = …`."""
        for node, _ in walk(unit.module.body):
            yield from self.of_assignment(Scope(unit), node)
        for cls in self.names.classes(unit):
            if "test" not in cls.name.lower() or with_tests:
                for node, _ in walk(cls.node.body):
                    yield from self.of_assignment(Scope(unit, (), cls), node)
        for scope in functions(self.names, unit, (_FLASK,)):
            for step in steps(scope.statements):
                yield from self.of_assignment(scope, step.node)

    def of_assignment(self, scope: Scope, node: s.Stmt) -> Iterator[Target]:
        if not isinstance(node, s.Assign) or node.value is None:
            return
        for target in node.targets:
            named = last_name(target)
            if isinstance(target, s.Sub) and isinstance(target.index, s.Str):
                named = target.index.value
            if named == _FLASK:
                yield from self.of(scope, node.value)

    # --- what they are ---

    def of(self, scope: Scope, expr: s.Expr, steps_: int = 0) -> Iterator[Target]:
        if steps_ > MOST_STEPS:
            return
        next_step = steps_ + 1
        if isinstance(expr, s.Str):
            yield from self.named(scope, expr.value, expr.at)
        elif isinstance(expr, s.FString):
            first = expr.parts[0] if expr.parts else None
            if isinstance(first, s.Str):
                yield from self.named(scope, first.value, expr.at)
            elif first is not None:
                yield from self.of(scope, first, next_step)
        elif isinstance(expr, s.Op) and expr.op in ("or", "and"):
            for operand in expr.operands:
                yield from self.of(scope, operand, next_step)
        elif isinstance(expr, s.Op) and expr.op in ("+", "%"):
            yield from self.of(scope, expr.operands[0], next_step)
        elif isinstance(expr, s.Cond):
            yield from self.of(scope, expr.body, next_step)
            yield from self.of(scope, expr.orelse, next_step)
        elif isinstance(expr, s.Sub):
            if isinstance(expr.index, s.Str) and expr.index.value == _FLASK:
                yield from self.flask
            elif isinstance(expr.index, s.Str) and last_name(expr.value) == "environ":
                yield from self.vendors.of_variable(expr.index.value)
        elif isinstance(expr, (s.Name, s.Attr)):
            yield from self.reference(scope, expr, next_step)
        elif isinstance(expr, s.Call):
            yield from self.call(scope, expr, next_step)
        elif isinstance(expr, s.Await):
            yield from self.of(scope, expr.value, next_step)

    def named(self, scope: Scope, text: str, at: int) -> Iterator[Target]:
        vendor = vendor_of_url(text if ":" in text else text + ":")
        if vendor is not None and (":" in text or "+" in text or text.lower() in _SCHEMES):
            yield Target(vendor, Origin(scope.unit, at, scope.function))

    def reference(self, scope: Scope, expr: s.Name | s.Attr, steps_: int) -> Iterator[Target]:
        if last_name(expr) == _FLASK and isinstance(expr, s.Attr) and dotted(expr.value) is None:
            yield from self.flask
            return
        if isinstance(expr, s.Name):
            local = find_local(scope, expr.id)
            if local is not None:
                for node in local.nodes:
                    if isinstance(node, s.Assign) and node.value is not None:
                        yield from self.of(local.scope, node.value, steps_)
                return
        symbol = resolve(self.names, scope, expr)
        if isinstance(symbol, ValueSymbol):
            yield from self.global_name(symbol, last_name(expr), steps_)
        elif symbol is None and isinstance(expr, s.Attr):
            yield from self.attribute(scope, expr, steps_)

    def global_name(self, symbol: ValueSymbol, name: str, steps_: int) -> Iterator[Target]:
        """Every value that a module or class gives a name."""
        if symbol.unit.is_library:
            return
        inner = Scope(symbol.unit, (), symbol.owner)
        found = (symbol.owner.names if symbol.owner is not None else symbol.unit.names).get(name, ())
        values = [b.node.value for b in found if isinstance(b.node, s.Assign) and b.node.value is not None]
        for value in values or [symbol.value]:
            yield from self.of(inner, value, steps_)

    def attribute(self, scope: Scope, expr: s.Attr, steps_: int) -> Iterator[Target]:
        """`settings.DATABASE_URL`, where `settings` is an instance of a class of the project's."""
        cls = self.instance_of(scope, expr.value)
        for base in self.names.mro(cls)[0] if cls is not None else ():
            if not isinstance(base, ClassSymbol) or base.unit.is_library:
                continue
            node = base.member(expr.name)
            inner = Scope(base.unit, (), base)
            if isinstance(node, s.Assign):
                if node.value is not None:
                    yield from self.of(inner, node.value, steps_)
                if node.annotation is not None:
                    yield from self.annotated(inner, node)
                return
            if isinstance(node, s.FunctionDef):
                yield from self.returned(Scope(base.unit, (node,), base), steps_)
                return

    def annotated(self, scope: Scope, node: s.Assign) -> Iterator[Target]:
        """`DATABASE_URL: PostgresDsn`."""
        for part, _ in evaluated(node.annotation) if node.annotation is not None else ():
            kinds: dict[str, Vendor] = {"PostgresDsn": POSTGRESQL, "MySQLDsn": MYSQL, "MariaDBDsn": MYSQL}
            vendor = kinds.get(last_name(part))
            if vendor is not None:
                yield Target(vendor, Origin(scope.unit, node.at))

    def instance_of(self, scope: Scope, expr: s.Expr) -> ClassSymbol | None:
        if isinstance(expr, s.Name) and expr.id == "self":
            return scope.owner
        symbol = self.names.follow(resolve(self.names, scope, expr))
        inner, value = scope, expr
        if isinstance(symbol, ValueSymbol):
            inner, value = Scope(symbol.unit), symbol.value
        if not isinstance(value, s.Call):
            return None
        made = self.names.follow(resolve(self.names, inner, value.func))
        if isinstance(made, FunctionSymbol):  # get_settings() -> Settings
            made = self.names.resolve(made.unit, made.node.returns) if made.node.returns is not None else None
        return made if isinstance(made, ClassSymbol) else None

    def returned(self, scope: Scope, steps_: int) -> Iterator[Target]:
        assert scope.function is not None
        key = (scope.unit.path, scope.function.body, scope.function.name)
        if key in self._seen:
            return
        self._seen.add(key)
        for step in steps(scope.statements):
            if isinstance(step.node, s.Return) and step.node.value is not None:
                yield from self.of(scope, step.node.value, steps_)

    def call(self, scope: Scope, call: s.Call, steps_: int) -> Iterator[Target]:
        symbol = self.names.follow(resolve(self.names, scope, call.func))
        if isinstance(symbol, FunctionSymbol) and not symbol.unit.is_library:
            yield from self.returned(Scope(symbol.unit, (symbol.node,), symbol.owner), steps_)
            return
        name = last_name(call.func)
        default = call.keyword("default")
        for keyword in ("drivername", "scheme"):
            given = call.keyword(keyword)
            if given is not None:
                yield from self.of(scope, given, steps_)
        if default is not None:
            if name in _VARIABLE_READERS and _first(call):
                yield from self.vendors.of_variable(_first(call))
            yield from self.of(scope, default, steps_)
        elif name in (
            "getenv",
            "get",
            "config",
            "env",
            "str",
            "URL",
            "create",
            "make_url",
            "Secret",
            "SecretStr",
            "Field",
        ):
            if name == "get" and _first(call) == _FLASK:
                yield from self.flask
            if name in _VARIABLE_READERS and _first(call):
                yield from self.vendors.of_variable(_first(call))
            for arg in call.args[:2]:
                yield from self.of(scope, arg, steps_)
        elif isinstance(call.func, s.Attr) and not isinstance(symbol, (External, ModuleSymbol)):
            yield from self.of(scope, call.func.value, steps_)  # `.replace(…)`, `.render_as_string(…)`


def _first(call: s.Call) -> str:
    return call.args[0].value if call.args and isinstance(call.args[0], s.Str) else ""
