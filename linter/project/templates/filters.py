"""What filters make of a value's type. One that is not listed gives something unknown."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from linter.project.types import (
    INT,
    NONE,
    STR,
    UNKNOWN,
    Constant,
    DictType,
    QuerySet,
    Scalar,
    Sequence,
    TupleType,
    Type,
    UnknownType,
    members,
    union,
)

if TYPE_CHECKING:
    from linter.project.templates.lookup import Lookup

_TEXT = frozenset({
    # Django
    "addslashes", "capfirst", "center", "cut", "date", "escape", "escapejs", "filesizeformat", "floatformat",
    "force_escape", "get_digit", "iriencode", "join", "json_script", "linebreaks", "linebreaksbr", "linenumbers", "ljust",
    "lower", "phone2numeric", "pluralize", "pprint", "rjust", "slugify", "stringformat", "striptags", "time", "timesince",
    "timeuntil", "title", "truncatechars", "truncatechars_html", "truncatewords", "truncatewords_html", "unordered_list",
    "upper", "urlencode", "urlize", "urlizetrunc", "wordwrap", "yesno",
    # Jinja
    "capitalize", "e", "forceescape", "format", "indent", "replace", "string", "tojson", "trim", "truncate", "xmlattr",
    # django.contrib.humanize
    "apnumber", "intcomma", "intword", "naturalday", "naturaltime", "ordinal",
})  # fmt: skip
_NUMBERS = frozenset({"abs", "count", "float", "int", "length", "round", "sum", "wordcount"})
_SAME = frozenset({
    # Django
    "dictsortreversed", "escapeseq", "localize", "localtime", "safe", "safeseq", "timezone", "unlocalize", "utc",
    # Jinja
    "list", "reject", "rejectattr", "reverse", "select", "selectattr", "sort", "unique",
})  # fmt: skip

Rule = Callable[["Lookup", Type, tuple[Type, ...]], Type]


def filtered(lookup: Lookup, name: str, value: Type, args: tuple[Type, ...]) -> Type:
    rule = _RULES.get(name)
    if rule is not None:
        return rule(lookup, value, args)
    if name in _TEXT:
        return STR
    if name in _NUMBERS:
        return INT
    if name in _SAME:
        return _rows(lookup, value) if name in ("list", "reverse", "sort") else value
    return UNKNOWN


def _rows(lookup: Lookup, value: Type) -> Type:
    return value if isinstance(value, (UnknownType, Sequence)) else Sequence(lookup.flow.iterate(value))


def _first(lookup: Lookup, value: Type, args: tuple[Type, ...]) -> Type:
    return lookup.flow.item(value, 0)


def _any(lookup: Lookup, value: Type, args: tuple[Type, ...]) -> Type:
    return lookup.flow.item(value, None)


def _default(lookup: Lookup, value: Type, args: tuple[Type, ...]) -> Type:
    present = [member for member in members(value) if member != NONE and member != Constant("")]
    return union(*present, *(args[:1] or (NONE,)))


def _sliced(lookup: Lookup, value: Type, args: tuple[Type, ...]) -> Type:
    """Django's takes a part; Jinja's makes groups."""
    if lookup.is_jinja:
        return Sequence(Sequence(lookup.flow.iterate(value)))
    if all(isinstance(member, (QuerySet, Sequence)) for member in members(value)):
        return value
    return Sequence(lookup.flow.iterate(value)) if isinstance(value, TupleType) else UNKNOWN


def _batches(lookup: Lookup, value: Type, args: tuple[Type, ...]) -> Type:
    return Sequence(Sequence(lookup.flow.iterate(value)))


def _groups(lookup: Lookup, value: Type, args: tuple[Type, ...]) -> Type:
    """Jinja's groups can be unpacked, and have names."""
    rows = Sequence(lookup.flow.iterate(value))
    return Sequence(DictType((("grouper", UNKNOWN), ("list", rows), ("0", UNKNOWN), ("1", rows)), True))


def _pairs(lookup: Lookup, value: Type, args: tuple[Type, ...]) -> Type:
    """Jinja's `dict|items` and `dict|dictsort`; Django's dictsort sorts rows."""
    kinds = members(value)
    if not all(isinstance(kind, DictType) for kind in kinds):
        return value
    values = [v for kind in kinds if isinstance(kind, DictType) for _, v in kind.items]
    is_open = any(isinstance(kind, DictType) and kind.is_open for kind in kinds)
    return Sequence(TupleType((STR, UNKNOWN if is_open else union(*values))))


_RULES: dict[str, Rule] = {
    "first": _first,
    "last": _any,
    "random": _any,
    "min": _any,
    "max": _any,
    "default": _default,
    "d": _default,
    "default_if_none": _default,
    "slice": _sliced,
    "batch": _batches,
    "groupby": _groups,
    "items": _pairs,
    "dictsort": _pairs,
    "divisibleby": lambda lookup, value, args: Scalar("bool"),
}
