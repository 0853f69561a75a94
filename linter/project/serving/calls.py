"""Which calls a function makes in line, and which function of the project each of them runs."""

from __future__ import annotations

from collections.abc import Iterator

from linter.facts import syntax as s
from linter.project.control import own
from linter.project.flow.walk import CHILDREN
from linter.project.names import Names
from linter.project.scopes import Scope, find_local, resolve
from linter.project.units import ClassSymbol, FunctionSymbol, ValueSymbol, walk

_HARMLESS = frozenset({"staticmethod", "classmethod"})


def inline_calls(block: tuple[s.Stmt, ...]) -> Iterator[s.Call]:
    """The calls that running a block makes: not those of functions and lambdas that are only defined in it."""
    for node, _ in walk(block):
        yield from own_calls(node)


def own_calls(node: s.Stmt) -> Iterator[s.Call]:
    """Those that a statement makes itself, without the statements inside it."""
    for expr in own(node):
        yield from calls_of(expr)


def calls_of(expr: s.Expr) -> Iterator[s.Call]:
    """The calls that working out an expression makes."""
    if isinstance(expr, s.Call):
        yield expr
    if isinstance(expr, s.Comp):
        if expr.kind != "generator":  # that runs when it is asked
            for clause in expr.clauses:
                yield from calls_of(clause.iterable)
                for condition in clause.conditions:
                    yield from calls_of(condition)
            yield from calls_of(expr.element)
        return
    children = CHILDREN.get(type(expr))
    for child in children(expr) if children is not None else ():
        yield from calls_of(child)


def name_at(call: s.Call) -> int:
    """Where a call names what it calls, the whole call where it does not."""
    return call.func.at if isinstance(call.func, (s.Name, s.Attr)) else call.at


def runs_as_written(function: FunctionSymbol) -> bool:
    """Whether calling a function runs its body, there and then."""
    node = function.node
    if node.is_async or function.unit.is_library:
        return False
    if any(not isinstance(each, s.Name) or each.id not in _HARMLESS for each in node.decorators):
        return False
    return not any(
        isinstance(each, s.Return) and each.is_yield for each, _ in walk(function.unit.body(node).statements)
    )


def called(names: Names, scope: Scope, call: s.Call) -> FunctionSymbol | None:
    """The function or method that a call runs, where that is certain."""
    symbol = resolve(names, scope, call.func)
    if symbol is None and isinstance(call.func, s.Attr):
        owner = _class_of(names, scope, call.func.value)
        symbol = names.attribute(owner, call.func.name, scope.unit) if owner is not None else None
    return symbol if isinstance(symbol, FunctionSymbol) else None


def _class_of(names: Names, scope: Scope, expr: s.Expr) -> ClassSymbol | None:
    """The class of an instance: `self`, `Mailer()`, and names that are assigned such a call once."""
    if isinstance(expr, s.Call):
        made = names.follow(resolve(names, scope, expr.func))
        return made if isinstance(made, ClassSymbol) else None
    if not isinstance(expr, (s.Name, s.Attr)):
        return None
    if isinstance(expr, s.Name):
        local = find_local(scope, expr.id)
        if local is not None:
            if local.is_param:
                return scope.owner if _is_self(scope, expr.id) else None
            node = local.nodes[0]
            is_once = len(local.nodes) == 1 and isinstance(node, s.Assign) and isinstance(node.value, s.Call)
            return _class_of(names, local.scope, node.value) if is_once else None  # type: ignore[union-attr,arg-type]
    value = resolve(names, scope, expr)
    if isinstance(value, ValueSymbol) and value.owner is None and isinstance(value.value, s.Call):
        return _class_of(names, Scope(value.unit), value.value)
    return None


def _is_self(scope: Scope, name: str) -> bool:
    params = scope.functions[0].params if scope.functions else ()
    return scope.owner is not None and bool(params) and params[0].name == name
