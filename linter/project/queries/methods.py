"""Which methods and expressions of Django's ORM are handed names of fields."""

from __future__ import annotations

from linter.project.queries.verdicts import Vocabulary

FILTERS = frozenset({"filter", "exclude", "get", "complex_filter"})
CREATES_OR_GETS = frozenset({"get_or_create", "update_or_create"})
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

# Django's expressions: which of their positional strings are names of fields ("all", or how many of the first).
ALL, FIRST = 99, 1
SOURCES = {
    **dict.fromkeys(("F", "Count", "Sum", "Avg", "Max", "Min", "StdDev", "Variance"), FIRST),
    **dict.fromkeys(("Coalesce", "Greatest", "Least", "Concat", "NullIf"), ALL),
    **dict.fromkeys(("Lower", "Upper", "Length", "Trim", "Cast", "Abs", "Ceil", "Floor", "Round"), FIRST),
    **dict.fromkeys(("ExtractYear", "ExtractMonth", "ExtractDay", "ExtractWeek", "ExtractHour", "Extract"), FIRST),
    **dict.fromkeys(("TruncDate", "TruncDay", "TruncMonth", "TruncYear", "TruncWeek", "TruncHour", "Trunc"), FIRST),
    **dict.fromkeys(("ArrayAgg", "StringAgg", "JSONBAgg", "BoolAnd", "BoolOr"), FIRST),
}
AWAITED = frozenset({
    "aget", "acreate", "aupdate", "aget_or_create", "aupdate_or_create", "alatest", "aearliest", "asave",
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
OF_OTHERS = frozenset({"OuterRef", "Subquery", "Exists", "Value", "Prefetch", "RawSQL"})
