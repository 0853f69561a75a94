"""Every field name that the project hands to Django's ORM in a call, and whether the ORM would know it.

`__init__` says who is asked; `written` which names stand in a call; `paths` what a name means in its vocabulary;
`overrides` when the project's own classes make the answer uncertain.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from linter.facts import syntax as s
from linter.project.flow import library
from linter.project.flow.scopes import Scope
from linter.project.queries import methods
from linter.project.queries.overrides import Overrides
from linter.project.queries.paths import Paths
from linter.project.queries.verdicts import UNKNOWN, Names, Status, Verdict, Vocabulary
from linter.project.queries.written import Reader, Written, strings
from linter.project.trace import cached_property, memo
from linter.project.types import ClassType, ModelInstance, QuerySet, Type, UnknownType, members
from linter.project.units import ClassSymbol, Unit
from linter.span import Span

if TYPE_CHECKING:
    from linter.project import Project
    from linter.project.models import Model


class Site(NamedTuple):
    """One name. `models` are those that it may be asked of (none where that is not known); `verdict` is of the worst."""

    name: str
    method: str
    vocabulary: Vocabulary
    models: tuple[Model, ...]
    verdict: Verdict
    unit: Unit
    at: int
    function: s.FunctionDef | None

    @property
    def path(self) -> str:
        return self.unit.path

    @property
    def span(self) -> Span:
        return self.unit.span(self.at, self.function)


class Queries:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.flow = project.flow
        self.reader = Reader(project.flow)
        self.overrides = Overrides(project.flow)

    @cached_property
    def paths(self) -> Paths:
        registered: set[str] = set()
        is_open = False
        for unit in self.project.units():
            if "register_lookup(" in unit.module.uses:
                is_open = True
            if "lookup_name" in unit.module.uses:
                registered.update(_lookup_names(self.project.names.classes(unit)))
        return Paths(frozenset(registered), is_open, lambda: self.flow.given_names)

    @memo
    def sites(self, path: str) -> tuple[Site, ...]:
        """The names in one file, in no particular order."""
        unit = self.project.unit(path)
        if unit is None or _is_migration(unit):
            return ()  # migrations speak of models as they once were
        return tuple(site for call, scope in self.flow.unit_calls(unit) for site in self._call(call, scope))

    # --- who is asked -------------------------------------------------------------------------------------------------

    def _call(self, call: s.Call, scope: Scope) -> Iterator[Site]:
        func = call.func
        if isinstance(func, s.Attr):
            method = func.name[1:] if func.name in methods.AWAITED else func.name
            if method in methods.METHODS:
                yield from self._method(call, func.value, method, scope)
                return
        name = func.name if isinstance(func, s.Attr) else func.id if isinstance(func, s.Name) else ""
        if name in methods.SHORTCUTS:
            yield from self._shortcut(call, scope)
        elif name[:1].isupper() or name in ("cls", "model", "klass", "__class__"):
            yield from self._constructor(call, scope)

    def _method(self, call: s.Call, receiver: s.Expr, method: str, scope: Scope) -> Iterator[Site]:
        kind = self.flow.expression(scope, receiver)
        if method == "save":
            yield from self._save(call, kind, scope)
            return
        asked = [m for m in members(kind) if isinstance(m, QuerySet)]
        if isinstance(kind, UnknownType):
            if method not in methods.TELLING:
                return
        elif not asked:
            return
        complete = len(asked) == len(members(kind))
        for written in self.reader.names(call, method, scope):
            yield self._site(written, method, asked if complete else [], scope)

    def _shortcut(self, call: s.Call, scope: Scope) -> Iterator[Site]:
        if not call.args:
            return
        rows = library.rows_of(self.flow, self.flow.expression(scope, call.args[0]))
        asked = [m for m in members(rows) if isinstance(m, QuerySet)]
        yield from self._sites(self.reader.conditions(call.args[1:], scope), "get_object_or_404", asked, scope)
        yield from self._sites(self.reader.keywords(call, Vocabulary.FILTER, scope), "get_object_or_404", asked, scope)

    def _constructor(self, call: s.Call, scope: Scope) -> Iterator[Site]:
        kinds = members(self.flow.expression(scope, call.func))
        classes = [m for m in kinds if isinstance(m, ClassType) and m.model is not None]
        if not classes or len(classes) != len(kinds):
            return
        asked = [QuerySet(m.model, is_open=m.or_subclass) for m in classes if m.model is not None]
        yield from self._sites(self.reader.keywords(call, Vocabulary.WRITE, scope), "__init__", asked, scope)

    def _save(self, call: s.Call, kind: Type, scope: Scope) -> Iterator[Site]:
        fields = call.keyword("update_fields")
        asked = [QuerySet(m.model, is_open=m.or_subclass) for m in members(kind) if isinstance(m, ModelInstance)]
        if fields is None or not asked or len(asked) != len(members(kind)):
            return
        yield from self._sites(strings(fields, Vocabulary.UPDATE), "save", asked, scope)

    # --- what is thought of it ----------------------------------------------------------------------------------------

    def _sites(self, names: Iterable[Written], method: str, asked: list[QuerySet], scope: Scope) -> Iterator[Site]:
        for written in names:
            yield self._site(written, method, asked, scope)

    def _site(self, written: Written, method: str, asked: list[QuerySet], scope: Scope) -> Site:
        verdicts = [self._verdict(written, method, kind) for kind in asked]
        models = tuple(dict.fromkeys(kind.model for kind in asked))
        verdict = verdicts[0] if verdicts else UNKNOWN
        if any(v.status is not verdict.status for v in verdicts):
            verdict = UNKNOWN
        function = scope.activation.function
        return Site(written.name, method, written.vocabulary, models, verdict, scope.unit, written.at, function)

    def _verdict(self, written: Written, method: str, kind: QuerySet) -> Verdict:
        names = Names(kind.extra | written.known, kind.is_open)
        verdict = self.paths.judge(written.vocabulary, kind.model, written.name, names)
        if verdict.status is Status.INVALID and self._is_uncertain(kind, method, written.name, verdict):
            return UNKNOWN
        return verdict

    def _is_uncertain(self, kind: QuerySet, method: str, name: str, verdict: Verdict) -> bool:
        if kind.model.abstract or (kind.is_open and verdict.part == 0):
            return True
        return self.overrides.may_know(kind, method, name)


def _lookup_names(classes: Iterable[ClassSymbol]) -> Iterator[str]:
    for cls in classes:
        node = cls.member("lookup_name")
        if isinstance(node, s.Assign) and isinstance(node.value, s.Str):
            yield node.value.value


def _is_migration(unit: Unit) -> bool:
    return "/migrations/" in unit.path or unit.path.startswith("migrations/")
