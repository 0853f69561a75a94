"""Relations that a query is told to load, while no row ever comes of it: dicts, numbers, or nothing. Then Django forgets
what `select_related()` was given, and passes over what `prefetch_related()` was, however wrong the names are.

https://docs.djangoproject.com/en/5.2/ref/models/querysets/#values
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from linter.facts import syntax as s
from linter.project.control import all_parts, evaluated, steps
from linter.project.names import last_name
from linter.project.queries.verdicts import Vocabulary
from linter.project.requirements.pins import is_exact, parse, pin
from linter.project.units import Unit

if TYPE_CHECKING:
    from linter.project import Project
    from linter.project.queries import Site

_WITHOUT_ROWS = frozenset({
    "values", "values_list", "dates", "datetimes", "aggregate", "count", "exists", "update", "delete",
    "aaggregate", "acount", "aexists", "aupdate", "adelete",
})  # fmt: skip
# Before Django 3.1 the names of `order_by()` were not looked at before the SQL was made, and these have no use for an order.
_WITHOUT_ORDER = frozenset({"aggregate", "count", "exists", "update", "delete"})
_EAGER = parse("3.1")
_LISTS = frozenset({"list", "tuple", "set", "sorted", "len", "enumerate", "iter"})
_TAKING = frozenset({"get", "first", "last", "latest", "earliest", "iterator", "in_bulk", "aget", "afirst", "alast"})
_OF_ITS_OWN = frozenset({"get_queryset", "queryset", "get"})  # every class has one: only its own calls are of it
_MOST = 12  # functions on the way
_LOADING = frozenset({Vocabulary.SELECT, Vocabulary.PREFETCH})

IsSource = Callable[[s.Expr], bool]


def is_rowless(project: Project, site: Site) -> bool:
    """Whether somewhere the queryset that a name is given to is asked for something else than its rows."""
    asked = _WITHOUT_ROWS if site.vocabulary in _LOADING else _WITHOUT_ORDER
    if site.vocabulary not in _LOADING and not (site.method == "order_by" and _orders_late(project)):
        return False

    def is_source(expr: s.Expr) -> bool:
        return isinstance(expr, s.Call) and any(
            isinstance(part, s.Str) and part.at == site.at for arg in expr.args for part, _ in evaluated(arg)
        )

    return _Trail(project, asked).ends(site.unit, site.function, is_source)


def _orders_late(project: Project) -> bool:
    wanted = pin(project.files, "django")
    return is_exact(wanted) and parse(wanted.strip("= ")) < _EAGER


class _Trail:
    """Where a queryset goes from a function: to those that it calls, and to those that call it."""

    def __init__(self, project: Project, asked: frozenset[str]) -> None:
        self.project = project
        self.asked = asked
        self.seen: set[tuple[str, int]] = set()

    def ends(self, unit: Unit, function: s.FunctionDef | None, is_source: IsSource) -> bool:
        key = (unit.path, function.at if function is not None else -1)
        if key in self.seen or len(self.seen) == _MOST:
            return False
        self.seen.add(key)
        block = unit.body(function).statements if function is not None else unit.module.body
        names = _names(block, is_source)
        if _loads(block, is_source, names):
            return False
        for call in (part for part in all_parts(block) if isinstance(part, s.Call)):
            if isinstance(call.func, s.Attr) and call.func.name in self.asked:
                if _leads_back(call.func.value, is_source, names):
                    return True
            for index, arg in enumerate(call.args):
                if _leads_back(arg, is_source, names) and self.handed(unit, call, index):
                    return True
        return function is not None and _returns(block, is_source, names) and self.called(unit, function)

    def handed(self, unit: Unit, call: s.Call, index: int) -> bool:
        """Whether a function of the same module asks its parameter so."""
        name = last_name(call.func)
        for symbol in self.project.functions(unit):
            if symbol.node.name == name:
                params = [p.name for p in symbol.node.params if p.name not in ("self", "cls")]
                if index < len(params) and self.ends(unit, symbol.node, _is_name(params[index])):
                    return True
        return False

    def called(self, unit: Unit, function: s.FunctionDef) -> bool:
        """Whether who calls a function asks so what it returns."""
        name = function.name
        owner = next((f.owner for f in self.project.functions(unit) if f.node is function), None)
        own_only = name in _OF_ITS_OWN
        units = [unit] if own_only else [u for u in self.project.units() if u.holds(name)]
        callers = (
            (u, scope.activation.function)
            for u in units
            for _, scope in self.project.flow.calls_named(u, name)
            if not own_only or (scope.activation.symbol is not None and scope.activation.symbol.owner is owner)
        )

        def is_source(expr: s.Expr) -> bool:
            return isinstance(expr, s.Call) and last_name(expr.func) == name

        return any(self.ends(u, f, is_source) for u, f in dict.fromkeys(callers))


def _is_name(name: str) -> IsSource:
    return lambda expr: isinstance(expr, s.Name) and expr.id == name


def _returns(block: tuple[s.Stmt, ...], is_source: IsSource, names: frozenset[str]) -> bool:
    values = (step.node.value for step in steps(block) if isinstance(step.node, s.Return))
    return any(value is not None and _leads_back(value, is_source, names) for value in values)


def _loads(block: tuple[s.Stmt, ...], is_source: IsSource, names: frozenset[str]) -> bool:
    """Whether a block surely reads rows: it loops over them, lists them or takes one."""
    loops = (step.node.iterable for step in steps(block) if isinstance(step.node, s.For))
    return any(_leads_back(rows, is_source, names) for rows in (*loops, *_taken(block)))


def _taken(block: tuple[s.Stmt, ...]) -> Iterator[s.Expr]:
    for part in all_parts(block):
        if isinstance(part, s.Comp):
            yield from (clause.iterable for clause in part.clauses)
        elif isinstance(part, s.Call) and isinstance(part.func, s.Name) and part.func.id in _LISTS:
            yield from part.args
        elif isinstance(part, s.Call) and isinstance(part.func, s.Attr) and part.func.name in _TAKING:
            yield part.func.value


def _names(block: tuple[s.Stmt, ...], is_source: IsSource) -> frozenset[str]:
    """The variables that get the queryset, or one made of it."""
    found: frozenset[str] = frozenset()
    for step in steps(block):
        node = step.node
        if isinstance(node, s.Assign) and node.value is not None:
            if _leads_back(node.value, is_source, found):
                found |= {target.id for target in node.targets if isinstance(target, s.Name)}
    return found


def _leads_back(expr: s.Expr, is_source: IsSource, names: frozenset[str]) -> bool:
    """Whether an expression is the queryset, or gives its rows and what its methods are called on is, back to the first."""
    while not is_source(expr) and not (isinstance(expr, s.Name) and expr.id in names):
        if isinstance(expr, s.Call):
            if last_name(expr.func) in _WITHOUT_ROWS:
                return False
            expr = expr.func
        elif isinstance(expr, (s.Attr, s.Sub, s.Await)):
            expr = expr.value
        else:
            return False
    return True
