"""Expressions that stand in strings: annotations, and what relationships are given to be worked out later."""

from __future__ import annotations

import ast

from linter.facts import syntax as s

_COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Is: "is", ast.IsNot: "is not", ast.Gt: ">", ast.GtE: ">=", ast.Lt: "<", ast.LtE: "<=",
    ast.In: "in", ast.NotIn: "not in",
}  # fmt: skip
_OPERATORS: dict[type[ast.operator], str] = {ast.BitOr: "|", ast.BitAnd: "&", ast.Add: "+"}


def parsed(text: str) -> s.Expr:
    """The expression that a string holds; Unknown where it holds none."""
    try:
        return _converted(ast.parse(text.strip(), mode="eval").body)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return s.Unknown()


def _converted(node: ast.expr) -> s.Expr:
    if isinstance(node, ast.Name):
        return s.Name(node.id)
    if isinstance(node, ast.Attribute):
        return s.Attr(_converted(node.value), node.attr)
    if isinstance(node, ast.Subscript):
        return s.Sub(_converted(node.value), _converted(node.slice))
    if isinstance(node, ast.Tuple):
        return s.Seq("tuple", _all(node.elts))
    if isinstance(node, (ast.List, ast.Set)):
        return s.Seq("list" if isinstance(node, ast.List) else "set", _all(node.elts))
    if isinstance(node, ast.BinOp):
        operator = _OPERATORS.get(type(node.op))
        return s.Op(operator, _all([node.left, node.right])) if operator else s.Unknown()
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.Not, ast.Invert)):
        return s.Op("not" if isinstance(node.op, ast.Not) else "~", _all([node.operand]))
    if isinstance(node, ast.BoolOp):
        return s.Op("and" if isinstance(node.op, ast.And) else "or", _all(node.values))
    if isinstance(node, ast.Compare):
        operator = _COMPARISONS.get(type(node.ops[0])) if len(node.ops) == 1 else None
        return s.Op(operator, _all([node.left, *node.comparators])) if operator else s.Unknown()
    if isinstance(node, ast.Call):
        keywords = tuple(s.Keyword(keyword.arg or "", _converted(keyword.value)) for keyword in node.keywords)
        return s.Call(_converted(node.func), _all(node.args), keywords)
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str):
            return s.Str(node.value)
        if node.value is None or isinstance(node.value, (bool, int, float)):
            return s.Lit(node.value)
    return s.Unknown()


def _all(nodes: list[ast.expr]) -> tuple[s.Expr, ...]:
    return tuple(_converted(node) for node in nodes)


def dotted(expr: s.Expr) -> list[str] | None:
    """The parts of a dotted name; None for what is something else."""
    parts: list[str] = []
    while isinstance(expr, s.Attr):
        parts.append(expr.name)
        expr = expr.value
    return [expr.id, *reversed(parts)] if isinstance(expr, s.Name) else None
