"""Every field name that the project hands to Django's ORM, and whether the ORM would know it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from linter.facts import syntax as s
from linter.project.flow import library
from linter.project.flow.keywords import own_keywords
from linter.project.flow.managers import is_plain
from linter.project.flow.names import is_django
from linter.project.flow.scopes import Scope
from linter.project.lookups import UNKNOWN as NOT_SAID
from linter.project.lookups import Names, Paths, Status, Verdict
from linter.project.trace import cached_property, memo
from linter.project.types import (
    ClassType,
    Function,
    LibraryThing,
    ModelInstance,
    QuerySet,
    Type,
    UnknownType,
    members,
)
from linter.project.units import ClassSymbol, FunctionSymbol, Unit
from linter.span import Span

if TYPE_CHECKING:
    from linter.project import Project
    from linter.project.models import Model

FILTERS = frozenset({"filter", "exclude", "get", "complex_filter"})
CREATES_OR_GETS = frozenset({"get_or_create", "update_or_create"})
ORDERS = frozenset({"order_by", "latest", "earliest", "distinct", "dates", "datetimes"})
VALUES = frozenset({"values", "values_list"})
EXPRESSIONS = frozenset({"annotate", "alias", "aggregate"})
ONLY = frozenset({"only", "defer"})
METHODS = FILTERS | CREATES_OR_GETS | ORDERS | VALUES | EXPRESSIONS | ONLY | {
    "create", "update", "select_related", "prefetch_related", "bulk_update", "bulk_create", "in_bulk", "save",
}  # fmt: skip
# Methods that are called so nowhere but on querysets: what one is called on is worth a record even if it is not known.
TELLING = CREATES_OR_GETS | ONLY | {
    "exclude", "order_by", "values_list", "annotate", "select_related", "prefetch_related", "aggregate", "bulk_update",
}  # fmt: skip
SHORTCUTS = frozenset({"get_object_or_404", "aget_object_or_404", "get_list_or_404", "aget_list_or_404"})

# Django's expressions: which of their positional strings are names of fields ("all", or how many of the first).
ALL, FIRST = 99, 1
SOURCES = {
    **dict.fromkeys(("F", "Count", "Sum", "Avg", "Max", "Min", "StdDev", "Variance"), FIRST),
    **dict.fromkeys(("Coalesce", "Greatest", "Least", "Concat", "NullIf"), ALL),
    **dict.fromkeys(("Lower", "Upper", "Length", "Trim", "Cast", "Abs", "Ceil", "Floor", "Round"), FIRST),
    **dict.fromkeys(("ExtractYear", "ExtractMonth", "ExtractDay", "ExtractWeek", "ExtractHour", "Extract"), FIRST),
    **dict.fromkeys(("TruncDate", "TruncDay", "TruncMonth", "TruncYear", "TruncWeek", "TruncHour", "Trunc"), FIRST),
    **dict.fromkeys(("ArrayAgg", "StringAgg", "JSONBAgg", "BoolAnd", "BoolOr"), FIRST),
}
AWAITED = frozenset({
    "aget", "acreate", "aupdate", "aget_or_create", "aupdate_or_create", "alatest", "aearliest", "asave",
})  # fmt: skip


class Site(NamedTuple):
    """One name. `models` are those that it may be asked of (none where that is not known); `verdict` is of the worst."""

    name: str
    method: str
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


Judge = Callable[["Model", str, Names], Verdict]


class Written(NamedTuple):
    """A name as it stands in a call, and how it is to be read."""

    name: str
    at: int
    judge: Judge


class Queries:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.flow = project.flow

    @cached_property
    def paths(self) -> Paths:
        registered: set[str] = set()
        is_open = False
        for unit in self.project.units():
            if "register_lookup(" in unit.module.uses:
                is_open = True
            if "lookup_name" in unit.module.uses:
                registered.update(_lookup_names(self.project.names.classes(unit)))
        return Paths(frozenset(registered), is_open)

    @memo
    def sites(self, path: str) -> tuple[Site, ...]:
        """The names in one file, in no particular order."""
        unit = self.project.unit(path)
        if unit is None or _is_migration(unit):
            return ()  # migrations speak of models as they once were
        return tuple(site for call, scope in self.flow.unit_calls(unit) for site in self._call(call, scope))

    # --- one call -----------------------------------------------------------------------------------------------------

    def _call(self, call: s.Call, scope: Scope) -> Iterator[Site]:
        func = call.func
        if isinstance(func, s.Attr):
            method = func.name[1:] if func.name in AWAITED else func.name
            if method in METHODS:
                yield from self._method(call, func.value, method, scope)
                return
        name = func.name if isinstance(func, s.Attr) else func.id if isinstance(func, s.Name) else ""
        if name in SHORTCUTS:
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
            if method not in TELLING:
                return
        elif not asked:
            return
        complete = len(asked) == len(members(kind))
        for written in self._written(call, method, scope):
            yield self._site(written, method, asked if complete else [], scope)

    def _shortcut(self, call: s.Call, scope: Scope) -> Iterator[Site]:
        if not call.args:
            return
        rows = library.rows_of(self.flow, self.flow.expression(scope, call.args[0]))
        asked = [m for m in members(rows) if isinstance(m, QuerySet)]
        written = [*self._conditions(call.args[1:], scope), *self._keywords(call, self.paths.filter, scope)]
        for one in written:
            yield self._site(one, "get_object_or_404", asked, scope)

    def _constructor(self, call: s.Call, scope: Scope) -> Iterator[Site]:
        kinds = members(self.flow.expression(scope, call.func))
        classes = [m for m in kinds if isinstance(m, ClassType) and m.model is not None]
        if not classes or len(classes) != len(kinds):
            return
        asked = [QuerySet(m.model, is_open=m.or_subclass) for m in classes if m.model is not None]
        for written in self._keywords(call, _write(self.paths), scope):
            yield self._site(written, "__init__", asked, scope)

    def _save(self, call: s.Call, kind: Type, scope: Scope) -> Iterator[Site]:
        fields = call.keyword("update_fields")
        asked = [QuerySet(m.model, is_open=m.or_subclass) for m in members(kind) if isinstance(m, ModelInstance)]
        if fields is None or not asked or len(asked) != len(members(kind)):
            return
        for written in _strings(fields, _update(self.paths)):
            yield self._site(written, "save", asked, scope)

    def _site(self, written: Written, method: str, asked: list[QuerySet], scope: Scope) -> Site:
        verdicts = [self._verdict(written, method, kind) for kind in asked]
        models = tuple(dict.fromkeys(kind.model for kind in asked))
        verdict = verdicts[0] if verdicts else NOT_SAID
        if any(v.status is not verdict.status for v in verdicts):
            verdict = NOT_SAID
        return Site(written.name, method, models, verdict, scope.unit, written.at, scope.activation.function)

    def _verdict(self, written: Written, method: str, kind: QuerySet) -> Verdict:
        names = Names(kind.extra, kind.is_open)
        verdict = written.judge(kind.model, written.name, names)
        if verdict.status is Status.INVALID and self._is_uncertain(kind, method, written.name, verdict):
            return NOT_SAID
        return verdict

    def _is_uncertain(self, kind: QuerySet, method: str, name: str, verdict: Verdict) -> bool:
        """Whether the project's own classes may make more of a call than Django does."""
        if kind.model.abstract or (kind.is_open and verdict.part == 0):
            return True
        if method in ("create", "__init__") and self._is_taken(kind.model.symbol, "__init__", name):
            return True
        methods = (method, "_filter_or_exclude", "_filter_or_exclude_inplace")
        return any(self._is_taken(cls, m, name) for cls in kind.classes for m in methods)

    def _is_taken(self, cls: ClassSymbol, method: str, name: str) -> bool:
        """Whether a method may take a keyword itself that Django's own method does not know."""
        for base in self.flow.names.mro(cls)[0]:
            if not isinstance(base, ClassSymbol) or is_plain(base):
                continue
            if "__getattr__" in base.names or "__getattribute__" in base.names:
                return True
            node = base.member(method)
            if node is None:
                continue
            if not isinstance(node, s.FunctionDef):
                return True
            own = self._own_keywords(FunctionSymbol(base.unit, node, base))
            if own is None or name in own:
                return True
        return False

    @memo
    def _own_keywords(self, function: FunctionSymbol) -> frozenset[str] | None:
        return own_keywords(self.flow, function)

    # --- the names in it ----------------------------------------------------------------------------------------------

    def _written(self, call: s.Call, method: str, scope: Scope) -> Iterator[Written]:
        paths = self.paths
        if method in FILTERS:
            yield from self._keywords(call, paths.filter, scope)
            yield from self._conditions(call.args, scope)
        elif method in CREATES_OR_GETS:
            yield from self._get_or_create(call, scope)
        elif method in ORDERS:
            args = call.args[:1] if method in ("dates", "datetimes") else call.args
            yield from self._strings_and_expressions(args, paths.order, scope)
        elif method in VALUES:
            yield from self._strings_and_expressions(call.args, paths.value, scope)
            yield from self._annotations(call, scope)
        elif method in EXPRESSIONS:
            yield from self._strings_and_expressions(call.args, None, scope)
            yield from self._annotations(call, scope)
        elif method in ONLY:
            yield from self._strings_and_expressions(call.args, lambda m, n, _: paths.only(m, n), scope)
        elif method == "select_related":
            yield from self._strings_and_expressions(call.args, paths.select, scope)
        elif method == "prefetch_related":
            yield from self._prefetches(call, scope)
        elif method == "create":
            yield from self._keywords(call, _write(paths), scope)
        elif method == "update":
            yield from self._keywords(call, _update(paths), scope)
        else:
            yield from self._bulk(call, method)

    def _keywords(self, call: s.Call, judge: Judge, scope: Scope) -> Iterator[Written]:
        for keyword in call.keywords:
            if keyword.name:
                yield Written(keyword.name, keyword.at, judge)
            elif not keyword.name and isinstance(keyword.value, s.Dict):  # **{"name": …}
                yield from _keys(keyword.value, judge)
            yield from self._expression(keyword.value, scope)

    def _get_or_create(self, call: s.Call, scope: Scope) -> Iterator[Written]:
        for keyword in call.keywords:
            if keyword.name in ("defaults", "create_defaults"):
                if isinstance(keyword.value, s.Dict):
                    yield from _keys(keyword.value, _write(self.paths))
                elif isinstance(keyword.value, s.Call):  # defaults=dict(name=…)
                    yield from self._keywords(keyword.value, _write(self.paths), scope)
            elif keyword.name:
                yield Written(keyword.name, keyword.at, self.paths.filter)
            elif isinstance(keyword.value, s.Dict):
                yield from _keys(keyword.value, self.paths.filter)

    def _annotations(self, call: s.Call, scope: Scope) -> Iterator[Written]:
        """The expressions that keywords give names to; a later one may use an earlier one's name."""
        earlier = frozenset(k.name for k in call.keywords if k.name)
        for keyword in call.keywords:
            for written in self._expression(keyword.value, scope):
                yield Written(written.name, written.at, _knowing(written.judge, earlier))

    def _strings_and_expressions(
        self, args: tuple[s.Expr, ...], judge: Judge | None, scope: Scope
    ) -> Iterator[Written]:
        for argument in args:
            if isinstance(argument, s.Str) and judge is not None:
                yield Written(argument.value, argument.at, judge)
            elif isinstance(argument, s.Starred):
                if judge is not None:
                    yield from _strings(argument.value, judge)
            else:
                yield from self._expression(argument, scope)

    def _prefetches(self, call: s.Call, scope: Scope) -> Iterator[Written]:
        for argument in call.args:
            if isinstance(argument, s.Call) and self._django_name(argument, scope) == "Prefetch":
                argument = argument.args[0] if argument.args else argument.keyword("lookup") or s.Unknown()
            if isinstance(argument, s.Starred):
                yield from _strings(argument.value, self._prefetch)
            else:
                yield from _strings(argument, self._prefetch)

    def _prefetch(self, model: Model, name: str, names: Names) -> Verdict:
        return self.paths.prefetch(model, name, names, self.flow.given_names)

    def _bulk(self, call: s.Call, method: str) -> Iterator[Written]:
        judge = _update(self.paths)
        if method == "in_bulk":
            field = call.keyword("field_name")
            if field is not None:
                yield from _strings(field, judge)
            return
        given = (
            [call.keyword("fields") if len(call.args) < 2 else call.args[1]]
            if method == "bulk_update"
            else [
                call.keyword("update_fields"),
                call.keyword("unique_fields"),
            ]
        )
        for fields in given:
            if fields is not None:
                yield from _strings(fields, judge)

    def _conditions(self, args: tuple[s.Expr, ...], scope: Scope) -> Iterator[Written]:
        for argument in args:
            yield from self._expression(argument, scope)

    def _expression(self, expr: s.Expr, scope: Scope) -> Iterator[Written]:
        """The names inside `Q(…) | ~Q(…)`, `F("…") + 1`, `Count("…", filter=Q(…))`, `Case(When(…, then=F("…")))`."""
        stack = [expr]
        while stack:
            node = stack.pop()
            if isinstance(node, s.Op):
                stack.extend(node.operands)
            elif isinstance(node, s.Seq):
                stack.extend(item for item in node.items if isinstance(item, s.Call))
            elif isinstance(node, s.Cond):
                stack.extend((node.body, node.orelse))
            elif isinstance(node, s.Call):
                name = self._django_name(node, scope)
                if name in ("Q", "When"):
                    yield from self._condition(node)
                    stack.extend(k.value for k in node.keywords)
                    stack.extend(node.args)
                elif name and name not in ("OuterRef", "Subquery", "Exists", "Value", "Prefetch", "RawSQL"):
                    count = SOURCES.get(name, 0)
                    for argument in node.args[:count]:
                        if isinstance(argument, s.Str):
                            yield Written(argument.value, argument.at, self.paths.value)
                    stack.extend(a for a in node.args if not isinstance(a, s.Str))
                    stack.extend(k.value for k in node.keywords)

    def _condition(self, call: s.Call) -> Iterator[Written]:
        for keyword in call.keywords:
            if keyword.name and keyword.name not in ("then", "_connector", "_negated"):
                yield Written(keyword.name, keyword.at, self.paths.filter)
            elif not keyword.name and isinstance(keyword.value, s.Dict):
                yield from _keys(keyword.value, self.paths.filter)

    def _django_name(self, call: s.Call, scope: Scope) -> str:
        """The name of the expression class of Django that a call makes one of, "" for any other call."""
        if not isinstance(call.func, (s.Name, s.Attr)):
            return ""
        last = call.func.id if isinstance(call.func, s.Name) else call.func.name
        if not last[:1].isupper():
            return ""
        kind = self.flow.expression(scope, call.func)
        dotted = (
            kind.dotted
            if isinstance(kind, LibraryThing)
            else (kind.symbol.dotted if isinstance(kind, (ClassType, Function)) else "")
        )
        name = dotted.rpartition(".")[2]
        return name if is_django(dotted, "db.models", name) or is_django(dotted, "contrib.postgres", name) else ""


def _write(paths: Paths) -> Judge:
    return lambda model, name, names: _unless_open(paths.write(model, name), names)


def _update(paths: Paths) -> Judge:
    return lambda model, name, names: _unless_open(paths.update(model, name), names)


def _unless_open(verdict: Verdict, names: Names) -> Verdict:
    return NOT_SAID if names.is_open and verdict.status is Status.INVALID else verdict


def _knowing(judge: Judge, more: frozenset[str]) -> Judge:
    return lambda model, name, names: judge(model, name, Names(names.extra | more, names.is_open))


def _lookup_names(classes: Iterable[ClassSymbol]) -> Iterator[str]:
    for cls in classes:
        node = cls.member("lookup_name")
        if isinstance(node, s.Assign) and isinstance(node.value, s.Str):
            yield node.value.value


def _keys(expr: s.Dict, judge: Judge) -> Iterator[Written]:
    for key, _ in expr.items:
        if isinstance(key, s.Str):
            yield Written(key.value, key.at, judge)


def _strings(expr: s.Expr, judge: Judge) -> Iterator[Written]:
    if isinstance(expr, s.Str):
        yield Written(expr.value, expr.at, judge)
    elif isinstance(expr, s.Seq):
        for item in expr.items:
            yield from _strings(item, judge)
    elif isinstance(expr, s.Op) and expr.op == "+":
        for operand in expr.operands:
            yield from _strings(operand, judge)


def _is_migration(unit: Unit) -> bool:
    return "/migrations/" in unit.path or unit.path.startswith("migrations/")
