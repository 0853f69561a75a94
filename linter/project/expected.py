"""Whether code waits for an error: a test that asserts it, a `try` that catches it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from linter.facts import syntax as s
from linter.project.control import Step, evaluated, own, steps
from linter.project.names import last_name
from linter.project.units import Unit, walk

_ASSERTING = ("raises", "assertRaises", "assertRaisesMessage", "assertRaisesRegex", "suppress", "assertFieldError")
_ALL = frozenset({"Exception", "BaseException"})


def is_expected(unit: Unit, at: int, function: s.FunctionDef | None, errors: Collection[str]) -> bool:
    """Whether what stands at a place may raise one of some errors (last names of their classes) without harm."""
    for block in _blocks(unit, function):
        for step in steps(block):
            if any(_holds(expr, at) for expr in (*own(step.node), *_targets(step.node))):
                return _waits(step, at, errors)
    return False


def _blocks(unit: Unit, function: s.FunctionDef | None) -> Iterator[tuple[s.Stmt, ...]]:
    """The code whose places are in one table: a function's, or a module's with its classes'."""
    if function is not None:
        yield unit.body(function).statements
        return
    pending = [unit.module.body]
    while pending:
        block = pending.pop()
        yield block
        pending.extend(node.body for node, _ in walk(block) if isinstance(node, s.ClassDef))


def _targets(node: s.Stmt) -> tuple[s.Expr, ...]:
    return node.targets if isinstance(node, s.Assign) else ()


def _holds(expr: s.Expr, at: int) -> bool:
    return any(_is_at(part, at) for part, _ in evaluated(expr))


def _is_at(part: s.Expr, at: int) -> bool:
    if getattr(part, "at", s.NOWHERE) == at:
        return True
    return isinstance(part, s.Call) and any(keyword.at == at for keyword in part.keywords)


def _waits(step: Step, at: int, errors: Collection[str]) -> bool:
    if any(_is_caught(kind, errors) for kind in step.caught):
        return True
    if any(isinstance(context, s.Call) and last_name(context.func) in _ASSERTING for context in step.contexts):
        return True
    return any(
        isinstance(part, s.Call) and last_name(part.func) in _ASSERTING and _holds(part, at)
        for expr in own(step.node)
        for part, _ in evaluated(expr)
    )


def _is_caught(kind: s.Expr, errors: Collection[str]) -> bool:
    """Whether an `except` clause takes one of the errors; an unknown one (a bare `except`, a variable) may take any."""
    if isinstance(kind, s.Seq):
        return any(_is_caught(item, errors) for item in kind.items)
    name = last_name(kind)
    return not name or name in _ALL or name in errors or not name[:1].isupper()
