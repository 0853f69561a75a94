"""Relations that the admin's list of rows reads of each of them, where every read is a query of its own.

https://github.com/django/django/blob/main/django/contrib/admin/views/main.py: a queryset without `select_related()` gets what
`list_select_related` says; where that is False, `select_related()` if a column is a foreign key. Without arguments that
follows no foreign key that may be NULL.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from linter.facts import syntax as s
from linter.finding import Place
from linter.project.declarations.admin import ADMIN
from linter.project.lazy.needs import Need
from linter.project.lazy.origins import Rows, Tracer
from linter.project.models import Model
from linter.project.types import Instance
from linter.project.units import ClassSymbol, FunctionSymbol

if TYPE_CHECKING:
    from linter.project.declarations import Declarations

# Methods after which the list may have other columns, or load them in another way, than the class says.
_OWN_WAY = (
    "get_list_display",
    "get_list_select_related",
    "get_changelist",
    "get_changelist_instance",
    "changelist_view",
)
_DEEPEST = 3  # foreign keys in a row: Django follows five, but nobody reads so far


class Column(msgspec.Struct, frozen=True):
    """What a column reads of each row, and where that is written."""

    name: str
    path: tuple[str, ...]
    followed: tuple[str, ...]
    place: Place


class Slow(msgspec.Struct, frozen=True):
    """A list of rows. `texts`: the relations that it loads row by row, `read` where the first of them is read; `to_one` and
    `to_many` are their paths."""

    cls: ClassSymbol
    model: Model
    texts: tuple[str, ...]
    read: Place
    to_one: tuple[str, ...]
    to_many: tuple[str, ...]


class Changelists:
    def __init__(self, declarations: Declarations) -> None:
        self.declarations = declarations
        self.classes = declarations.classes
        self.options = declarations.classes.options
        self.project = declarations.project

    def in_file(self, path: str) -> Iterator[Slow]:
        unit = self.project.unit(path)
        if unit is None or b"dmin" not in bytes(unit.facts.module):
            return
        for cls, model, _ in self.declarations.admin.subjects(path):
            if self.classes.is_below(cls, ADMIN) and not self.classes.overrides(cls, *_OWN_WAY):
                yield from self._judge(cls, model)

    def _judge(self, cls: ClassSymbol, model: Model) -> Iterator[Slow]:
        columns = list(self._columns(cls, model))
        rows = self._rows(cls, model, columns) if columns else []
        found: dict[tuple[str, ...], tuple[Column, Need]] = {}
        for column in columns:
            for _, need in self.project.lazy.needs.missing(rows, column.path, column.followed):
                found.setdefault(need.path, (column, need))
        if found:
            needs = [need for _, need in found.values()]
            yield Slow(
                cls,
                model,
                tuple(dict.fromkeys(column.name for column, _ in found.values())),
                next(iter(found.values()))[0].place,
                tuple("__".join(need.path) for need in needs if not need.is_many),
                tuple("__".join(need.path) for need in needs if need.is_many),
            )

    # --- columns ------------------------------------------------------------------------------------------------------

    def _columns(self, cls: ClassSymbol, model: Model) -> Iterator[Column]:
        listed = self.options.listed(cls, "list_display")
        if not listed.items and listed.is_whole:
            yield Column("__str__", ("__str__",), ("()",), self.project.class_place(cls))
        for item in listed.items:
            if item.text is None:
                continue
            where = item.where
            is_own = not where.unit.is_library  # else it is Django's own `("__str__",)`
            place = (
                self.project.place(where.unit.path, where.span(item.at)) if is_own else self.project.class_place(cls)
            )
            method = self.project.names.attribute(cls, item.text, cls.unit)
            if isinstance(method, FunctionSymbol) and item.text != "__str__":
                for chain in self.project.lazy.needs.members.reads(method, 1) if not method.unit.is_library else ():
                    yield Column(item.text, chain.path, chain.followed, place)
            else:
                path = (item.text,) if item.text.startswith("__") else tuple(item.text.split("__"))
                yield Column(item.text, path, ("()",), place)
                field = model.fields.get(item.text)
                if field is not None and field.related is not None and not field.many_to_many:
                    yield Column(item.text, (item.text, "__str__"), ("()",), place)

    # --- rows ---------------------------------------------------------------------------------------------------------

    def _rows(self, cls: ClassSymbol, model: Model, columns: list[Column]) -> list[Rows]:
        """The list's rows, as Django asks for them in the end."""
        more = self._selected(cls, model, columns)
        found = Tracer(self.project.flow).of_view(Instance(cls)) if more is not None else []
        return [rows.with_loaded(more) for rows in found if rows.of is model]

    def _selected(self, cls: ClassSymbol, model: Model, columns: list[Column]) -> list[tuple[str, ...]] | None:
        """What Django selects with the rows; None where that cannot be said."""
        chosen = self.options.of(cls, "list_select_related")
        value = chosen.value if chosen is not None else None
        if value is None or isinstance(value, s.Lit):
            is_asked = self._has_key(model, columns) if value is None or not value.value else True
            return list(self._followed(model)) if is_asked else []
        listed = self.options.listed(cls, "list_select_related")
        return [tuple(text.split("__")) for text in listed.texts] if listed.is_whole else None

    def _has_key(self, model: Model, columns: list[Column]) -> bool:
        """Whether a column is a foreign key."""
        fields = (model.fields.get(column.name) for column in columns)
        return any(field is not None and field.field_class.kind in ("foreign_key", "one_to_one") for field in fields)

    def _followed(self, model: Model, depth: int = 0) -> Iterator[tuple[str, ...]]:
        """The relations that `select_related()` without arguments follows."""
        for field in model.fields.values() if depth < _DEEPEST else ():
            if field.field_class.kind in ("foreign_key", "one_to_one") and not field.null and field.related is not None:
                yield (field.name,)
                for path in self._followed(field.related, depth + 1):
                    yield (field.name, *path)
