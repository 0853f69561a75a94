"""The Project: one read-only index of everything that was extracted, which answers the checks' questions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from operator import attrgetter
from typing import TYPE_CHECKING

from linter.facts import syntax as s
from linter.facts.files import Facts, PythonFile, TextFile
from linter.facts.template import DEFAULT_DELIMITERS, Delimiters
from linter.finding import Place
from linter.project.imports.modules import Modules
from linter.project.imports.search_path import added_folders
from linter.project.names import Names, last_name
from linter.project.trace import COMPARED, Answer, cached_property, note
from linter.project.units import ClassSymbol, FunctionSymbol, Symbol, Unit
from linter.source import Source
from linter.span import Span

if TYPE_CHECKING:
    from linter.project.contexts import Contexts
    from linter.project.declarations import Declarations
    from linter.project.defaults import Defaults
    from linter.project.flow import Flow
    from linter.project.flow.changes import Changes
    from linter.project.history import History
    from linter.project.imports.backups import Backups
    from linter.project.imports.closed import ClosedModules
    from linter.project.imports.guarded import GuardedImports
    from linter.project.imports.order import ImportOrder
    from linter.project.imports.removed import RemovedNames
    from linter.project.imports.startup import Startup
    from linter.project.imports.unreached import UnreachedModels
    from linter.project.lazy import Lazy
    from linter.project.migrations import Migrations
    from linter.project.migrations.alembic_renames import AlembicRenames
    from linter.project.migrations.registration import Registration
    from linter.project.migrations.vendors import Vendors
    from linter.project.models import Models
    from linter.project.queries import Queries
    from linter.project.queries.at_import import QueriesAtImport
    from linter.project.requirements.files import Requirements
    from linter.project.serving import Serving
    from linter.project.serving.atomic import Atomic
    from linter.project.serving.event_loops import EventLoops
    from linter.project.serving.json_views import JsonViews
    from linter.project.serving.locks import Locks
    from linter.project.serving.lookups import Lookups
    from linter.project.sessions.asynchronous import AsyncSessions
    from linter.project.sessions.connections import Connections
    from linter.project.sessions.drivers import Drivers
    from linter.project.sessions.engines import Engines
    from linter.project.sessions.flush_events import FlushEvents
    from linter.project.settings.dotted_paths import DottedPaths
    from linter.project.settings.mail import Mail
    from linter.project.settings.misplaced import MisplacedOptions
    from linter.project.settings.misspelt import MisspeltSettings
    from linter.project.settings.removed import RemovedSettings
    from linter.project.settings.truthiness import Truthiness
    from linter.project.settings.values import Settings
    from linter.project.signals.copies import ReceiverCopies
    from linter.project.signals.creators import Creators
    from linter.project.signals.forgotten import ForgottenReceivers
    from linter.project.signals.idle_senders import IdleSenders
    from linter.project.signals.post_save import PostSave
    from linter.project.signals.raw_saves import RawSaves
    from linter.project.signals.receivers import Receivers
    from linter.project.signals.second_creators import SecondCreators
    from linter.project.signals.self_saves import SelfSaves
    from linter.project.signals.signatures import ReceiverSignatures
    from linter.project.signals.uncommitted import Uncommitted
    from linter.project.signals.unimported import UnimportedReceivers
    from linter.project.sqlalchemy.index import SqlAlchemy
    from linter.project.sqlalchemy.keys import Keys
    from linter.project.sqlalchemy.misled import MisledKeys
    from linter.project.sqlalchemy.server_defaults import ServerDefaults
    from linter.project.templates import Templates
    from linter.project.urls import Urls
    from linter.project.urls.endpoints import Endpoints

_GIVES_MODEL = frozenset({"get_model", "get_user_model", "load_model"})


class Project:
    """`files`: the facts of every file by its path; `read(path)` gives a file's text when a place in it must be said;
    `library(module name)` finds the facts of a module outside the project (its path, its facts), None where there is none;
    `may_hide(folder, name)` says whether a folder may hold a module of that name which was not read."""

    def __init__(
        self,
        files: Mapping[str, Facts],
        read: Callable[[str], Source],
        library: Callable[[str], tuple[str, PythonFile] | None] = lambda name: None,
        databases: tuple[str, ...] = (),
        delimiters: Delimiters = DEFAULT_DELIMITERS,
        template_folders: tuple[str, ...] = (),
        may_hide: Callable[[str, str], bool] = lambda folder, name: False,
    ) -> None:
        self.files = files
        self.paths = tuple(sorted(files))
        self.bits = {path: 1 << place for place, path in enumerate(self.paths)}  # in sets of files (`trace`)
        self.configured_databases = databases
        self.configured_delimiters = delimiters
        self.configured_template_folders = template_folders
        self.may_hide = may_hide
        self.answers: dict[tuple[str, str], Answer] = {}  # of `compared` methods, by the question and the file
        self._read = read
        self._find_library = library
        self._sources: dict[str, Source] = {}
        self._units: dict[str, Unit | None] = {}
        self._libraries: dict[str, Unit | None] = {}
        self._functions: dict[Unit, tuple[FunctionSymbol, ...]] = {}

    # --- what earlier answers are compared with ---

    def answer(self, question: str, path: str) -> bytes | None:
        """What a `compared` method says of a file, None where that cannot be compared."""
        unit = self.unit(path)
        if unit is None:
            return None
        attrgetter(question)(self)(unit)
        found = self.answers.get((question, path))
        return found.value if found is not None else None

    def answer_bit(self, question: str, path: str) -> int:
        unit = self.unit(path)
        return unit.answer_bit(COMPARED.index(question)) if unit is not None else 0

    # --- files and places ---

    def source(self, path: str) -> Source:
        note(self.bits.get(path, 0))
        source = self._sources.get(path)
        if source is None:
            source = self._sources[path] = self._read(path)
        return source

    def place(self, path: str, span: Span) -> Place:
        return Place(path, self.source(path).lines.range(span))

    def first_line(self, path: str) -> Place:
        """Where that is said which holds for a file as a whole."""
        return self.place(path, Span(0, len(re.split(rb"[\r\n]", self.source(path).data, maxsplit=1)[0])))

    def text(self, path: str) -> str | None:
        """The text of a small text file (requirements, ini, toml) of the project."""
        facts = self.files.get(path)
        return facts.text if isinstance(facts, TextFile) else None

    @cached_property
    def requirements(self) -> Requirements:
        from linter.project.requirements.files import Requirements

        return Requirements(self)

    # --- Python ---

    @cached_property
    def modules(self) -> Modules:
        return Modules(self.files, added_folders(self.files))

    @cached_property
    def names(self) -> Names:
        names = Names(self.modules, self.unit, self.library)
        names.made = self._made
        return names

    def _made(self, unit: Unit, call: s.Call) -> ClassSymbol | None:
        """The model that a call gives; a project without Django must not pay for its index."""
        name = last_name(call.func)
        if name in _GIVES_MODEL or name.startswith("import_"):
            return self.models.class_made(unit, call)
        return self._class_returned(self.names.follow(self.names.resolve(unit, call.func)))

    def _class_returned(self, symbol: Symbol | None) -> ClassSymbol | None:
        """The class that a function defines and returns, as `class Shop(Counted("shop"), models.Model)` has it; one with
        bases is made of what the function is given, too."""
        if not isinstance(symbol, FunctionSymbol) or symbol.owner is not None or symbol.node.decorators:
            return None
        statements = symbol.unit.body(symbol.node).statements
        last = statements[-1] if statements else None
        if not isinstance(last, s.Return) or not isinstance(last.value, s.Name):
            return None
        made = [node for node in statements if isinstance(node, s.ClassDef) and node.name == last.value.id]
        if len(made) != 1 or made[0].keywords or made[0].decorators:
            return None
        if any(not isinstance(base, s.Name) or base.id != "object" for base in made[0].bases):
            return None
        return self.names.class_symbol(symbol.unit, made[0], f"{symbol.node.name}.{made[0].name}", symbol.node)

    def unit(self, path: str) -> Unit | None:
        """The linked Python file at a path."""
        if path not in self._units:
            facts = self.files.get(path)
            if isinstance(facts, PythonFile):
                bit = self.bits[path]
                width, answers = len(self.paths), self.answers
                self._units[path] = Unit(path, self.modules.name(path), facts, False, bit, width, answers)
            else:
                self._units[path] = None
        return self._units[path]

    def library(self, name: str) -> Unit | None:
        """A module that is not the project's own, read as source from its environment or from the catalogue."""
        if name not in self._libraries:
            found = self._find_library(name)
            self._libraries[name] = Unit(found[0], name, found[1], is_library=True) if found else None
        return self._libraries[name]

    def units(self) -> Iterator[Unit]:
        """Every Python file of the project, by path."""
        for path in self.python_paths:
            unit = self.unit(path)
            if unit is not None:
                yield unit

    @cached_property
    def python_paths(self) -> tuple[str, ...]:
        return tuple(sorted(p for p, f in self.files.items() if isinstance(f, PythonFile)))

    def functions(self, unit: Unit) -> tuple[FunctionSymbol, ...]:
        """Every function and method of a module that stands at module or class level."""
        found = self._functions.get(unit)
        if found is None:
            own = [FunctionSymbol(unit, node) for node, _ in unit.statements if isinstance(node, s.FunctionDef)]
            methods = [FunctionSymbol(unit, node, cls) for cls in self.names.classes(unit) for node in cls.methods]
            found = self._functions[unit] = (*own, *methods)
        return found

    @cached_property
    def flow(self) -> Flow:
        from linter.project.flow import Flow

        return Flow(self)

    @cached_property
    def changes(self) -> Changes:
        from linter.project.flow.changes import Changes

        return Changes(self)

    @cached_property
    def contexts(self) -> Contexts:
        from linter.project.contexts import Contexts

        return Contexts(self)

    @cached_property
    def queries(self) -> Queries:
        from linter.project.queries import Queries

        return Queries(self)

    @cached_property
    def guarded_imports(self) -> GuardedImports:
        from linter.project.imports.guarded import GuardedImports

        return GuardedImports(self)

    @cached_property
    def import_order(self) -> ImportOrder:
        from linter.project.imports.order import ImportOrder

        return ImportOrder(self)

    @cached_property
    def closed_modules(self) -> ClosedModules:
        from linter.project.imports.closed import ClosedModules

        return ClosedModules(self)

    @cached_property
    def removed_names(self) -> RemovedNames:
        from linter.project.imports.removed import RemovedNames

        return RemovedNames(self)

    @cached_property
    def backups(self) -> Backups:
        from linter.project.imports.backups import Backups

        return Backups(self)

    @cached_property
    def defaults(self) -> Defaults:
        from linter.project.defaults import Defaults

        return Defaults(self)

    @cached_property
    def lazy(self) -> Lazy:
        from linter.project.lazy import Lazy

        return Lazy(self)

    @cached_property
    def atomic(self) -> Atomic:
        from linter.project.serving.atomic import Atomic

        return Atomic(self)

    @cached_property
    def event_loops(self) -> EventLoops:
        from linter.project.serving.event_loops import EventLoops

        return EventLoops(self)

    @cached_property
    def locks(self) -> Locks:
        from linter.project.serving.locks import Locks

        return Locks(self)

    @cached_property
    def lookups(self) -> Lookups:
        from linter.project.serving.lookups import Lookups

        return Lookups(self)

    @cached_property
    def queries_at_import(self) -> QueriesAtImport:
        from linter.project.queries.at_import import QueriesAtImport

        return QueriesAtImport(self)

    @cached_property
    def serving(self) -> Serving:
        from linter.project.serving import Serving

        return Serving(self)

    # --- Django ---

    @cached_property
    def json_views(self) -> JsonViews:
        from linter.project.serving.json_views import JsonViews

        return JsonViews(self)

    @cached_property
    def declarations(self) -> Declarations:
        from linter.project.declarations import Declarations

        return Declarations(self)

    @cached_property
    def models(self) -> Models:
        from linter.project.models import Models

        return Models(self)

    @cached_property
    def receivers(self) -> Receivers:
        from linter.project.signals.receivers import Receivers

        return Receivers(self)

    @cached_property
    def creators(self) -> Creators:
        from linter.project.signals.creators import Creators

        return Creators(self)

    @cached_property
    def post_save(self) -> PostSave:
        from linter.project.signals.post_save import PostSave

        return PostSave(self)

    @cached_property
    def second_creators(self) -> SecondCreators:
        from linter.project.signals.second_creators import SecondCreators

        return SecondCreators(self)

    @cached_property
    def receiver_copies(self) -> ReceiverCopies:
        from linter.project.signals.copies import ReceiverCopies

        return ReceiverCopies(self)

    @cached_property
    def receiver_signatures(self) -> ReceiverSignatures:
        from linter.project.signals.signatures import ReceiverSignatures

        return ReceiverSignatures(self)

    @cached_property
    def raw_saves(self) -> RawSaves:
        from linter.project.signals.raw_saves import RawSaves

        return RawSaves(self)

    @cached_property
    def self_saves(self) -> SelfSaves:
        from linter.project.signals.self_saves import SelfSaves

        return SelfSaves(self)

    @cached_property
    def forgotten_receivers(self) -> ForgottenReceivers:
        from linter.project.signals.forgotten import ForgottenReceivers

        return ForgottenReceivers(self)

    @cached_property
    def unimported_receivers(self) -> UnimportedReceivers:
        from linter.project.signals.unimported import UnimportedReceivers

        return UnimportedReceivers(self)

    @cached_property
    def uncommitted(self) -> Uncommitted:
        from linter.project.signals.uncommitted import Uncommitted

        return Uncommitted(self)

    @cached_property
    def idle_senders(self) -> IdleSenders:
        from linter.project.signals.idle_senders import IdleSenders

        return IdleSenders(self)

    @cached_property
    def startup(self) -> Startup:
        from linter.project.imports.startup import Startup

        return Startup(self)

    @cached_property
    def unreached_models(self) -> UnreachedModels:
        from linter.project.imports.unreached import UnreachedModels

        return UnreachedModels(self)

    @cached_property
    def migrations(self) -> Migrations:
        from linter.project.migrations import Migrations

        return Migrations(self)

    @cached_property
    def history(self) -> History:
        from linter.project.history import History

        return History(self)

    @cached_property
    def vendors(self) -> Vendors:
        from linter.project.migrations.vendors import Vendors

        return Vendors(self)

    @cached_property
    def settings(self) -> Settings:
        from linter.project.settings.values import Settings

        return Settings(self)

    @cached_property
    def dotted_paths(self) -> DottedPaths:
        from linter.project.settings.dotted_paths import DottedPaths

        return DottedPaths(self)

    @cached_property
    def mail(self) -> Mail:
        from linter.project.settings.mail import Mail

        return Mail(self)

    @cached_property
    def misplaced_options(self) -> MisplacedOptions:
        from linter.project.settings.misplaced import MisplacedOptions

        return MisplacedOptions(self)

    @cached_property
    def misspelt_settings(self) -> MisspeltSettings:
        from linter.project.settings.misspelt import MisspeltSettings

        return MisspeltSettings(self)

    @cached_property
    def removed_settings(self) -> RemovedSettings:
        from linter.project.settings.removed import RemovedSettings

        return RemovedSettings(self)

    @cached_property
    def truthiness(self) -> Truthiness:
        from linter.project.settings.truthiness import Truthiness

        return Truthiness(self)

    # --- SQLAlchemy ---

    @cached_property
    def uses_sqlalchemy(self) -> bool:
        """Whether any module speaks of SQLAlchemy, or of what is built on it. Asked first: a Django project pays no more."""
        words = (b"sqlalchemy", b"sqlmodel", b"flask_appbuilder")
        return any(
            word in facts.module for facts in self.files.values() if isinstance(facts, PythonFile) for word in words
        )

    @cached_property
    def drivers(self) -> Drivers:
        from linter.project.sessions.drivers import Drivers

        return Drivers(self)

    @cached_property
    def engines(self) -> Engines:
        from linter.project.sessions.engines import Engines

        return Engines(self)

    @cached_property
    def tables(self) -> SqlAlchemy:
        from linter.project.sqlalchemy.index import SqlAlchemy

        return SqlAlchemy(self)

    @cached_property
    def async_sessions(self) -> AsyncSessions:
        from linter.project.sessions.asynchronous import AsyncSessions

        return AsyncSessions(self)

    @cached_property
    def server_defaults(self) -> ServerDefaults:
        from linter.project.sqlalchemy.server_defaults import ServerDefaults

        return ServerDefaults(self)

    @cached_property
    def connections(self) -> Connections:
        from linter.project.sessions.connections import Connections

        return Connections(self)

    @cached_property
    def flush_events(self) -> FlushEvents:
        from linter.project.sessions.flush_events import FlushEvents

        return FlushEvents(self)

    @cached_property
    def keys(self) -> Keys:
        from linter.project.sqlalchemy.keys import Keys

        return Keys(self)

    @cached_property
    def misled_keys(self) -> MisledKeys:
        from linter.project.sqlalchemy.misled import MisledKeys

        return MisledKeys(self)

    @cached_property
    def registration(self) -> Registration:
        from linter.project.migrations.registration import Registration

        return Registration(self)

    @cached_property
    def alembic_renames(self) -> AlembicRenames:
        from linter.project.migrations.alembic_renames import AlembicRenames

        return AlembicRenames(self)

    # --- templates ---

    @cached_property
    def templates(self) -> Templates:
        from linter.project.templates import Templates

        return Templates(self)

    @cached_property
    def urls(self) -> Urls:
        from linter.project.urls import Urls

        return Urls(self)

    @cached_property
    def endpoints(self) -> Endpoints:
        from linter.project.urls.endpoints import Endpoints

        return Endpoints(self)

    def class_place(self, symbol: ClassSymbol) -> Place:
        return self.place(symbol.unit.path, symbol.span)
