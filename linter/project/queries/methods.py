"""Which methods and expressions of Django's ORM are handed names of fields."""

from __future__ import annotations

import re

from linter.project.queries.verdicts import Vocabulary

FILTERS = frozenset({"filter", "exclude", "get", "complex_filter"})
CREATES_OR_GETS = frozenset({"get_or_create", "update_or_create"})
# What those are given besides the conditions: the values of a row that is made.
DEFAULTS = frozenset({"defaults", "create_defaults"})
ORDERS = frozenset({"order_by", "latest", "earliest", "distinct", "dates", "datetimes"})
VALUES = frozenset({"values", "values_list"})
EXPRESSIONS = frozenset({"annotate", "alias", "aggregate"})
ONLY = frozenset({"only", "defer"})
METHODS = FILTERS | CREATES_OR_GETS | ORDERS | VALUES | EXPRESSIONS | ONLY | {
    "create", "update", "select_related", "prefetch_related", "bulk_update", "bulk_create", "in_bulk", "save",
}  # fmt: skip
# Methods that are called so nowhere but on querysets: what one is called on is worth a record even if it is not known.
TELLING = CREATES_OR_GETS | ONLY | {
    "exclude", "order_by", "values_list", "annotate", "select_related", "prefetch_related", "aggregate", "bulk_update",
}  # fmt: skip
SHORTCUTS = frozenset({"get_object_or_404", "aget_object_or_404", "get_list_or_404", "aget_list_or_404"})
PREFETCHERS = frozenset({"prefetch_related_objects", "aprefetch_related_objects"})
CONSTRUCTORS = frozenset({"cls", "model", "klass", "__class__"})  # and whatever begins with a capital

# Django's expressions: which of their positional strings are names of fields (how many of the first).
ALL, FIRST = 99, 1
SOURCES = {
    **dict.fromkeys(("F", "Count", "Sum", "Avg", "Max", "Min", "StdDev", "Variance", "Aggregate"), FIRST),
    **dict.fromkeys(("Coalesce", "Greatest", "Least", "Concat", "ConcatPair", "Func", "SearchVector"), ALL),
    **dict.fromkeys(("NullIf", "Power", "Mod", "ATan2", "Log", "Corr", "CovarPop", "RegrCount"), 2),
    **dict.fromkeys(("Lower", "Upper", "Length", "Trim", "LTrim", "RTrim", "Reverse", "Chr", "Ord", "MD5"), FIRST),
    **dict.fromkeys(("SHA1", "SHA224", "SHA256", "SHA384", "SHA512", "Left", "Right", "Substr", "LPad"), FIRST),
    **dict.fromkeys(("RPad", "Repeat", "Replace", "Cast", "Collate", "Abs", "Ceil", "Floor", "Round", "Sign"), FIRST),
    **dict.fromkeys(("Sqrt", "Exp", "Ln", "Sin", "Cos", "Tan", "Degrees", "Radians", "FilteredRelation"), FIRST),
    **dict.fromkeys(("ExtractYear", "ExtractIsoYear", "ExtractMonth", "ExtractDay", "ExtractWeek"), FIRST),
    **dict.fromkeys(("ExtractWeekDay", "ExtractIsoWeekDay", "ExtractQuarter", "ExtractHour", "Extract"), FIRST),
    **dict.fromkeys(("ExtractMinute", "ExtractSecond", "TruncDate", "TruncDay", "TruncMonth", "TruncYear"), FIRST),
    **dict.fromkeys(("TruncWeek", "TruncQuarter", "TruncHour", "TruncMinute", "TruncSecond", "TruncTime"), FIRST),
    **dict.fromkeys(("Trunc", "ArrayAgg", "StringAgg", "JSONBAgg", "BoolAnd", "BoolOr", "BitAnd", "BitOr"), FIRST),
    **dict.fromkeys(("Lag", "Lead", "FirstValue", "LastValue", "NthValue", "TrigramSimilarity"), FIRST),
    **dict.fromkeys(("TrigramWordSimilarity", "SearchHeadline", "TrigramDistance", "OrderBy"), FIRST),
    "Window": 0,
}
SOURCE_KEYWORDS = {
    "expression": Vocabulary.VALUE,
    "partition_by": Vocabulary.VALUE,
    "order_by": Vocabulary.ORDER,
    "ordering": Vocabulary.ORDER,
    "relation_name": Vocabulary.VALUE,
}
AWAITED = frozenset({
    "aget", "acreate", "aupdate", "aget_or_create", "aupdate_or_create", "alatest", "aearliest", "asave",
    "aaggregate", "abulk_create", "abulk_update", "ain_bulk",
})  # fmt: skip
# Keyword arguments that are lists of names of columns.
FIELD_LISTS = {
    "save": {"update_fields": Vocabulary.COLUMNS},
    "bulk_update": {"fields": Vocabulary.COLUMNS},
    "bulk_create": {"update_fields": Vocabulary.COLUMNS, "unique_fields": Vocabulary.UPDATE},
    "in_bulk": {"field_name": Vocabulary.UPDATE},
}
CONDITIONS = frozenset({"Q", "When"})
# Names inside these are asked of another query than the one that they are handed to.
OF_OTHERS = frozenset({"OuterRef", "Subquery", "Exists", "ArraySubquery", "Value", "Prefetch", "RawSQL"})
SUBQUERIES = frozenset({"Subquery", "Exists", "ArraySubquery"})
# Functions that hand expressions on: `reduce(or_, [Q(…), Q(…)])`.
PASSING_ON = frozenset({"reduce", "list", "tuple"})

# What a text holds wherever such a call stands in it: the name of a method behind a dot, or that of a class before a
# bracket (`assertEqual(` is none), or one of a few words. `save()` is handed names in `update_fields` only.
# Blanks, comments and brackets may come in between.
_GAP = r"(?:[\s\\)]|#.*\n)*"
_NAMES = "|".join(sorted((METHODS | AWAITED) - {"save", "asave"}))
_METHOD = re.compile(rf"\.{_GAP}(?:{_NAMES})\b".encode())
_CLASS = re.compile(rf"[A-Z\x80-\xff](?<!\w[A-Z])\w*{_GAP}\(".encode("latin-1"))
_MODEL = re.compile(rb"model\b")
_WORDS = [word.encode() for word in {"update_fields", "_404", *PREFETCHERS, *CONSTRUCTORS} - {"model"}]


def may_call(text: bytes) -> bool:
    """Whether a function may call the ORM, by its text: a gate before that is parsed."""
    return bool(
        _METHOD.search(text) or _CLASS.search(text) or _MODEL.search(text) or any(word in text for word in _WORDS)
    )
