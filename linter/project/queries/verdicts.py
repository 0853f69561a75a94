"""What is thought of a name: valid, or invalid at one of its parts, or it cannot be said."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from linter.project.models.model import Field, Model, Reverse


class Status(Enum):
    VALID = "valid"
    INVALID = "invalid"
    UNKNOWN = "unknown"


class Fault(Enum):
    """Why a name cannot be written."""

    MISSING = "there is nothing of this name"
    NO_FIELD = "a method, property or other attribute"
    READ_ONLY = "a property without a setter"
    MANY = "a relation to many rows"
    REVERSE = "a relation that another model declares"
    NO_COLUMN = "a field without a column of its own"
    KEY = "the primary key"
    LETTERS = "a string where a list is asked for"


class Verdict(msgspec.Struct, frozen=True):
    """`part` is the index of the part that does not fit, `model` the one that lacks it (None for a lookup of `field`),
    `before` the field or relation that the path has come through; `why` is said of names that are to be written."""

    status: Status
    part: int = 0
    model: Model | None = None
    field: Field | None = None
    before: Field | Reverse | None = None
    why: Fault | None = None


VALID = Verdict(Status.VALID)
UNKNOWN = Verdict(Status.UNKNOWN)


class Names(msgspec.Struct, frozen=True):
    """What a queryset knows besides its model: annotations and aliases, and whether there may be others."""

    extra: frozenset[str] = frozenset()
    is_open: bool = False


class Vocabulary(Enum):
    """The ways of naming a field, each with a grammar of its own."""

    FILTER = "filter"  # filter(), Q(), When(): paths, transforms and a lookup
    VALUE = "value"  # values(), F(), Count(): paths and transforms
    ORDER = "order"  # order_by(), latest(), distinct(): the same with a sign
    ONLY = "only"  # only(), defer(): fields along forward relations
    SELECT = "select"  # select_related(): relations to one row
    PREFETCH = "prefetch"  # prefetch_related(): attributes of instances
    WRITE = "write"  # create(), a model's own call: fields and properties with a setter
    UPDATE = "update"  # update(), bulk_create(unique_fields=…): columns
    COLUMNS = "columns"  # save(update_fields=…), bulk_update(): columns but the primary key
    LETTERS = "letters"  # a string where one of those lists is asked for
