"""Small questions about expressions: which calls are in one, and what string it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from linter.facts import syntax as s


def calls(expr: s.Expr) -> Iterator[s.Call]:
    """The calls in an expression, outermost first; those in lambdas and comprehensions are not made here."""
    if isinstance(expr, s.Call):
        yield expr
        yield from calls(expr.func)
        for arg in expr.args:
            yield from calls(arg)
        for keyword in expr.keywords:
            yield from calls(keyword.value)
    elif isinstance(expr, s.Attr):
        yield from calls(expr.value)
    elif isinstance(expr, s.Op):
        for operand in expr.operands:
            yield from calls(operand)
    elif isinstance(expr, s.Cond):
        for part in (expr.test, expr.body, expr.orelse):
            yield from calls(part)
    elif isinstance(expr, (s.Starred, s.Await, s.Walrus)):
        yield from calls(expr.value)


def text_of(
    expr: s.Expr, known: Mapping[str, str], returned: Callable[[s.Call], str | None] = lambda call: None
) -> str | None:
    """A string made of literals and known local names; `returned` says what a call gives."""
    if isinstance(expr, s.Str):
        return expr.value
    if isinstance(expr, s.Name):
        return known.get(expr.id)
    if isinstance(expr, s.Attr) and isinstance(expr.value, s.Name):
        return known.get(f"{expr.value.id}.{expr.name}")
    if isinstance(expr, s.Call):
        return returned(expr)
    if isinstance(expr, s.FString):
        return _joined(expr.parts, known)
    if isinstance(expr, s.Op) and expr.op == "+":
        return _joined(expr.operands, known)
    if isinstance(expr, s.Op) and expr.op == "%" and isinstance(expr.operands[0], s.Str):
        values = expr.operands[1].items if isinstance(expr.operands[1], s.Seq) else (expr.operands[1],)
        parts = [text_of(value, known) for value in values]
        template = expr.operands[0].value
        if None in parts or template.count("%s") != len(parts) or template.count("%") != len(parts):
            return None
        return template % tuple(parts)
    return None


def _joined(parts: tuple[s.Expr, ...], known: Mapping[str, str]) -> str | None:
    texts = [text_of(part, known) for part in parts]
    return None if None in texts else "".join(t for t in texts if t is not None)
