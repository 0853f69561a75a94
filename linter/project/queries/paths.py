"""Paths through models as the ORM reads them: `project__owner__email__icontains`, `check_set`, `-created`.

Each way of naming things has a grammar of its own. A path is valid, or invalid at one of its parts, or it cannot be said.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from linter.project.models.model import Field
from linter.project.queries import writing
from linter.project.queries.lookups import COMMON, Lookups
from linter.project.queries.members import (
    Member,
    answers_all,
    field_of,
    is_relation,
    lacks,
    query_member,
    related_model,
)
from linter.project.queries.verdicts import UNKNOWN, VALID, Names, Status, Verdict, Vocabulary

if TYPE_CHECKING:
    from linter.project.models.model import Model


TO_ONE = frozenset({"foreign_key", "one_to_one", "foreign_object"})


class Paths:
    """`given()`: attributes that any object may have been given at run time."""

    def __init__(self, lookups: Lookups | None = None, given: Callable[[], frozenset[str]] = frozenset) -> None:
        self.lookups = lookups or Lookups()
        self.given = given

    def judge(self, vocabulary: Vocabulary, model: Model, name: str, names: Names) -> Verdict:
        """What is thought of a name that is asked of a model."""
        verdict = _JUDGES[vocabulary](self, model, name, names)
        if verdict.status is Status.INVALID and names.is_open and vocabulary in _CLOSED:
            return UNKNOWN
        return verdict

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
        if path.startswith("+"):
            return UNKNOWN  # only old versions of Django take it
        return self.value(model, path.removeprefix("-"), names)

    def _path(self, model: Model, parts: list[str], names: Names, lookups: bool) -> Verdict:
        for count in range(1, len(parts) + 1):
            if "__".join(parts[:count]) in names.extra:  # an annotation hides a field, as in Query.solve_lookup_type
                rest = parts[count:]
                fits = not rest or (lookups and len(rest) == 1 and rest[0] in COMMON)
                return VALID if fits else UNKNOWN
        at: Model = model
        before: Member = None
        for index, part in enumerate(parts):
            member = query_member(at, part)
            if member is None:
                return self._no_member(at, before, parts[index:], index, names, lookups)
            following = related_model(member)
            if is_relation(member):
                if following is None:
                    return VALID if index + 1 == len(parts) else UNKNOWN
                at, before = following, member
                continue
            assert isinstance(member, Field)
            return self.lookups.after_field(member, parts[index + 1 :], index + 1, lookups)
        return VALID

    def _no_member(
        self, model: Model, before: Member, rest: list[str], index: int, names: Names, lookups: bool
    ) -> Verdict:
        """A part that is no name of a model; `before` is the relation that leads to it."""
        if index == 0 and names.is_open:
            return UNKNOWN
        if before is not None:
            verdict = self.lookups.after_relation(model, before, rest, index, lookups)
            if verdict is not None:
                return verdict
        return Verdict(Status.INVALID, index, model, None, before) if lacks(model, rest[0]) else UNKNOWN

    # --- other ways of naming ---

    def only(self, model: Model, path: str, names: Names) -> Verdict:
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
            if index == 0 and (part in names.extra or (part in self.given() and not at.has_attribute(part))):
                return UNKNOWN  # looked up when the query runs: a FilteredRelation may be given to it afterwards
            field = at.fields.get(part)
            reverse = at.query_names.get(part)
            if field is not None and field.field_class.kind in TO_ONE:
                following = field.related
            elif reverse is not None and reverse.is_single:
                following = reverse.model
            elif field is not None and field.field_class.kind == "other_relation":
                return UNKNOWN
            else:
                known = reverse is not None or field_of(at, part) is not None
                if at.open or not (known or lacks(at, part)) or (index == 0 and names.is_open):
                    return UNKNOWN
                return Verdict(Status.INVALID, index, at, field)
            if following is None:
                return VALID if path.endswith(part) else UNKNOWN
            at = following
        return VALID

    def prefetch(self, model: Model, path: str, names: Names) -> Verdict:
        """`prefetch_related()`: attributes of instances."""
        at = model
        parts = path.split("__")
        for index, part in enumerate(parts):
            field, reverse = at.fields.get(part), at.accessors.get(part)
            if field is not None and field.is_relation:
                following = field.related
            elif reverse is not None:
                following = reverse.model
            elif (index == 0 and (part in names.extra or names.is_open)) or part in self.given():
                return UNKNOWN
            elif field is not None:
                is_last = index + 1 == len(parts)
                return Verdict(Status.INVALID, index, at, field) if is_last and self.lookups.family(field) else UNKNOWN
            else:
                known_here = at.open or at.abstract or at.has_attribute(part) or part in at.possible_names
                return UNKNOWN if known_here or answers_all(at) else Verdict(Status.INVALID, index, at)
            if following is None:
                return VALID if index + 1 == len(parts) else UNKNOWN
            at = following
        return VALID

    def write(self, model: Model, name: str, names: Names) -> Verdict:
        """A keyword of `create()` or of the model itself."""
        return writing.keyword(model, name)

    def update(self, model: Model, name: str, names: Names) -> Verdict:
        """A keyword of `update()`."""
        return writing.column(model, name, takes_key=True)

    def columns(self, model: Model, name: str, names: Names) -> Verdict:
        """An item of `save(update_fields=…)`, of `bulk_update()`."""
        return writing.column(model, name, takes_key=False)

    def letters(self, model: Model, name: str, names: Names) -> Verdict:
        return writing.letters(model)


_JUDGES: dict[Vocabulary, Callable[[Paths, Model, str, Names], Verdict]] = {
    Vocabulary.FILTER: Paths.filter,
    Vocabulary.VALUE: Paths.value,
    Vocabulary.ORDER: Paths.order,
    Vocabulary.ONLY: Paths.only,
    Vocabulary.SELECT: Paths.select,
    Vocabulary.PREFETCH: Paths.prefetch,
    Vocabulary.WRITE: Paths.write,
    Vocabulary.UPDATE: Paths.update,
    Vocabulary.COLUMNS: Paths.columns,
    Vocabulary.LETTERS: Paths.letters,
}
# Their judges do not look at what a queryset may know besides.
_CLOSED = frozenset({Vocabulary.WRITE, Vocabulary.UPDATE, Vocabulary.COLUMNS, Vocabulary.LETTERS})
