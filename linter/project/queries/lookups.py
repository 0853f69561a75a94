"""What may follow a field in a path: transforms, then perhaps one lookup. As Django registers them, by kind of field."""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches
from typing import TYPE_CHECKING

from linter.project.models.field_classes import is_django
from linter.project.models.model import Field
from linter.project.queries.members import Member
from linter.project.queries.verdicts import UNKNOWN, VALID, Status, Verdict
from linter.project.units import ClassSymbol

if TYPE_CHECKING:
    from linter.project.models.model import Model

COMMON = frozenset({
    "exact", "iexact", "contains", "icontains", "in", "gt", "gte", "lt", "lte", "startswith", "istartswith",
    "endswith", "iendswith", "range", "isnull", "regex", "iregex",
})  # fmt: skip
RELATED = frozenset({"exact", "in", "gt", "gte", "lt", "lte", "isnull"})
_DATE = dict.fromkeys(
    ("year", "iso_year", "quarter", "month", "week", "week_day", "iso_week_day", "day"), "plain"
)  # fmt: skip
_TIME = dict.fromkeys(("hour", "minute", "second"), "plain")
# Which transforms each family of fields has, and the family of what they give.
TRANSFORMS = {
    "date": _DATE,
    "time": _TIME,
    "datetime": {**_DATE, **_TIME, "date": "date", "time": "time"},
}
_PLAIN = (
    "AutoField", "BigAutoField", "SmallAutoField", "BigIntegerField", "BooleanField", "DecimalField", "DurationField",
    "FileField", "ImageField", "FloatField", "IntegerField", "GenericIPAddressField", "NullBooleanField",
    "PositiveIntegerField", "PositiveBigIntegerField", "PositiveSmallIntegerField", "SmallIntegerField", "UUIDField",
    "BinaryField",
)  # fmt: skip
_TEXT = ("CharField", "TextField", "EmailField", "SlugField", "URLField", "FilePathField", "CommaSeparatedIntegerField")
# Django's own fields; of any other kind nothing is said.
FAMILIES = {
    **{f"django.db.models.fields.{name}": "plain" for name in _PLAIN},
    **{f"django.db.models.fields.{name}": "text" for name in _TEXT},
    "django.db.models.fields.files.FileField": "plain",
    "django.db.models.fields.files.ImageField": "plain",
    "django.db.models.fields.DateField": "date",
    "django.db.models.fields.DateTimeField": "datetime",
    "django.db.models.fields.TimeField": "time",
    "django.db.models.fields.json.JSONField": "free",
    "django.contrib.postgres.fields.hstore.HStoreField": "free",
    "django.contrib.postgres.fields.array.ArrayField": "array",
    "django.contrib.postgres.fields.ranges.RangeField": "range",
}
_RELATIONS = frozenset({"foreign_key", "one_to_one", "many_to_many"})
_OWN_LOOKUPS = ("get_lookup", "get_transform", "get_lookups", "get_class_lookups", "class_lookups")
_POSTGRES_TEXT = frozenset({
    "unaccent", "search", "trigram_similar", "trigram_word_similar", "trigram_strict_word_similar",
})  # fmt: skip
_ARRAY = frozenset({"contains", "contained_by", "overlap", "len"})
_RANGE = frozenset({
    "contains", "contained_by", "overlap", "fully_lt", "fully_gt", "not_lt", "not_gt", "adjacent_to", "startswith",
    "endswith", "isempty", "lower_inc", "lower_inf", "upper_inc", "upper_inf",
})  # fmt: skip
_ANYWHERE = sorted(COMMON | set(TRANSFORMS["datetime"]))


class Lookups:
    """`registered`: the lookups and transforms that the project's own classes are; `is_open`: it registers some, perhaps
    not only its own; `postgres()`: whether Django's app for PostgreSQL is in use, None where that is not known."""

    def __init__(
        self,
        registered: frozenset[str] = frozenset(),
        is_open: bool = False,
        postgres: Callable[[], bool | None] = lambda: None,
    ) -> None:
        self.registered = registered
        self.is_open = is_open
        self.postgres = postgres
        self._families: dict[object, str] = {}

    def after_field(self, field: Field, rest: list[str], index: int, lookups: bool) -> Verdict:
        """What follows a field, from part `index` of the path on; without `lookups` only transforms may."""
        family = self.family(field)
        for offset, part in enumerate(rest):
            is_last = offset + 1 == len(rest)
            if family == "free":  # any key of a JSON value may follow
                return VALID
            if lookups and is_last and part in COMMON:
                return VALID
            following = TRANSFORMS.get(family, {}).get(part)
            if following is None:
                return self._unusual(field, family, part, index + offset, lookups and is_last)
            family = following
        return VALID

    def _unusual(self, field: Field, family: str, part: str, index: int, may_be_lookup: bool) -> Verdict:
        """What is neither a lookup of every field nor a transform of this one."""
        if part in self.registered:
            return VALID if may_be_lookup else UNKNOWN
        if family in ("array", "range"):
            known = part in (_ARRAY if family == "array" else _RANGE) or part[:1].isdigit()
            return VALID if known and may_be_lookup else UNKNOWN
        if family in ("", "registered"):
            return UNKNOWN
        if part in _POSTGRES_TEXT or part in _RANGE - COMMON or part == "len":
            in_use = self.postgres()
            if in_use is not False:
                return VALID if in_use and may_be_lookup and family == "text" and part in _POSTGRES_TEXT else UNKNOWN
        if self.is_open and (part in _ANYWHERE or not get_close_matches(part, _ANYWHERE, 1, 0.8)):
            return UNKNOWN  # perhaps registered by other means; a misspelt one is near to a usual one
        return Verdict(Status.INVALID, index, None, field, field)

    def after_relation(
        self, model: Model, member: Member, rest: list[str], index: int, lookups: bool
    ) -> Verdict | None:
        """What follows a relation and is no name of the related model: a lookup on the relation itself. None where it is
        no lookup either."""
        part = rest[0]
        if part in self.registered or not lookups:
            return UNKNOWN if part in self.registered else None
        if part in RELATED and len(rest) == 1:
            return VALID
        if part not in COMMON:
            return None
        if self.is_open or not model.lacks_lookup(part) or model.abstract:
            return UNKNOWN
        field = member if isinstance(member, Field) else member.field if member is not None else None
        if field is None or field.field_class.kind not in _RELATIONS or not self._has_django_lookups(field):
            return UNKNOWN
        return Verdict(Status.INVALID, index, None, field, member)

    def _has_django_lookups(self, field: Field) -> bool:
        """Whether the classes of a relation bring no lookups of their own."""
        symbol = field.type_symbol
        if not isinstance(symbol, ClassSymbol):
            return symbol.dotted.startswith("django.db.models.")
        for cls in field.model.index.names.mro(symbol)[0]:
            if not isinstance(cls, ClassSymbol) or any(name in cls.names for name in _OWN_LOOKUPS):
                return isinstance(cls, ClassSymbol) and is_django(cls)
        return True

    def family(self, field: Field) -> str:
        """The family of Django's fields that a field's class belongs to, "" where its lookups may be others."""
        symbol = field.type_symbol
        known = self._families.get(symbol)
        if known is None:
            known = self._families[symbol] = self._family(field)
        return known

    def _family(self, field: Field) -> str:
        symbol = field.type_symbol
        if not isinstance(symbol, ClassSymbol):
            return FAMILIES.get(symbol.dotted, "")
        for cls in field.model.index.names.mro(symbol)[0]:
            found = FAMILIES.get(cls.dotted)
            if found is not None:
                return found
            if not isinstance(cls, ClassSymbol) or any(name in cls.names for name in _OWN_LOOKUPS):
                return ""
            if cls.node.decorators:
                return ""
        return ""
