"""Code that expects a query to fail: `with self.assertRaises(FieldError)`, `try: … except FieldError`, and an `except` that
asks the same rows again in other words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from linter.facts import syntax as s
from linter.project.flow.walk import CHILDREN
from linter.project.imports.modules import is_test
from linter.project.names import last_name
from linter.project.queries.methods import FILTERS
from linter.project.units import Unit

_FIELD_ERRORS = frozenset({"FieldError", "FieldDoesNotExist"})
_ANY = _FIELD_ERRORS | {"ValueError", "TypeError", "AttributeError", "Exception", "BaseException", "NotSupportedError"}
_RAISES = frozenset({"assertRaises", "assertRaisesMessage", "assertRaisesRegex", "raises"})


def expects_error(unit: Unit, function: s.FunctionDef | None) -> bool:
    """Whether something in a function expects that a name is wrong; in tests any such error, also of what comes later
    (many querysets fail only when they are evaluated)."""
    block = unit.body(function).statements if function is not None else unit.module.body
    errors = _ANY if is_test(unit.path) else _FIELD_ERRORS
    return any(not errors.isdisjoint(names) for names in _expected(block, is_test(unit.path)))


def _expected(block: Iterable[s.Stmt], in_test: bool) -> Iterator[set[str]]:
    """The names of the exceptions that the statements of a block expect."""
    for node in block:
        if isinstance(node, s.Try):
            asked = set(_asked(node.body))
            for handler in node.handlers:
                if not asked.isdisjoint(_asked(handler.body)):
                    yield set(_FIELD_ERRORS)
                yield set(_names(handler.type)) & (_ANY if in_test else _FIELD_ERRORS)
            for inner in (node.body, *(h.body for h in node.handlers), node.orelse, node.final):
                yield from _expected(inner, in_test)
        elif isinstance(node, s.With):
            for context, _ in node.items:
                yield _raised(context)
            yield from _expected(node.body, in_test)
        elif isinstance(node, (s.If, s.For)):
            yield from _expected((*node.body, *node.orelse), in_test)
        elif isinstance(node, s.ExprStmt):
            yield _raised(node.value)


def _asked(node: object) -> Iterator[str]:
    """The variables of which a query is made."""
    if isinstance(node, tuple):
        for item in node:
            yield from _asked(item)
    elif isinstance(node, s._Record):
        if isinstance(node, s.Call) and isinstance(node.func, s.Attr) and node.func.name in FILTERS:
            if isinstance(node.func.value, s.Name):
                yield node.func.value.id
        for name in node.__struct_fields__:
            yield from _asked(getattr(node, name))


def _raised(expr: s.Expr) -> set[str]:
    """`assertRaises(FieldError)`, `pytest.raises((FieldError, ValueError))`."""
    if not isinstance(expr, s.Call) or not expr.args:
        return set()
    func = expr.func
    name = last_name(func)
    return set(_names(expr.args[0])) if name in _RAISES else set()


def _names(expr: s.Expr | None) -> Iterator[str]:
    if isinstance(expr, s.Name):
        yield expr.id
    elif isinstance(expr, s.Attr):
        yield expr.name
    elif isinstance(expr, s.Seq):
        for item in expr.items:
            yield from _names(item)
    elif expr is not None:
        for child in CHILDREN.get(type(expr), lambda _: ())(expr):
            yield from _names(child)
