"""What Python's own string functions make of constants: how projects derive a table's name from a class's."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Sequence
from typing import Any

from linter.project.sqlalchemy.values import (
    NONE,
    UNKNOWN,
    Const,
    Items,
    Lib,
    Mapping,
    Member,
    UnknownValue,
    Value,
)

LONGEST_TEXT = 2000
LONGEST_LIST = 2000
LONGEST_PATTERN = 200
LONGEST_SUBJECT = 100

_TEXT_METHODS = frozenset({
    "capitalize", "casefold", "endswith", "find", "format", "isdigit", "islower", "isspace", "isupper", "join", "lower",
    "lstrip", "partition", "removeprefix", "removesuffix", "replace", "rpartition", "rsplit", "rstrip", "split",
    "startswith", "strip", "swapcase", "title", "upper",
})  # fmt: skip

_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "builtins.len": len,
    "builtins.str": str,
    "builtins.int": int,
    "builtins.bool": bool,
    "builtins.list": list,
    "builtins.tuple": tuple,
    "builtins.sorted": sorted,
    "builtins.reversed": lambda items: list(reversed(items)),
    "re.escape": re.escape,
}
_PATTERN_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "sub": re.sub,
    "split": re.split,
    "findall": re.findall,
}

# `(a+)+b` and `(a|a)*b` can run for ever on a short text, and so can many repeats in a row; no table name needs them.
_REPEATED_GROUP = re.compile(r"\)[*+{]")
_REPEAT = re.compile(r"[*+]|\{\d*,")
MOST_REPEATS = 3
_HUGE_WIDTH = re.compile(r"\d{4}")  # "%999999999d" is a gigabyte of spaces


_ORDER: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


class _Opaque(Exception):
    """A value that is no plain Python value."""


def plain(value: Value) -> Any:
    if isinstance(value, Const):
        return value.value
    if isinstance(value, Items) and value.whole:
        return [plain(item) for item in value.items]
    raise _Opaque


def lifted(value: Any) -> Value:
    """A result of one of these functions as a value."""
    if value is None or isinstance(value, (bool, int, float)):
        return Const(value)
    if isinstance(value, str) and len(value) <= LONGEST_TEXT:
        return Const(value)
    if isinstance(value, (list, tuple)) and len(value) <= LONGEST_TEXT:
        return Items(tuple(lifted(item) for item in value))
    return UNKNOWN


def method(base: Value, name: str, args: Sequence[Value]) -> Value:
    """A method of a string."""
    if not isinstance(base, Const) or not isinstance(base.value, str) or name not in _TEXT_METHODS:
        return UNKNOWN
    text = base.value
    if name == "format" and _HUGE_WIDTH.search(text):
        return UNKNOWN
    return _run(lambda *given: getattr(text, name)(*given), args)


def is_function(func: Lib) -> bool:
    package, _, name = func.dotted.rpartition(".")
    return func.dotted in _FUNCTIONS or (package == "re" and name in _PATTERN_FUNCTIONS)


def function(func: Lib, args: Sequence[Value]) -> Value:
    """A builtin, or a function of `re`; UNKNOWN for all else."""
    if func.dotted == "builtins.len" and len(args) == 1 and isinstance(args[0], Items):
        return Const(len(args[0].items)) if args[0].whole else UNKNOWN  # whatever the items are
    known = _FUNCTIONS.get(func.dotted)
    if known is not None:
        return _run(known, args)
    package, _, name = func.dotted.rpartition(".")
    if package == "re" and name in _PATTERN_FUNCTIONS and args:
        return pattern(name, args[0], args[1:])
    return UNKNOWN


def pattern(name: str, expression: Value, args: Sequence[Value]) -> Value:
    """`re.sub(expression, *args)` and its like."""
    text = expression.value if isinstance(expression, Const) else None
    if not isinstance(text, str) or len(text) > LONGEST_PATTERN:
        return UNKNOWN
    if _REPEATED_GROUP.search(text) or len(_REPEAT.findall(text)) > MOST_REPEATS:
        return UNKNOWN
    if any(isinstance(a, Const) and isinstance(a.value, str) and len(a.value) > LONGEST_SUBJECT for a in args):
        return UNKNOWN
    return _run(_PATTERN_FUNCTIONS[name], (expression, *args))


def _run(known: Callable[..., Any], args: Sequence[Value]) -> Value:
    try:
        return lifted(known(*(plain(arg) for arg in args)))
    except (_Opaque, TypeError, ValueError, LookupError, re.error, OverflowError, MemoryError, RecursionError):
        return UNKNOWN


def formatted(template: str, values: Value) -> Value:
    """`template % values`."""
    if _HUGE_WIDTH.search(template):
        return UNKNOWN
    try:
        given = plain(values)
        result = template % (tuple(given) if isinstance(given, list) else given)
    except (_Opaque, TypeError, ValueError, LookupError, OverflowError, MemoryError):
        return UNKNOWN
    return lifted(result)


def is_method_of_text(name: str) -> bool:
    return name in _TEXT_METHODS


def is_pattern_function(name: str) -> bool:
    return name in _PATTERN_FUNCTIONS


def _is_in(value: Value, items: Items) -> bool | None:
    """Whether a value is one of several; None where that is not known."""
    plain_ones = all(isinstance(item, Const) for item in (value, *items.items))
    if not isinstance(value, UnknownValue) and value in items.items:
        return True
    return False if items.whole and plain_ones else None


def operated(op: str, left: Value, right: Value) -> Value:
    if op == "%" and isinstance(left, Const) and isinstance(left.value, str):
        return formatted(left.value, right)
    if op == "+" and isinstance(left, Items) and isinstance(right, Items):
        both = left.items + right.items
        return Items(both, left.whole and right.whole) if len(both) <= LONGEST_LIST else UNKNOWN
    if op == "-" and isinstance(left, Items) and isinstance(right, Items):
        rest = [item for item in left.items if _is_in(item, right) is not True]
        return Items(tuple(rest), left.whole) if all(_is_in(item, right) is False for item in rest) else UNKNOWN
    if op in ("in", "not in") and isinstance(right, Items):
        holds = _is_in(left, right)
        return UNKNOWN if holds is None else Const(holds == (op == "in"))
    if op == "|" and isinstance(left, Mapping) and isinstance(right, Mapping):
        return Mapping({**left.entries, **right.entries}, left.whole and right.whole)
    if isinstance(left, Const) and isinstance(right, Const):
        if op in _ORDER and isinstance(left.value, (int, float)) and isinstance(right.value, (int, float)):
            return Const(_ORDER[op](left.value, right.value))
        if op == "+" and isinstance(left.value, str) and isinstance(right.value, str):
            return lifted(left.value + right.value)
        if op in ("==", "is"):
            return Const(left.value == right.value)
        if op in ("!=", "is not"):
            return Const(left.value != right.value)
        if op in ("in", "not in") and isinstance(left.value, str) and isinstance(right.value, str):
            return Const((left.value in right.value) == (op == "in"))
    if op in ("is", "is not") and right == NONE and not isinstance(left, (UnknownValue, Const, Member)):
        return Const(op == "is not")
    return UNKNOWN
