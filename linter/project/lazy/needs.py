"""Which relations a read of a row loads: `book.author.name`, `author.books.all()`, methods and properties that read some."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Union

import msgspec
from msgspec.structs import replace

from linter.project.flow.attributes import decoration
from linter.project.flow.managers import is_plain
from linter.project.lazy.members import Members
from linter.project.models import Model
from linter.project.queries.methods import PREFETCHERS
from linter.project.sqlalchemy.mapping import Mapper, Relationship
from linter.project.sqlalchemy.values import Const
from linter.project.units import ClassSymbol, External, FunctionSymbol

if TYPE_CHECKING:
    from linter.project import Project
    from linter.project.lazy.origins import Query, Rows

Row = Union[Model, Mapper]

_ONCE = frozenset({"foreign_key", "one_to_one"})
# What a related manager answers from what was prefetched.
_ANSWERED = frozenset({("all",), ("count",), ("exists",), ("all", "count"), ("all", "exists")})
_CHANGING = frozenset({"append", "add", "extend", "remove", "discard", "insert", "clear", "update", "pop"})
MOST_LEVELS = 3  # of methods that call methods


class Need(msgspec.Struct, frozen=True):
    """A relation of a row, as a path. `depth`: the part of what is read that leads to it; `is_many`: it leads to rows.
    `counted`: how a query names it, where only the number of rows is asked for."""

    path: tuple[str, ...]
    depth: int
    is_many: bool
    counted: str = ""


class Needs:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.members = Members(project)

    def missing(
        self, found: list[Rows], path: tuple[str, ...], followed: tuple[str, ...]
    ) -> Iterator[tuple[Rows, Need]]:
        """For each query, the first relation that a read loads for each of its rows, and that never comes with them."""
        queries: dict[tuple[int, int], list[Rows]] = {}
        for rows in found:
            queries.setdefault((id(rows.query.scope.activation), rows.query.at), []).append(rows)
        for ways in queries.values():
            needs = [self._missing(rows, path, followed) for rows in ways]
            if needs[0] is not None and all(needs):
                yield ways[0], needs[0]

    def _missing(self, rows: Rows, path: tuple[str, ...], followed: tuple[str, ...]) -> Need | None:
        if rows.loaded is None or _is_filled(rows.query):
            return None
        needs = self.of(rows.of, path, followed)
        return next((need for need in needs if not _is_loaded(rows, need.path)), None)

    def of(
        self, row: Row, path: tuple[str, ...], followed: tuple[str, ...], level: int = 0, back: str = ""
    ) -> Iterator[Need]:
        """The relations that reading `row.path` loads, in order. `followed`: what is asked of that, from a call on. `back`:
        the relation that leads back to where a row was reached from: that row is known."""
        current: Row | None = row
        for depth, name in enumerate(path):
            if current is None or name == back:
                return
            here = path[: depth + 1]
            single = _single(current, name)
            if single is not None:
                if single.is_lazy:
                    yield Need(here, depth, False)
                current, back = single.to, single.back
                continue
            rest = (*path[depth + 1 :], *followed)
            if _is_many(current, name, rest):
                yield Need(here, depth, True, _query_name(current, name) if "count" in rest else "")
                return
            member = self._member(current, name)
            if member is None or level == MOST_LEVELS:
                return
            is_called = rest[:1] == ("()",) or decoration(member.node) == "property"
            if is_called:
                for chain in self.members.reads(member, 0):
                    for need in self.of(current, chain.path, chain.followed, level + 1, back):
                        yield replace(need, path=(*path[:depth], *need.path), depth=depth)
            return

    def _member(self, row: Row, name: str) -> FunctionSymbol | None:
        """The project's own method or property of a name."""
        found = self.project.names.attribute(row.symbol, name, row.symbol.unit)
        is_own = isinstance(found, FunctionSymbol) and not found.unit.is_library
        return found if is_own else None  # type: ignore[return-value]  # told by `is_own`


class _Single(msgspec.Struct, frozen=True):
    to: Row | None
    is_lazy: bool
    back: str = ""


def _single(row: Row, name: str) -> _Single | None:
    """Where a relation to one row leads."""
    if isinstance(row, Mapper):
        relationship = row.relationship(name)
        if relationship is None or relationship.uselist is not False:
            return None
        return _Single(relationship.target, is_lazy(relationship))
    field = row.fields.get(name)
    if field is None:
        reverse = row.accessors.get(name)
        is_single = reverse is not None and reverse.is_single
        return _Single(reverse.model, True, reverse.field.name) if is_single else None  # type: ignore[union-attr]
    if field.field_class.kind not in _ONCE or not _is_of_django(field.type_symbol) or field.related is None:
        return None
    others = (each.accessor for each in field.related.reverse if each.field is field and each.is_single)
    return _Single(field.related, not field.is_parent_link, next(others, ""))


def _is_of_django(cls: ClassSymbol | External) -> bool:
    """A field of another library may have a way of its own to its row."""
    return is_plain(cls) if isinstance(cls, ClassSymbol) else cls.dotted.startswith("django.")


def _is_many(row: Row, name: str, rest: tuple[str, ...]) -> bool:
    """Whether rows are asked for that could be loaded beforehand: `author.books.all()`, and nothing that narrows them."""
    if isinstance(row, Mapper):
        relationship = row.relationship(name)
        if relationship is None or relationship.uselist is not True or not is_lazy(relationship):
            return False
        return not rest or rest[0] not in _CHANGING
    field = row.fields.get(name)
    if field is not None and field.field_class.kind != "many_to_many":
        return False
    reverse = row.accessors.get(name) if field is None else None
    if field is None and (reverse is None or reverse.is_single):
        return False
    asked = tuple(each for each in rest if each != "()")
    return asked in _ANSWERED or (asked[:1] == ("all",) and len(asked) == 2 and asked[1].isdigit())


def _query_name(row: Row, name: str) -> str:
    reverse = row.accessors.get(name) if isinstance(row, Model) else None
    return reverse.query_name if reverse is not None else name


def is_lazy(relationship: Relationship) -> bool:
    """Whether it is surely loaded when it is first read, and not before."""
    given = relationship.given.get("lazy")
    if not relationship.whole or relationship.direction is None:
        return False
    return given is None or given.value in (Const("select"), Const(True))


def _is_filled(query: Query) -> bool:
    """Whether the function that asks for the rows calls `prefetch_related_objects()`, for these or the one they belong to."""
    function, unit = query.scope.activation.function, query.scope.unit
    if function is None or not any(unit.holds(name) for name in PREFETCHERS):
        return False
    return function.body in unit.bodies_with(PREFETCHERS)


def _is_loaded(rows: Rows, path: tuple[str, ...]) -> bool:
    """Whether a relation comes with the rows. An option of SQLAlchemy's names it somewhere on its way."""
    assert rows.loaded is not None
    if path[0] in rows.shared:  # whatever it loads is loaded once
        return True
    return path in rows.loaded or (isinstance(rows.of, Mapper) and (path[-1],) in rows.loaded)
