"""Conditions and dicts that a function builds in steps, before a query gets them: `q |= Q(…)`, `filters["name"] = …`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from linter.facts import syntax as s
from linter.project.flow import definitions as d
from linter.project.flow.scopes import Scope
from linter.project.flow.walk import CHILDREN

if TYPE_CHECKING:
    from linter.project.flow import Flow
    from linter.project.flow.frames import Frame

Part = tuple[s.Expr, Scope]
ADDING = frozenset({"update", "setdefault", "get", "items", "keys", "values", "copy", "add", "append"})
MOST = 60  # statements that build one value


def parts(name: str, scope: Scope) -> Iterator[Part]:
    """The expressions that a variable may be made of, each where it stands."""
    for definition in _definitions(scope.env.get(name)):
        inside = Scope(scope.activation, definition.env)
        if isinstance(definition, (d.Assigned, d.Augmented)):
            yield definition.expr, inside
        elif isinstance(definition, d.Mutated):
            yield from ((argument, inside) for argument in definition.call.args)


def keys(flow: Flow, name: str, scope: Scope) -> Iterator[tuple[s.Expr, int, s.Expr, Scope]]:
    """The keys that a dict in a variable has in the end: what is written there, its place, its value. None where more
    is done with the dict than adding to it."""
    symbol = scope.activation.symbol
    if symbol is None or not _is_only_built(flow.frame(symbol), name):
        return
    if b"del %s[" % name.encode() in flow.project.source(symbol.unit.path).data:
        return
    for definition in _definitions(scope.env.get(name)):
        inside = Scope(scope.activation, definition.env)
        if isinstance(definition, d.WithItem):
            yield definition.key, getattr(definition.key, "at", s.NOWHERE), _value(definition.value), inside
        elif isinstance(definition, d.Assigned):
            yield from ((*item, inside) for item in written(definition.expr))
        elif isinstance(definition, d.Mutated) and isinstance(definition.call.func, s.Attr):
            yield from _added(definition.call, definition.call.func.name, inside)


def written(expr: s.Expr) -> Iterator[tuple[s.Expr, int, s.Expr]]:
    """The keys of `{"name": …}` and `dict(name=…)`."""
    if isinstance(expr, s.Dict):
        for key, value in expr.items:
            if key is None:
                yield from written(value)
            else:
                yield key, getattr(key, "at", s.NOWHERE), value
    elif isinstance(expr, s.Call) and isinstance(expr.func, s.Name) and expr.func.id == "dict":
        for argument in expr.args:
            yield from written(argument)
        for keyword in expr.keywords:
            if keyword.name:
                yield s.Str(keyword.name, keyword.at), keyword.at, keyword.value


def _added(call: s.Call, method: str, scope: Scope) -> Iterator[tuple[s.Expr, int, s.Expr, Scope]]:
    if method == "update":
        for argument in call.args:
            yield from ((*item, scope) for item in written(argument))
        for keyword in call.keywords:
            if keyword.name:
                yield s.Str(keyword.name, keyword.at), keyword.at, keyword.value, scope
    elif method == "setdefault" and len(call.args) == 2:
        yield call.args[0], getattr(call.args[0], "at", s.NOWHERE), call.args[1], scope


def _value(definition: d.Definition) -> s.Expr:
    return definition.expr if isinstance(definition, d.Assigned) else s.Unknown()


def _definitions(last: d.Definition | None) -> Iterator[d.Definition]:
    """The definitions that have made a variable what it is, through branches and changes in place."""
    pending = [last] if last is not None else []
    seen: set[int] = set()
    while pending and len(seen) < MOST:
        definition = pending.pop()
        if id(definition) in seen:
            continue
        seen.add(id(definition))
        yield definition
        if isinstance(definition, d.Joined):
            pending.extend(definition.options)
        elif isinstance(definition, (d.Changed, d.Narrowed)):
            pending.append(definition.before)
        elif isinstance(definition, d.Annotated) and definition.value is not None:
            pending.append(definition.value)


def _is_only_built(frame: Frame, name: str) -> bool:
    """Whether a function does nothing with a dict but add keys to it, read them, and hand it on as `**name`."""
    return not any(_is_other_use(point.expr, name) for point in frame.points) and not any(
        isinstance(result.expr, s.Name) and result.expr.id == name for result in frame.results
    )


def _is_other_use(root: s.Expr, name: str) -> bool:
    stack = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, s.Name):
            if node.id == name:
                return True
        elif isinstance(node, s.Call):
            stack.extend(k.value for k in node.keywords if k.name or not _is_it(k.value, name))
            stack.extend(node.args)
            func = node.func
            if not (isinstance(func, s.Attr) and _is_it(func.value, name) and func.name in ADDING):
                stack.append(func)
        elif isinstance(node, s.Sub) and _is_it(node.value, name):
            stack.append(node.index)
        elif isinstance(node, s.Op) and node.op in ("in", "not in", "and", "or", "not"):
            stack.extend(operand for operand in node.operands if not _is_it(operand, name))
        elif isinstance(node, (s.Comp, s.Lambda)):
            stack.extend(_inner(node))
        else:
            children = CHILDREN.get(type(node))
            stack.extend(children(node) if children is not None else ())
    return False


def _inner(node: s.Comp | s.Lambda) -> Iterator[s.Expr]:
    if isinstance(node, s.Lambda):
        yield node.body
        return
    yield node.element
    for clause in node.clauses:
        yield clause.iterable
        yield from clause.conditions


def _is_it(expr: s.Expr, name: str) -> bool:
    return isinstance(expr, s.Name) and expr.id == name
