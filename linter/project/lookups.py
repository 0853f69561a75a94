"""Paths through models as the ORM reads them: `project__owner__email__icontains`, `check_set`, `-created`.

Each way of naming things has a grammar of its own. A path is valid, or invalid at one of its parts, or it cannot be said.
"""

from __future__ import annotations

from difflib import get_close_matches
from enum import Enum
from typing import NamedTuple, Union

from linter.facts import syntax as s
from linter.project.models.model import Field, Model, Reverse
from linter.project.units import ClassSymbol

Member = Union[Field, Reverse, None]

COMMON = frozenset({
    "exact", "iexact", "contains", "icontains", "in", "gt", "gte", "lt", "lte", "startswith", "istartswith",
    "endswith", "iendswith", "range", "isnull", "regex", "iregex",
})  # fmt: skip
RELATED = frozenset({"exact", "in", "gt", "gte", "lt", "lte", "isnull"})
DATE_PARTS = frozenset({
    "year", "iso_year", "quarter", "month", "week", "week_day", "iso_week_day", "day", "date", "time", "hour",
    "minute", "second",
})  # fmt: skip
DATES = frozenset({"DateField", "DateTimeField", "TimeField"})
# Fields of Django's own whose lookups are those of every field; of any other kind of field nothing is said.
PLAIN = DATES | frozenset(
    {
        "AutoField", "BigAutoField", "SmallAutoField", "BigIntegerField", "BooleanField", "CharField", "DecimalField",
        "DurationField", "EmailField", "FileField", "FilePathField", "FloatField", "ImageField", "IntegerField",
        "GenericIPAddressField", "NullBooleanField", "PositiveIntegerField", "PositiveBigIntegerField",
        "PositiveSmallIntegerField", "SlugField", "SmallIntegerField", "TextField", "URLField", "UUIDField",
        "BinaryField",
    }
)  # fmt: skip


_USUAL = sorted(COMMON | DATE_PARTS)


class Status(Enum):
    VALID = "valid"
    INVALID = "invalid"
    UNKNOWN = "unknown"


class Verdict(NamedTuple):
    """`part` is the index of the part that does not fit, `model` the one that lacks it (None for a lookup of `field`)."""

    status: Status
    part: int = 0
    model: Model | None = None
    field: Field | None = None


VALID = Verdict(Status.VALID)
UNKNOWN = Verdict(Status.UNKNOWN)


class Names(NamedTuple):
    """What a queryset knows besides its model: annotations and aliases, and whether there may be others."""

    extra: frozenset[str] = frozenset()
    is_open: bool = False


class Paths:
    """`registered`: the lookups and transforms that the project's own classes are; `is_open`: it registers some, perhaps
    not only its own."""

    def __init__(self, registered: frozenset[str] = frozenset(), is_open: bool = False) -> None:
        self.registered = registered
        self.is_open = is_open

    # --- what filter() and its like accept ---

    def filter(self, model: Model, path: str, names: Names) -> Verdict:
        return self._path(model, path.split("__"), names, lookups=True)

    def value(self, model: Model, path: str, names: Names) -> Verdict:
        """`values("a__b")`, `F("a__b")`, `Count("a__b")`: fields and transforms, no lookups."""
        if path == "*":
            return VALID
        return self._path(model, path.split("__"), names, lookups=False)

    def order(self, model: Model, path: str, names: Names) -> Verdict:
        if path == "?":
            return VALID
        return self.value(model, path.lstrip("-+"), names)

    def _path(self, model: Model, parts: list[str], names: Names, lookups: bool) -> Verdict:
        for count in range(1, len(parts) + 1):
            if "__".join(parts[:count]) in names.extra:  # an annotation hides a field, as in Query.solve_lookup_type
                rest = parts[count:]
                fits = not rest or (lookups and len(rest) == 1 and rest[0] in COMMON)
                return VALID if fits else UNKNOWN
        at: Model = model
        for index, part in enumerate(parts):
            member = query_member(at, part)
            if member is None:
                if index == 0:
                    return self._no_member(at, part, index, names)
                return self._relation_tail(at, parts[index:], index, lookups)
            following = related_model(member)
            if is_relation(member):
                if following is None:
                    return VALID if index + 1 == len(parts) else UNKNOWN
                at = following
                continue
            assert isinstance(member, Field)
            return self._field_tail(member, parts[index + 1 :], index + 1, lookups)
        return VALID

    def _no_member(self, model: Model, part: str, index: int, names: Names) -> Verdict:
        if names.is_open:
            return UNKNOWN
        return Verdict(Status.INVALID, index, model) if lacks(model, part) else UNKNOWN

    def _relation_tail(self, model: Model, rest: list[str], index: int, lookups: bool) -> Verdict:
        """What follows a relation and is no name of the related model: a lookup on the relation itself."""
        if rest[0] in RELATED:
            return VALID if lookups and len(rest) == 1 else UNKNOWN
        if rest[0] in COMMON or rest[0] in self.registered:
            return UNKNOWN
        return Verdict(Status.INVALID, index, model) if lacks(model, rest[0]) else UNKNOWN

    def _field_tail(self, field: Field, rest: list[str], index: int, lookups: bool) -> Verdict:
        """What follows a field: transforms, then perhaps one lookup."""
        if not rest or field.type == "JSONField":  # any key of a JSON value may follow
            return VALID
        if field.type not in PLAIN or not _is_django(field):
            fits = len(rest) == 1 and lookups and (rest[0] in COMMON or rest[0] in self.registered)
            return VALID if fits else UNKNOWN
        for offset, part in enumerate(rest):
            if part in DATE_PARTS and field.type in DATES:
                continue
            if lookups and part in COMMON and offset + 1 == len(rest):
                return VALID
            if part in self.registered:
                return VALID if offset + 1 == len(rest) else UNKNOWN
            if part in COMMON or part in DATE_PARTS or part in _POSTGRES:
                return UNKNOWN  # a lookup where none fits, or one that another app brings
            if self.is_open and not get_close_matches(part, _USUAL, 1, 0.8):
                return UNKNOWN  # perhaps registered by other means; a misspelt one is near to a usual one
            return Verdict(Status.INVALID, index + offset, None, field)
        return VALID

    # --- other ways of naming ---

    def only(self, model: Model, path: str) -> Verdict:
        """`only()`, `defer()`: fields along forward relations."""
        at = model
        parts = path.split("__")
        for index, part in enumerate(parts):
            field = field_of(at, part)
            if field is None:
                if part in at.query_names or at.open:
                    return UNKNOWN
                return Verdict(Status.INVALID, index, at) if lacks(at, part) else UNKNOWN
            if index + 1 == len(parts):
                return VALID
            if field.related is None:
                return UNKNOWN
            at = field.related
        return VALID

    def select(self, model: Model, path: str, names: Names) -> Verdict:
        """`select_related()`: forward relations to one row, and reverse one-to-one relations."""
        at = model
        for index, part in enumerate(path.split("__")):
            if index == 0 and part in names.extra:
                return UNKNOWN
            field = at.fields.get(part)
            reverse = at.query_names.get(part)
            if field is not None and field.is_relation and not field.many_to_many:
                following = field.related
            elif reverse is not None and reverse.is_single:
                following = reverse.model
            else:
                known = field is not None or reverse is not None
                if at.open or not (known or lacks(at, part)) or (index == 0 and names.is_open):
                    return UNKNOWN
                return Verdict(Status.INVALID, index, at, field)
            if following is None:
                return VALID if path.endswith(part) else UNKNOWN
            at = following
        return VALID

    def prefetch(self, model: Model, path: str, names: Names, known: frozenset[str]) -> Verdict:
        """`prefetch_related()`: attributes of instances. `known`: attributes that anything may have been given."""
        at = model
        parts = path.split("__")
        for index, part in enumerate(parts):
            field, reverse = at.fields.get(part), at.accessors.get(part)
            if field is not None and field.is_relation:
                following = field.related
            elif reverse is not None:
                following = reverse.model
            elif (index == 0 and (part in names.extra or names.is_open)) or part in known:
                return UNKNOWN
            else:
                known_here = at.open or at.abstract or at.has_attribute(part) or part in at.possible_names
                return UNKNOWN if known_here or answers_all(at) else Verdict(Status.INVALID, index, at)
            if following is None:
                return VALID if index + 1 == len(parts) else UNKNOWN
            at = following
        return VALID

    def write(self, model: Model, name: str) -> Verdict:
        """A keyword of `create()` or of the model itself."""
        field = field_of(model, name)
        if name == "pk" or (field is not None and not field.many_to_many) or has_setter(model, name):
            return VALID
        if model.has_attribute(name) or name in model.query_names:
            return UNKNOWN  # other attributes of the class, and related managers, are mistakes of another kind
        return Verdict(Status.INVALID, 0, model) if lacks(model, name) else UNKNOWN

    def update(self, model: Model, name: str) -> Verdict:
        """A column to write: `update()`, `save(update_fields=…)`, `bulk_update()`."""
        field = field_of(model, name)
        if field is not None:
            return VALID if not field.many_to_many and not field.is_generic else UNKNOWN
        if name == "pk" or name in model.query_names:
            return UNKNOWN
        return Verdict(Status.INVALID, 0, model) if lacks(model, name) else UNKNOWN


def lacks(model: Model, name: str) -> bool:
    """Whether no query can know a name of a model; an abstract model is not queried itself."""
    return not model.abstract and model.lacks_lookup(name)


def query_member(model: Model, name: str) -> Member:
    """The field or reverse relation that a part of a path means."""
    if name == "pk":
        name = model.pk or name
    field = field_of(model, name)
    if field is not None:
        return None if field.is_generic else field
    return model.query_names.get(name)


def field_of(model: Model, name: str) -> Field | None:
    """By name, or by the name of its column's attribute (`author_id`)."""
    field = model.fields.get(name)
    if field is not None:
        return field
    return next((f for f in model.fields.values() if f.attname == name), None)


def is_relation(member: Member) -> bool:
    if isinstance(member, Reverse):
        return True
    return member is not None and member.is_relation


def related_model(member: Member) -> Model | None:
    if isinstance(member, Reverse):
        return member.model
    return member.related if member is not None else None


_POSTGRES = frozenset({
    "unaccent", "search", "trigram_similar", "trigram_word_similar", "trigram_strict_word_similar", "len",
    "overlap",
})  # fmt: skip


def has_setter(model: Model, name: str) -> bool:
    """Whether a class of a model defines a property of this name that can be assigned to."""
    for cls in model.index.names.mro(model.symbol)[0]:
        if isinstance(cls, ClassSymbol) and name in cls.names:
            return any(
                isinstance(decorator, s.Attr) and decorator.name == "setter"
                for binding in cls.names[name]
                if isinstance(binding.node, s.FunctionDef)
                for decorator in binding.node.decorators
            )
    return False


def answers_all(model: Model) -> bool:
    """Whether a class of a model answers for names of its own making."""
    return any(
        isinstance(cls, ClassSymbol) and ("__getattr__" in cls.names or "__getattribute__" in cls.names)
        for cls in model.index.names.mro(model.symbol)[0]
    )


def _is_django(field: Field) -> bool:
    return field.type_symbol.dotted.startswith("django.db.models.")
