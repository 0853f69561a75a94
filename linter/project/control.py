"""Under which conditions a part of a function runs: `if`, early `return`, `try`, `with`, loops, `and`/`or`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from linter.facts import syntax as s


class Condition(NamedTuple):
    """`test` is true (`holds`) or false when the part runs."""

    test: s.Expr
    holds: bool


class Step(msgspec.Struct, frozen=True):
    """One statement and what must hold for it to run. Of a compound statement only its own expressions are meant."""

    node: s.Stmt
    conditions: tuple[Condition, ...] = ()
    caught: tuple[s.Expr, ...] = ()  # what the `except` clauses around it catch; Unknown for a bare `except`
    is_fallback: bool = False  # it runs only after something was raised
    in_loop: bool = False
    contexts: tuple[s.Expr, ...] = ()  # the `with` items around it


def steps(block: tuple[s.Stmt, ...], around: Step | None = None) -> Iterator[Step]:
    """Every statement of a block, nested ones too, each with its conditions."""
    here = around or Step(s.Delete(""))
    for node in block:
        here = replace(here, node=node)
        yield here
        if isinstance(node, s.If):
            yield from steps(node.body, _under(here, node.test, True, node.loop))
            yield from steps(node.orelse, _under(here, node.test, False))
            here = _after(here, node)
        elif isinstance(node, s.For):
            yield from steps(node.body, replace(here, in_loop=True))
            yield from steps(node.orelse, here)
        elif isinstance(node, s.With):
            yield from steps(node.body, replace(here, contexts=here.contexts + tuple(item for item, _ in node.items)))
        elif isinstance(node, s.Try):
            caught = tuple(handler.type or s.Unknown() for handler in node.handlers)
            yield from steps(node.body, replace(here, caught=here.caught + caught))
            for handler in node.handlers:
                yield from steps(handler.body, replace(here, is_fallback=True))
            yield from steps(node.orelse, here)
            yield from steps(node.final, here)
            if leaves(node.body) or leaves(node.orelse):
                here = replace(here, is_fallback=True)


def _under(step: Step, test: s.Expr, holds: bool, loop: bool = False) -> Step:
    return replace(step, conditions=(*step.conditions, Condition(test, holds)), in_loop=step.in_loop or loop)


def _after(step: Step, node: s.If) -> Step:
    """What is known after an `if`: where one branch leaves, the other was taken."""
    if node.loop:
        return step
    if leaves(node.body):
        return _under(step, node.test, False)
    if leaves(node.orelse):
        return _under(step, node.test, True)
    return step


def leaves(block: tuple[s.Stmt, ...]) -> bool:
    """Whether control never runs through the end of a block."""
    if not block:
        return False
    last = block[-1]
    if isinstance(last, s.Return):
        return not last.is_yield
    if isinstance(last, s.Jump):
        return True
    if isinstance(last, s.If):
        return leaves(last.body) and leaves(last.orelse)
    if isinstance(last, s.With):
        return leaves(last.body)
    return False


def own(node: s.Stmt) -> tuple[s.Expr, ...]:
    """The expressions of a statement itself, not those of the statements inside it."""
    if isinstance(node, s.If):
        return (node.test,)
    if isinstance(node, s.For):
        return (node.iterable,)
    if isinstance(node, s.With):
        return tuple(item for item, _ in node.items)
    if isinstance(node, (s.ExprStmt, s.Return, s.Assign, s.AugAssign, s.Jump)):
        return (node.value,) if node.value is not None else ()
    if isinstance(node, s.Assert):
        return (node.test,)
    return ()


def evaluated(expr: s.Expr, conditions: tuple[Condition, ...] = ()) -> Iterator[tuple[s.Expr, tuple[Condition, ...]]]:
    """Every expression inside one, outermost first, with what must hold for it to be evaluated."""
    yield expr, conditions
    if isinstance(expr, s.Op) and expr.op in ("and", "or"):
        for operand in expr.operands:
            yield from evaluated(operand, conditions)
            conditions = (*conditions, Condition(operand, expr.op == "and"))
    elif isinstance(expr, s.Cond):
        yield from evaluated(expr.test, conditions)
        yield from evaluated(expr.body, (*conditions, Condition(expr.test, True)))
        yield from evaluated(expr.orelse, (*conditions, Condition(expr.test, False)))
    else:
        for part in _parts(expr):
            yield from evaluated(part, conditions)


def _parts(record: msgspec.Struct) -> Iterator[s.Expr]:
    for field in record.__struct_fields__:
        yield from _expressions(getattr(record, field))


def _expressions(value: object) -> Iterator[s.Expr]:
    if isinstance(value, (s.Keyword, s.Clause, s.Param)):
        yield from _parts(value)
    elif isinstance(value, msgspec.Struct):
        yield value  # type: ignore[misc]  # a record inside an expression that is none of the above is an expression
    elif isinstance(value, tuple):
        for item in value:
            yield from _expressions(item)


def parts(node: s.Stmt) -> Iterator[s.Expr]:
    """Every expression that a statement evaluates itself, each one's parts too."""
    return (part for expr in own(node) for part, _ in evaluated(expr))


def all_parts(block: tuple[s.Stmt, ...]) -> Iterator[s.Expr]:
    """Every expression that a block may evaluate, whatever its conditions."""
    return (part for step in steps(block) for part in parts(step.node))


def facts(condition: Condition) -> Iterator[Condition]:
    """A condition taken apart: `a and b` holds where both do, `a or b` fails where both fail, `not` turns over."""
    test, holds = condition
    if isinstance(test, s.Op) and test.op == "not":
        yield from facts(Condition(test.operands[0], not holds))
    elif isinstance(test, s.Op) and test.op == ("and" if holds else "or"):
        for operand in test.operands:
            yield from facts(Condition(operand, holds))
    else:
        yield condition
