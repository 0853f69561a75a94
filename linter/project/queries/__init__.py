"""Every field name that the project hands to Django's ORM in a call, and whether the ORM would know it.

`__init__` says who is asked; `written` which names stand in a call; `paths` what a name means in its vocabulary;
`overrides` when the project's own classes make the answer uncertain.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from linter.facts import syntax as s
from linter.finding import Edit, Place, Related
from linter.project.expected import is_expected
from linter.project.flow import library
from linter.project.flow.scopes import Scope
from linter.project.flow.walk import calls_in
from linter.project.imports.modules import is_migration
from linter.project.names import last_name
from linter.project.queries import guards, methods
from linter.project.queries.expressions import Written
from linter.project.queries.guesses import refusing
from linter.project.queries.in_models import InModels
from linter.project.queries.kinds import WRITTEN, kind_of, wrong_part
from linter.project.queries.lookups import Lookups
from linter.project.queries.overrides import Overrides
from linter.project.queries.paths import Paths
from linter.project.queries.rowless import is_rowless
from linter.project.queries.saving import saves_as_told
from linter.project.queries.stores import Stored, Stores
from linter.project.queries.suggestions import part_span
from linter.project.queries.verdicts import UNKNOWN, Names, Status, Verdict, Vocabulary
from linter.project.queries.written import Reader
from linter.project.trace import cached_property, memo
from linter.project.types import ClassType, ModelInstance, QuerySet, UnknownType, members
from linter.project.units import ClassSymbol, Unit
from linter.span import Span

if TYPE_CHECKING:
    from linter.project import Project
    from linter.project.models import Model


# Methods that dicts have, too, and that positional arguments give no names to.
_OF_DICTS = frozenset({"get", "update"})
# What is raised where a name cannot be written.
WRITE_ERRORS = frozenset({"AttributeError", "FieldDoesNotExist", "FieldError", "TypeError", "ValueError"})


class Site(msgspec.Struct, frozen=True):
    """One name. `models` are those that it may be asked of (none where that is not known); `verdict` is of the worst;
    `is_exact`: the model is the only one, and nothing else is known there; `is_expected`: the code expects the error."""

    name: str
    method: str
    vocabulary: Vocabulary
    models: tuple[Model, ...]
    verdict: Verdict
    unit: Unit
    at: int
    function: s.FunctionDef | None
    is_exact: bool = False
    is_expected: bool = False

    @property
    def wrong(self) -> str:
        """The part of the name that does not fit."""
        return wrong_part(self.name, self.verdict)

    @property
    def path(self) -> str:
        return self.unit.path

    @property
    def span(self) -> Span:
        return self.unit.span(self.at, self.function)


class OrmCall(msgspec.Struct, frozen=True):
    """A call of the ORM. `asked` are the querysets that it may be made on; none where that is not known."""

    call: s.Call
    method: str
    asked: tuple[QuerySet, ...]
    scope: Scope

    @property
    def span(self) -> Span:
        return self.scope.span(self.call.at)

    @property
    def is_historical(self) -> bool:
        return any(kind.model.is_historical for kind in self.asked)


class Queries:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.flow = project.flow
        self.reader = Reader(project.flow)
        self.overrides = Overrides(project.flow)
        self.in_models = InModels(self)

    @cached_property
    def paths(self) -> Paths:
        registered: set[str] = set()
        is_open = False
        for unit in self.project.units():
            if "register_lookup(" in unit.module.uses:
                is_open = True
                registered.update(self._registered_as(unit))
            if "lookup_name" in unit.module.uses:
                registered.update(_lookup_names(self.project.names.classes(unit)))
        lookups = Lookups(frozenset(registered), is_open, self._uses_postgres)
        return Paths(lookups, lambda: self.flow.given_names)

    def _registered_as(self, unit: Unit) -> Iterator[str]:
        """`Field.register_lookup(EndsWithAny, "endswithany")`."""
        for call, _ in self.flow.calls_named(unit, "register_lookup"):
            name = call.args[1] if len(call.args) > 1 else call.keyword("lookup_name")
            if isinstance(name, s.Str):
                yield name.value

    def _uses_postgres(self) -> bool | None:
        """Whether `django.contrib.postgres` is installed; None where that is not known."""
        found = [m for m in self.project.settings.modules if m.get("INSTALLED_APPS")]
        if any("django.contrib.postgres" in text for m in found for text in m.texts("INSTALLED_APPS")):
            return True
        if not found or not all(m.knows_all("INSTALLED_APPS") for m in found):
            return None
        imported = any(b"django.contrib.postgres" in bytes(unit.facts.module) for unit in self.project.units())
        return None if imported else False

    @memo
    def calls(self, path: str) -> tuple[OrmCall, ...]:
        """The calls in one file that may hand names to the ORM, in no particular order."""
        unit = self.project.unit(path)
        if unit is None or is_migration(path):
            return ()  # migrations speak of models as they once were
        found = (self._call(call, scope) for call, scope in self.flow.unit_calls(unit, methods.may_call))
        return tuple(call for call in found if call is not None and not call.is_historical)

    @memo
    def sites(self, path: str) -> tuple[Site, ...]:
        """The names in one file, in no particular order."""
        found: dict[tuple[int, int, str], Site] = {}
        for call in self.calls(path):
            for written in self._names(call):
                site = self._site(written, call)
                key = (-1 if site.function is None else site.function.body, site.at, site.name)
                before = found.get(key)
                # A condition that is built once and handed to several models is right for one of them, perhaps.
                found[key] = site if before is None or before.models == site.models else replace(site, verdict=UNKNOWN)
        return tuple(found.values())

    def historical_sites(self, points: Iterable[tuple[s.Expr, Scope]]) -> Iterator[Site]:
        """The names in expressions of code that migrations run, where they are asked of models as they once were."""
        for expr, where in points:
            for call, scope in calls_in(expr, where):
                made = self._call(call, scope)
                if made is not None and made.is_historical:
                    yield from (self._site(written, made) for written in self._names(made))

    @cached_property
    def _stores(self) -> Stores:
        return Stores(self.project)

    @memo
    def stores(self, path: str) -> tuple[Stored, ...]:
        """The assignments to relations of rows in one file."""
        unit = self.project.unit(path)
        if unit is None or is_migration(path) or not self._stores.names:
            return ()
        return tuple(self._stores.of(unit))

    @memo
    def _mistakes(self, path: str) -> tuple[tuple[str, Site], ...]:
        sites = (*self.sites(path), *self.in_models.sites.get(path, ()))
        found = [site for site in sites if site.verdict.status is Status.INVALID and not site.is_expected]
        return tuple(
            (kind_of(site), site) for site in found if not self._is_caught(site) and not is_rowless(self.project, site)
        )

    def site_of(self, written: Written, method: str, asked: QuerySet, scope: Scope) -> Site:
        """A name that stands outside of any call of the ORM."""
        return self._site(written, OrmCall(s.Call(s.Unknown()), method, (asked,), scope))

    def _is_caught(self, site: Site) -> bool:
        is_written = site.vocabulary in WRITTEN
        return is_written and is_expected(site.unit, site.at, site.function, WRITE_ERRORS)

    def mistakes(self, path: str, kind: str) -> Iterator[Site]:
        """The wrong names in one file that belong to one check."""
        return (site for of, site in self._mistakes(path) if of == kind)

    # --- for those who report it --------------------------------------------------------------------------------------

    def place(self, site: Site) -> Place:
        """Where the part that does not fit stands, the whole name where that cannot be told."""
        span = part_span(self.project, site)
        return self.project.place(site.path, site.span if span is None else span)

    def edit(self, site: Site, text: str) -> Edit | None:
        """What puts another text into the place of the part that does not fit."""
        span = part_span(self.project, site)
        return Edit(self.project.place(site.path, span), text) if span is not None else None

    def related(self, site: Site) -> Iterator[Related]:
        """Where the model is defined that lacks the name, or the field that lacks the lookup."""
        verdict = site.verdict
        if verdict.model is not None and not verdict.model.symbol.unit.is_library:
            yield Related(self.project.class_place(verdict.model.symbol), f"`{verdict.model.name}` is defined here")
        elif verdict.model is None and verdict.field is not None and not verdict.field.owner.unit.is_library:
            yield Related(verdict.field.place, f"`{verdict.field.name}` is defined here")

    # --- who is asked -------------------------------------------------------------------------------------------------

    def _call(self, call: s.Call, scope: Scope) -> OrmCall | None:
        func = call.func
        if isinstance(func, s.Attr):
            method = func.name[1:] if func.name in methods.AWAITED else func.name
            if method == "save":
                return self._save(call, func.value, scope)
            if method in methods.METHODS:
                return self._method(call, func.value, method, scope)
        name = last_name(func)
        if name in methods.SHORTCUTS:
            return self._shortcut(call, scope)
        if name in methods.PREFETCHERS:
            return self._prefetched(call, scope)
        if name[:1].isupper() or name in methods.CONSTRUCTORS:
            return self._constructor(call, scope)
        return None

    def _says_names(self, call: s.Call, method: str, scope: Scope) -> bool:
        """Whether anything is read in a call: asked before what it is made on, which mostly takes longer to tell."""
        if method in methods.EXPRESSIONS or any(keyword.name for keyword in call.keywords):
            return True
        return any(True for _ in self.reader.names(call, method, scope))

    def _method(self, call: s.Call, receiver: s.Expr, method: str, scope: Scope) -> OrmCall | None:
        if not self._says_names(call, method, scope):
            return None
        kind = self.flow.expression(scope, receiver)
        if isinstance(kind, UnknownType) and (call.keywords or (call.args and method not in _OF_DICTS)):
            kind = self.flow.as_called(scope, receiver)
        asked = [m for m in members(kind) if isinstance(m, QuerySet)]
        if not asked and not (isinstance(kind, UnknownType) and method in methods.TELLING):
            return None
        complete = len(asked) == len(members(kind))
        return OrmCall(call, method, tuple(asked) if complete else (), scope)

    def _shortcut(self, call: s.Call, scope: Scope) -> OrmCall | None:
        if not call.args:
            return None
        rows = library.rows_of(self.flow, self.flow.expression(scope, call.args[0]))
        asked = tuple(m for m in members(rows) if isinstance(m, QuerySet))
        return OrmCall(call, "get_object_or_404", asked, scope)

    def _prefetched(self, call: s.Call, scope: Scope) -> OrmCall | None:
        """`prefetch_related_objects(rows, "name")`."""
        if not call.args:
            return None
        kinds = members(self.flow.iterate(self.flow.expression(scope, call.args[0])))
        rows = [m for m in kinds if isinstance(m, ModelInstance)]
        asked = tuple(QuerySet(m.model, m.extra, m.is_open or m.or_subclass) for m in rows)
        return OrmCall(call, "prefetch_related_objects", asked if len(rows) == len(kinds) else (), scope)

    def _constructor(self, call: s.Call, scope: Scope) -> OrmCall | None:
        if not call.keywords:
            return None
        kinds = members(self.flow.expression(scope, call.func))
        classes = [m for m in kinds if isinstance(m, ClassType) and m.model is not None]
        if not classes or len(classes) != len(kinds):
            return None
        asked = (kind for m in classes if m.model is not None for kind in self._or_below(m.model, m.or_subclass))
        return OrmCall(call, "__init__", tuple(asked), scope)

    def _save(self, call: s.Call, receiver: s.Expr, scope: Scope) -> OrmCall | None:
        if call.keyword("update_fields") is None:
            return None
        kinds = members(self.flow.expression(scope, receiver))
        rows = [m for m in kinds if isinstance(m, ModelInstance)]
        if not rows and isinstance(receiver, s.Name):
            return self._guessed_save(call, receiver.id, scope)
        if not rows or len(rows) != len(kinds):
            return None
        asked = (kind for m in rows for kind in self._or_below(m.model, m.or_subclass))
        return OrmCall(call, "save", tuple(asked), scope)

    def _guessed_save(self, call: s.Call, variable: str, scope: Scope) -> OrmCall | None:
        if not isinstance(self.flow.name(variable, scope), UnknownType):
            return None
        names = frozenset(written.name for written in self.reader.names(call, "save", scope))
        model = self._refusing(variable, names)
        return OrmCall(call, "save", (QuerySet(model),), scope) if model is not None else None

    @memo
    def _refusing(self, variable: str, names: frozenset[str]) -> Model | None:
        return refusing(self.project.models, variable, names)

    def _or_below(self, model: Model, or_subclass: bool) -> Iterator[QuerySet]:
        """A model and, for `self` and `cls`, all those that inherit from it: any of them may be the one."""
        below = self.flow.hierarchy.subclasses(model.symbol) if or_subclass else ()
        models = [model, *(found for cls in below if (found := self.project.models.of(cls)) is not None)]
        concrete = [m for m in models if not m.abstract]
        for found in concrete or models:
            yield QuerySet(found)

    def _names(self, made: OrmCall) -> Iterator[Written]:
        call, scope = made.call, made.scope
        if made.method == "get_object_or_404":
            yield from self.reader.conditions(call.args[1:], scope)
            yield from self.reader.keywords(call, Vocabulary.FILTER, scope)
        elif made.method == "prefetch_related_objects":
            yield from self.reader.prefetches(call.args[1:], scope)
        elif made.method == "__init__":
            yield from self.reader.keywords(call, Vocabulary.WRITE, scope)
        else:
            yield from self.reader.names(call, made.method, scope)

    # --- what is thought of it ----------------------------------------------------------------------------------------

    def _site(self, written: Written, made: OrmCall) -> Site:
        asked = sorted(made.asked, key=lambda kind: kind.model.symbol.dotted)
        verdicts = [self._verdict(written, made.method, kind) for kind in asked]
        models = tuple(dict.fromkeys(kind.model for kind in asked))
        verdict = verdicts[0] if verdicts else UNKNOWN
        if any(v.status is not verdict.status for v in verdicts):
            verdict = UNKNOWN
        return Site(
            written.name,
            made.method,
            written.vocabulary,
            models,
            verdict,
            made.scope.unit,
            written.at,
            made.scope.activation.function,
            len(asked) == 1 and not asked[0].extra and not written.known,
            verdict.status is Status.INVALID and self._is_expected(made.scope),
        )

    def _is_expected(self, scope: Scope) -> bool:
        inside: Scope | None = scope
        while inside is not None:
            if self.expects_error(inside.unit, inside.activation.function):
                return True
            inside = inside.activation.outer
        return False

    @memo
    def expects_error(self, unit: Unit, function: s.FunctionDef | None) -> bool:
        return guards.expects_error(unit, function)

    def _verdict(self, written: Written, method: str, kind: QuerySet) -> Verdict:
        names = Names(kind.extra | written.known, kind.is_open)
        verdict = self.paths.judge(written.vocabulary, kind.model, written.name, names)
        if verdict.status is Status.INVALID and self._is_uncertain(kind, method, written.name, verdict):
            return UNKNOWN
        return verdict

    def _may_be_other(self, model: Model) -> bool:
        """Whether a library's model may have other names: in another version, or from apps that are not known."""
        unit = model.symbol.unit
        return unit.is_library and (not unit.name.startswith("django.") or not self._knows_apps)

    @cached_property
    def _knows_apps(self) -> bool:
        found = [m for m in self.project.settings.modules if m.get("INSTALLED_APPS")]
        return bool(found) and all(m.knows_all("INSTALLED_APPS") for m in found)

    def _is_uncertain(self, kind: QuerySet, method: str, name: str, verdict: Verdict) -> bool:
        if kind.model.abstract or (kind.is_open and verdict.part == 0):
            return True
        if verdict.model is not None and self._may_be_other(verdict.model):
            return True
        if any(known.startswith(f"{name}__") for known in kind.extra):
            return True  # the head of an f-string, perhaps of an annotation's name
        if method == "save":
            return not saves_as_told(kind.model)
        return self.overrides.may_know(kind, method, name)


def _lookup_names(classes: Iterable[ClassSymbol]) -> Iterator[str]:
    for cls in classes:
        node = cls.member("lookup_name")
        if isinstance(node, s.Assign) and isinstance(node.value, s.Str):
            yield node.value.value
