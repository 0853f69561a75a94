"""Reads of relations of a loop's variable: `for book in books: book.author.name`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from linter.facts import syntax as s
from linter.project.control import own
from linter.project.flow.walk import CHILDREN
from linter.project.names import last_name
from linter.project.serving.calls import inline_calls, own_calls
from linter.project.units import Unit, walk

_WRITES = ("save", "asave", "create", "acreate", "delete", "adelete", "commit", "remove")


class Chain(msgspec.Struct, frozen=True):
    """`variable.path[0].path[1]…`; `parts[i]` is the expression up to `path[i]`, or the call that reads it. `followed`: what
    is asked of it after that, from the first call on (which is "()")."""

    variable: str
    path: tuple[str, ...]
    parts: tuple[s.Attr | s.Call, ...]
    followed: tuple[str, ...]


class Handed(msgspec.Struct, frozen=True):
    """A call that is given the variable of a loop: `describe(book)`."""

    call: s.Call
    position: int
    variable: str


def chains(parts: Iterable[s.Expr]) -> Iterator[Chain]:
    """The longest chains of attributes among the parts of an expression, outer ones coming first."""
    parts = list(parts)
    called = {id(part.func) for part in parts if isinstance(part, s.Call)}
    inner: set[int] = set()
    for attr in parts:
        if not isinstance(attr, s.Attr) or id(attr) in inner:
            continue
        chain: list[s.Attr] = []
        after: list[str] = ["()"] if id(attr) in called else []
        expr: s.Expr = attr
        while isinstance(expr, s.Attr) or (isinstance(expr, s.Call) and isinstance(expr.func, s.Attr)):
            if isinstance(expr, s.Call):
                after = ["()", *(part.name for part in reversed(chain)), *after]
                chain = []
                expr = expr.func
                assert isinstance(expr, s.Attr)
            else:
                inner.add(id(expr))
                chain.append(expr)
                expr = expr.value
        if isinstance(expr, s.Name) and chain:
            steps = tuple(reversed(chain))
            yield Chain(expr.id, tuple(step.name for step in steps), steps, tuple(after))


class Asked(msgspec.Struct, frozen=True):
    """What a function does with the variables of its loops: whether it asks them for one of some names, and where it hands
    them on."""

    reads: bool
    handed: tuple[Handed, ...]


def asked(unit: Unit, function: s.FunctionDef, names: frozenset[str]) -> Asked:
    variables: set[str] = set()
    read: set[str] = set()
    calls: list[s.Call] = []
    for node, _ in walk(unit.body(function).statements):
        if isinstance(node, s.For):
            variables.update(_bound(node.target))
        for expr in own(node):
            _collect(expr, names, variables, read, calls)
    handed = _handed(unit, variables, calls) if variables else ()
    return Asked(not variables.isdisjoint(read), tuple(handed))


def _handed(unit: Unit, variables: set[str], calls: list[s.Call]) -> Iterator[Handed]:
    """The calls of what the file defines, imports, or has on `self`."""
    for call in calls:
        known = call.func.value if isinstance(call.func, s.Attr) else call.func
        if isinstance(known, s.Name) and (known.id == "self" or known.id in unit.names):
            for position, argument in enumerate(call.args):
                if isinstance(argument, s.Name) and argument.id in variables:
                    yield Handed(call, position, argument.id)


def _collect(expr: s.Expr, names: frozenset[str], variables: set[str], read: set[str], calls: list[s.Call]) -> None:
    stack = [expr]
    while stack:
        part = stack.pop()
        kind = type(part)
        if kind is s.Attr and part.name in names and type(part.value) is s.Name:  # type: ignore[union-attr]
            read.add(part.value.id)  # type: ignore[union-attr]
        if isinstance(part, s.Comp):
            stack.append(part.element)
            for clause in part.clauses:
                stack.extend((clause.iterable, *clause.conditions))
                variables.update(_bound(clause.target))
        elif isinstance(part, s.Lambda):
            stack.append(part.body)
        else:
            if kind is s.Call and part.args:  # type: ignore[union-attr]
                calls.append(part)  # type: ignore[arg-type]
            children = CHILDREN.get(kind)
            if children is not None:
                stack.extend(children(part))


def _bound(target: s.Expr) -> Iterator[str]:
    """The names of `for row in …`, `for index, row in …`."""
    for item in target.items if isinstance(target, s.Seq) else (target,):
        if isinstance(item, s.Name):
            yield item.id


def loop_body(block: tuple[s.Stmt, ...], iterable: s.Expr) -> tuple[s.Stmt, ...] | None:
    """What the loop over an expression does; None where that is a comprehension."""
    return next((n.body for n, _ in walk(block) if isinstance(n, s.For) and n.iterable is iterable), None)


def ends_at_once(body: tuple[s.Stmt, ...]) -> bool:
    """`for row in rows: return row`."""
    return any(isinstance(node, s.Jump) or (isinstance(node, s.Return) and not node.is_yield) for node in body)


def writes(body: tuple[s.Stmt, ...]) -> bool:
    """Whether a loop asks the database something in every round anyway: it saves, makes or deletes rows one by one."""
    return any(last_name(c.func).startswith(_WRITES) for c in inline_calls(body))


def sure_calls(block: tuple[s.Stmt, ...]) -> Iterator[s.Call]:
    """The calls that are made whenever a block runs, as far as its statements say."""
    for node in block:
        yield from own_calls(node)
        if isinstance(node, (s.With, s.Try)):
            yield from sure_calls(node.body)


def holds(block: tuple[s.Stmt, ...], part: s.Expr) -> bool:
    """Whether an expression stands in a block."""
    return any(_has(expr, part) for node, _ in walk(block) for expr in (*own(node), *_targets(node)))


def _targets(node: s.Stmt) -> tuple[s.Expr, ...]:
    return node.targets if isinstance(node, s.Assign) else ()


def _has(expr: s.Expr, part: s.Expr) -> bool:
    if expr is part:
        return True
    if isinstance(expr, s.Comp):
        clauses = [each for clause in expr.clauses for each in (clause.iterable, *clause.conditions)]
        return any(_has(each, part) for each in (expr.element, *clauses))
    if isinstance(expr, s.Lambda):
        return _has(expr.body, part)
    children = CHILDREN.get(type(expr))
    return children is not None and any(_has(child, part) for child in children(expr))
