"""Where the rows of a loop come from: the queries that ask for them, through names, branches, functions and managers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from linter.facts import syntax as s
from linter.project.flow import definitions as d
from linter.project.flow import querysets
from linter.project.flow.attributes import called_name, class_of, decoration
from linter.project.flow.calls import TRANSPARENT, Arguments, bind
from linter.project.flow.library import PAGINATOR
from linter.project.flow.scopes import Activation, Scope, Written
from linter.project.lazy import statements
from linter.project.models import Model
from linter.project.types import ClassType, Function, Instance, LibraryThing, ModelInstance, QuerySet, members
from linter.project.units import FunctionSymbol, ValueSymbol, walk

if TYPE_CHECKING:
    from linter.project.flow import Flow
    from linter.project.sqlalchemy.mapping import Mapper

MOST_STEPS = 40  # calls within calls, names of names
MOST_ROWS = 12  # of queries that a name may hold
_SAME = frozenset({"list", "tuple", "set", "sorted", "reversed", "iter"})  # builtins that give the same rows
_VIEWED = frozenset(
    {"filter_queryset", "paginate_queryset"}
)  # methods of REST framework's views that give the same rows
_PAGED = frozenset({"page", "get_page", "object_list"})
# Methods of a queryset that leave it to the rows what they load.
_PLAIN = frozenset({
    "exclude", "order_by", "all", "distinct", "using", "reverse", "annotate", "alias", "select_for_update",
    "complex_filter", "iterator", "only", "defer", "extra",
})  # fmt: skip
_OWN_QUERY = frozenset({"get_queryset", "get_query_set"})  # Django's name, and the one before 1.6


class Query(msgspec.Struct, frozen=True):
    """Where a query stands."""

    scope: Scope
    at: int


class Rows(msgspec.Struct, frozen=True, eq=False):
    """The rows of one query, of a model or of a mapped class. `loaded`: the relations that come with them, as paths; None
    where that cannot be said. `shared`: those that all rows have the very same object of. `conditions`: the calls that
    narrow it, of SQLAlchemy's queries."""

    query: Query
    of: Model | Mapper
    loaded: frozenset[tuple[str, ...]] | None = frozenset()
    shared: frozenset[str] = frozenset()
    conditions: tuple[s.Call, ...] = ()

    def narrowed(self, call: s.Call) -> Rows:
        return replace(self, conditions=(*self.conditions, call))

    def with_loaded(self, more: Iterable[tuple[str, ...]] | None) -> Rows:
        if more is None or self.loaded is None:
            return replace(self, loaded=None)
        return replace(self, loaded=self.loaded.union(*(_ends(path) for path in more)))


def _ends(path: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [path[:end] for end in range(1, len(path) + 1)]


class Tracer:
    """Answers one question: what it has seen on the way is forgotten with it."""

    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        self._known: dict[tuple[int, str, int, int], tuple[list[Rows], object]] = {}
        self._receivers: dict[int, tuple[list[Rows], Activation]] = {}
        self._depth = 0

    def rows(self, expr: s.Expr, scope: Scope) -> list[Rows]:
        """The queries whose rows an expression may hold, those that can be told."""
        return self.once(expr, scope, lambda: self._rows(expr, scope))

    def once(self, part: object, scope: Scope, work_out: Callable[[], list[Rows]], name: str = "") -> list[Rows]:
        key = (id(part), name, id(scope.env), id(scope.activation))
        known = self._known.get(key)
        if known is None:
            if self._depth > MOST_STEPS:
                return []
            self._known[key] = ([], (part, scope))  # what a loop of definitions sees; and no id is used again
            self._depth += 1
            found = work_out()[:MOST_ROWS]
            self._depth -= 1
            known = self._known[key] = (found, (part, scope))
        return known[0]

    # --- names --------------------------------------------------------------------------------------------------------

    def _rows(self, expr: s.Expr, scope: Scope) -> list[Rows]:
        if isinstance(expr, s.Name):
            definition = scope.env.get(expr.id)
            if definition is not None:
                return self.defined(definition, scope.activation)
            outer = scope.activation.outer
            return self.rows(expr, outer) if outer is not None else []
        if isinstance(expr, s.Call):
            return self._call(expr, scope)
        if isinstance(expr, s.Attr):
            return self._attribute(expr, scope)
        if isinstance(expr, s.Cond):
            return [*self.rows(expr.body, scope), *self.rows(expr.orelse, scope)]
        if isinstance(expr, s.Op) and expr.op in ("or", "and"):
            return [rows for operand in expr.operands for rows in self.rows(operand, scope)]
        if isinstance(expr, (s.Await, s.Walrus)):
            return self.rows(expr.value, scope)
        if isinstance(expr, s.Comp):
            return self._filtered(expr, scope)
        return []

    def _filtered(self, expr: s.Comp, scope: Scope) -> list[Rows]:
        """`[row for row in rows if …]`."""
        clause = expr.clauses[0]
        is_same = isinstance(clause.target, s.Name) and isinstance(expr.element, s.Name)
        if len(expr.clauses) > 1 or expr.kind == "dict" or not is_same or clause.target.id != expr.element.id:  # type: ignore[union-attr]
            return []
        return self.rows(clause.iterable, scope)

    def defined(self, definition: d.Definition, activation: Activation) -> list[Rows]:
        scope = Scope(activation, definition.env)
        if isinstance(definition, d.Assigned):
            return self.rows(definition.expr, scope)
        if isinstance(definition, d.Joined):
            options = self._possible(definition.options, activation)
            return self.once(definition, scope, lambda: self._any(options, activation))
        if isinstance(definition, d.Annotated) and definition.value is not None:
            return self.defined(definition.value, activation)
        if isinstance(definition, (d.Narrowed, d.Changed)):
            return self.defined(definition.before, activation)
        if (
            isinstance(definition, d.Part)
            and isinstance(definition.whole, d.Assigned)
            and definition.position is not None
        ):
            whole = definition.whole
            return self._item(whole.expr, Scope(activation, whole.env), definition.position)
        if isinstance(definition, d.Parameter):
            given = activation.arguments.get(definition.param.name)
            if isinstance(given, Written):
                return self.rows(given.expr, given.scope)
            known = self._receivers.get(id(activation))
            return known[0] if known is not None and definition.index == 0 else []
        return []

    def _any(self, options: Iterable[d.Definition], activation: Activation) -> list[Rows]:
        return distinct(rows for option in options for rows in self.defined(option, activation))

    def _possible(self, options: list[d.Definition], activation: Activation) -> list[d.Definition]:
        """The ways that are left where a parameter is given: not what stands in for one that is not (`if rows is None`)."""
        given = [o.param.name for o in options if isinstance(o, d.Parameter) and o.param.name in activation.arguments]
        if not given or activation.symbol is None:
            return options
        block = activation.unit.body(activation.symbol.node).statements
        others = {id(expr) for name in given if _is_given(activation, name) for expr in _defaults(block, name)}
        return [o for o in options if not isinstance(o, d.Assigned) or id(o.expr) not in others]

    def _item(self, expr: s.Expr, scope: Scope, position: int) -> list[Rows]:
        """One of the values that a tuple, or a function's `return` of one, holds."""
        if isinstance(expr, s.Seq):
            return self.rows(expr.items[position], scope) if position < len(expr.items) else []
        found: list[Rows] = []
        if isinstance(expr, s.Call):
            for callee in members(self.flow.expression(scope, expr.func)):
                if isinstance(callee, Function):
                    for result, inner in self.results(callee, expr, scope):
                        if isinstance(result, s.Seq) and position < len(result.items):
                            rows = self.rows(result.items[position], inner)
                            found.extend(_at_call(rows, inner.activation, Query(scope, expr.at)))
        return found

    # --- calls --------------------------------------------------------------------------------------------------------

    def _call(self, call: s.Call, scope: Scope) -> list[Rows]:
        func = call.func
        if isinstance(func, s.Name):
            if func.id == "super":
                known = self._receivers.get(id(scope.activation))
                return known[0] if known is not None else []
            if func.id in _SAME and call.args and func.id not in scope.env:
                return self.rows(call.args[0], scope)
        made = statements.asked_for(self.flow, call, scope)
        if made is not None:
            return [Rows(Query(scope, call.at), made)]
        found: list[Rows] = []
        followed = False
        for callee in members(self.flow.expression(scope, func)):
            if isinstance(callee, Function) and not callee.symbol.unit.is_library:
                followed = True
                found.extend(self._called(callee, call, scope))
            elif self._is_paginator(callee):
                rows = call.args[0] if call.args else call.keyword("object_list")
                return self.rows(rows, scope) if rows is not None else []
        if followed or not isinstance(func, s.Attr):
            return distinct(found)
        if func.name in (*statements.GIVEN, *_VIEWED) and len(call.args) == 1:
            return self.rows(call.args[0], scope)
        return self._method(call, func, scope)

    def _is_paginator(self, callee: object) -> bool:
        if isinstance(callee, LibraryThing):
            return not callee.called and callee.dotted == PAGINATOR
        if not isinstance(callee, ClassType):
            return False
        names = self.flow.names
        return any(names.name_of(base) == PAGINATOR for base in names.mro(callee.symbol)[0])

    def _called(self, callee: Function, call: s.Call, scope: Scope) -> list[Rows]:
        """What the project's own function gives. Its caller can ask for more, so the query is where it is called; but a view's
        own methods are parts of one whole."""
        found: list[Rows] = []
        for expr, inner in self.results(callee, call, scope):
            rows = self.rows(expr, inner)
            is_hook = callee.symbol.node.name in _OWN_QUERY or isinstance(callee.receiver, Instance)
            found.extend(rows if is_hook else _at_call(rows, inner.activation, Query(scope, call.at)))
        return [_longer(rows, call, call.func, scope) for rows in found]

    def results(self, callee: Function, call: s.Call, scope: Scope) -> Iterator[tuple[s.Expr, Scope]]:
        symbol = callee.symbol
        if not _is_readable(symbol):
            return
        given = bind(self.flow, symbol, callee.receiver is not None, Arguments(self.flow, call, scope))
        activation = Activation(symbol.unit, symbol.node, symbol, symbol.owner, callee.receiver, given, callee.closure)
        if isinstance(callee.receiver, QuerySet) and isinstance(call.func, s.Attr):
            self._receivers[id(activation)] = (self.rows(call.func.value, scope), activation)
        yield from self.returned(activation)

    def returned(self, activation: Activation) -> Iterator[tuple[s.Expr, Scope]]:
        assert activation.symbol is not None
        frame = self.flow.frame(activation.symbol)
        if not frame.is_generator:
            for result in frame.results:
                if result.expr is not None:
                    yield result.expr, Scope(activation, result.env)

    def _method(self, call: s.Call, func: s.Attr, scope: Scope) -> list[Rows]:
        """A method of a queryset, a statement or a page."""
        name = func.name
        if name in _OWN_QUERY and not isinstance(func.value, s.Call):
            kind = self.flow.expression(scope, func.value)
            if isinstance(kind, Instance):
                return self.of_view(kind)
        if name in _OWN_QUERY and isinstance(func.value, s.Call) and called_name(func.value) == "super":
            receiver = scope.activation.receiver
            if isinstance(receiver, Instance):
                return self._view_default(receiver)
        found: list[Rows] = []
        for rows in self.rows(func.value, scope):
            after = rows if name in _PAGED or name in _OWN_QUERY else _after(rows, call, name)
            if after is not None:
                found.append(_longer(after, call, func, scope))
        return found

    # --- attributes ---------------------------------------------------------------------------------------------------

    def _attribute(self, attr: s.Attr, scope: Scope) -> list[Rows]:
        kind = self.flow.expression(scope, attr)
        if isinstance(kind, QuerySet) and kind.is_manager:
            return self._manager(kind, attr, scope)
        asked = statements.queried(self.flow, attr, scope)
        if asked is not None:
            return [Rows(Query(scope, attr.at), asked)]
        if attr.name in _PAGED or attr.name == "items":
            found = self.rows(attr.value, scope)
            if found:
                return found
        owner = class_of(self.flow.expression(scope, attr.value))
        symbol = self.flow.names.attribute(owner, attr.name, scope.unit) if owner is not None else None
        return self._member(symbol, self.flow.expression(scope, attr.value)) if symbol is not None else []

    def _member(self, symbol: object, receiver: object) -> list[Rows]:
        """An attribute of a class, or a property."""
        if isinstance(symbol, ValueSymbol) and symbol.owner is not None:
            return self.rows(symbol.value, self.flow.class_scope(symbol.owner))
        if isinstance(symbol, FunctionSymbol) and decoration(symbol.node) == "property":
            activation = self.flow.activation(symbol, receiver)  # type: ignore[arg-type]
            return distinct(rows for expr, inner in self.returned(activation) for rows in self.rows(expr, inner))
        return []

    def _manager(self, manager: QuerySet, attr: s.Attr, scope: Scope) -> list[Rows]:
        known = self._known_relations(attr, scope)
        if known is None:
            return []
        return self._of_manager(manager, Rows(Query(scope, attr.at), manager.model, shared=known))

    def _of_manager(self, manager: QuerySet, plain: Rows) -> list[Rows]:
        """A manager's rows, `plain` being those that Django's own would give."""
        if manager.is_open:
            return []
        own = [querysets.own_attribute(self.flow, manager, name) for name in sorted(_OWN_QUERY)]
        methods = [each for each in own if each is not None]
        if not methods:
            return [plain]
        return [replace(rows, query=plain.query) for each in methods for rows in self._own_rows(each, plain)]

    def _own_rows(self, method: object, plain: Rows) -> list[Rows]:
        """What a manager's own `get_queryset` gives."""
        if not isinstance(method, Function):
            return [replace(plain, loaded=None)]
        activation = self.flow.activation(method.symbol, method.receiver, method.closure)
        self._receivers[id(activation)] = ([plain], activation)
        found = [rows for expr, inner in self.returned(activation) for rows in self.rows(expr, inner)]
        return found or [replace(plain, loaded=None)]

    def _known_relations(self, attr: s.Attr, scope: Scope) -> frozenset[str] | None:
        """The relations that need no query as the rows come through them: `author.books.all()` gives each book that author.
        None where the manager is a row's of a loop: it is the loop's query that can be told to load it."""
        if isinstance(attr.value, s.Name) and isinstance(scope.env.get(attr.value.id), d.Element):
            return None
        owner = self.flow.expression(scope, attr.value)
        if isinstance(owner, ModelInstance):
            reverse = owner.model.accessors.get(attr.name)
            if reverse is not None:
                return frozenset({reverse.field.name})
            return frozenset() if attr.name in owner.model.fields else None
        return frozenset() if isinstance(owner, ClassType) else None

    # --- class-based views --------------------------------------------------------------------------------------------

    def of_view(self, view: Instance) -> list[Rows]:
        """The rows of a generic view."""
        symbol = self.flow.names.attribute(view.symbol, "get_queryset", view.symbol.unit)
        if isinstance(symbol, FunctionSymbol) and not symbol.unit.is_library:
            activation = self.flow.activation(symbol, view)
            return distinct(rows for expr, inner in self.returned(activation) for rows in self.rows(expr, inner))
        return self._view_default(view)

    def _view_default(self, view: Instance) -> list[Rows]:
        names = self.flow.names
        given = names.attribute(view.symbol, "queryset", view.symbol.unit)
        if isinstance(given, ValueSymbol) and given.owner is not None and not given.unit.is_library:
            if not isinstance(given.value, s.Lit):
                return self.rows(given.value, self.flow.class_scope(given.owner))
        of = names.attribute(view.symbol, "model", view.symbol.unit)
        model = self.flow.attribute_or_unknown(view, "model")
        manager = self.flow.attribute_or_unknown(model, "_default_manager")
        owner, at = view.symbol, view.symbol.node.at
        if isinstance(of, ValueSymbol) and of.owner is not None and isinstance(of.value, (s.Name, s.Attr)):
            owner, at = of.owner, of.value.at
        query = Query(self.flow.class_scope(owner), at)
        return self._of_manager(manager, Rows(query, manager.model)) if isinstance(manager, QuerySet) else []


def _is_given(activation: Activation, name: str) -> bool:
    value = activation.arguments[name]
    return isinstance(value, Written) and not isinstance(value.expr, s.Lit)


def _defaults(block: tuple[s.Stmt, ...], name: str) -> Iterator[s.Expr]:
    """What a name is assigned where it is None."""
    for node, _ in walk(block):
        if isinstance(node, s.If) and isinstance(node.test, s.Op) and node.test.op in ("is", "not"):
            first = node.test.operands[0]
            if isinstance(first, s.Name) and first.id == name:
                yield from (each.value for each, _ in walk(node.body) if isinstance(each, s.Assign) and each.value)


def _after(rows: Rows, call: s.Call, name: str) -> Rows | None:
    if not isinstance(rows.of, Model):
        return statements.after(rows, call, name)
    if name in ("select_related", "prefetch_related"):
        return rows.with_loaded(_paths(call))
    if name == "filter":
        return rows.with_loaded(_empty(call))
    return rows if name in _PLAIN else None


def _longer(rows: Rows, call: s.Call, func: s.Expr, scope: Scope) -> Rows:
    """A query is the whole chain of calls that makes it."""
    is_longer = rows.query.scope.activation is scope.activation and rows.query.at in _ats(func)
    return replace(rows, query=Query(scope, call.at)) if is_longer else rows


def _ats(expr: s.Expr) -> Iterator[int]:
    """Where the parts of a chain of calls stand."""
    while isinstance(expr, (s.Call, s.Attr)):
        yield expr.at
        expr = expr.func if isinstance(expr, s.Call) else expr.value


def _is_readable(symbol: FunctionSymbol) -> bool:
    """Whether calling a function gives what it returns."""
    if symbol.unit.is_library:
        return False
    return all(called_name(each) in TRANSPARENT for each in symbol.node.decorators)


def _at_call(found: Iterable[Rows], callee: Activation, query: Query) -> list[Rows]:
    return [replace(rows, query=query) if rows.query.scope.activation is callee else rows for rows in found]


def distinct(found: Iterable[Rows]) -> list[Rows]:
    made: dict[tuple[int, int, int, object], Rows] = {}
    for rows in found:
        made.setdefault((id(rows.query.scope.activation), rows.query.at, id(rows.of), rows.loaded), rows)
    return list(made.values())


def _empty(call: s.Call) -> list[tuple[str, ...]]:
    """The relations that `filter(author__isnull=True)` leaves no row of: nothing is asked for what is NULL."""
    found: list[tuple[str, ...]] = []
    for keyword in call.keywords:
        path = tuple(keyword.name.removesuffix("__isnull").split("__"))
        wanted = True if keyword.name.endswith("__isnull") else None
        if isinstance(keyword.value, s.Lit) and keyword.value.value is wanted:
            found.append(path)
    return found


def _paths(call: s.Call) -> list[tuple[str, ...]] | None:
    """The relations that `select_related` or `prefetch_related` names, None where they are not all plain texts."""
    found: list[tuple[str, ...]] = []
    for argument in call.args:
        if isinstance(argument, s.Call) and argument.args:  # Prefetch("books", …)
            argument = argument.args[0]
        if not isinstance(argument, s.Str):
            return None
        found.append(tuple(argument.value.split("__")))
    return found if found and not call.keywords else None
