"""What a relationship joins on: the foreign keys between the tables of its two sides."""

from __future__ import annotations

import msgspec

from linter.project.sqlalchemy.mapping import Mapper, Relationship
from linter.project.sqlalchemy.schema import Column, ForeignKey, Resolver, Table, split


class Link(msgspec.Struct, frozen=True):
    """A foreign key of `table` that leads to `target`."""

    table: Table
    column: Column
    key: ForeignKey
    target: Table


class Join(msgspec.Struct, frozen=True):
    """`links` are the foreign keys to join on. `dangling` are those that lead to no table, of the tables concerned.

    Not `known`: there may be others besides."""

    links: list[Link]
    dangling: list[tuple[Table, Column, ForeignKey]]
    known: bool

    def constraints(self) -> list[list[Link]]:
        """The links by the constraint they are part of: a composite foreign key counts once, and so does one said twice."""
        found: dict[int, list[Link]] = {}
        for link in self.links:
            found.setdefault(id(link.key.constraint or link.key), []).append(link)
        return list({frozenset(map(_essence, links)): links for links in found.values()}.values())


def _essence(link: Link) -> tuple[int, int, str]:
    return id(link.column), id(link.target), link.key.named(link.column)


def between(left: list[Table | None], right: list[Table | None], resolve: Resolver) -> Join:
    """The foreign keys from the tables of one side to those of the other, and back."""
    links: list[Link] = []
    dangling: list[tuple[Table, Column, ForeignKey]] = []
    known = None not in left and None not in right
    for table in dict.fromkeys(t for t in (*left, *right) if t is not None):
        known = known and not table.open and not table.args_open
        others = [t for side, other in ((left, right), (right, left)) if table in side for t in other]
        for column in table.columns.values():
            known = known and not column.vague
            for key in column.foreign_keys:
                found = resolve(table, column, key)
                if found.table is not None and not found.table.shadow and found.verdict != "no column":
                    if found.table in others:  # of an open table the column may not have been seen
                        links.append(Link(table, column, key, found.table))
                elif found.verdict == "no table":
                    dangling.append((table, column, key))
                else:
                    known = False
    return Join(links, dangling, known)


def joins_of(relationship: Relationship, resolve: Resolver) -> list[Join]:
    """What a relationship could join on, were it left to SQLAlchemy: one join, or with a table between one for each side.

    Empty where the other side or the table between is not known. `foreign_keys=` is not looked at: see `chosen`."""
    target = relationship.target
    if target is None:
        return []
    local, remote = relationship.owner.tables(), target.tables()
    if not relationship.has_secondary:
        return [between(local, remote, resolve)]
    if relationship.secondary is None:
        return []
    middle: list[Table | None] = [relationship.secondary]
    return [between(local, middle, resolve), between(middle, remote, resolve)]


def chosen(join: Join, relationship: Relationship) -> list[list[Link]]:
    """The constraints of a join that `foreign_keys=` leaves, each with its links: more than one are ambiguous."""
    given = relationship.foreign
    return [links for links in join.constraints() if not given or all(link.column in given for link in links)]


def ambiguous(relationship: Relationship, resolve: Resolver) -> list[list[Link]]:
    """The foreign keys among which a relationship would have to choose and cannot, by constraint; empty where it can.

    A class with joined inheritance looks at its own table first, and at those it inherits only if that has none."""
    target = relationship.target
    if target is None or relationship.joined or (relationship.says("foreign_keys") and not relationship.foreign):
        return []
    if relationship.owner.is_union or target.is_union:
        return []
    for one, other in _sides(relationship, target):
        found = _first(one, other, relationship, resolve)
        if len(found) > 1:
            return found
    return []


def _sides(relationship: Relationship, target: Mapper) -> list[tuple[Mapper, list[Table | None]]]:
    if not relationship.has_secondary:
        return [(relationship.owner, target.tables())]
    middle: list[Table | None] = [relationship.secondary]
    return [(relationship.owner, middle), (target, middle)] if relationship.secondary is not None else []


def _first(
    mapper: Mapper, other: list[Table | None], relationship: Relationship, resolve: Resolver
) -> list[list[Link]]:
    for tables in ([mapper.table], mapper.tables()):
        join = between(tables, other, resolve)
        given = set(relationship.foreign or ())
        if not join.known and given:
            return []
        found = [[link for link in links if not given or link.column in given] for links in join.constraints()]
        found = [links for links in found if links]
        if not join.known:  # what was not seen can only add to them
            return found if len(found) > 1 else []
        if found:
            exact = [links for links in found if {link.column for link in links} == given]
            return exact if len(exact) == 1 else found
    return []


class NoJoin(msgspec.Struct, frozen=True):
    """Two sides with nothing to join them on. `secondary` is the table between, if the relationship has one.

    `dangling` are the foreign keys that would join, did they not lead to a table that does not exist."""

    left: Table
    right: Table
    secondary: Table | None
    dangling: list[tuple[Table, Column, ForeignKey]]


def undetermined(relationship: Relationship, resolve: Resolver) -> NoJoin | None:
    """Why SQLAlchemy cannot tell what a relationship joins on; None where it can, or where it cannot be known."""
    target = relationship.target
    if target is None or relationship.joined:
        return None
    local, remote = relationship.owner.tables(), target.tables()
    if not relationship.has_secondary:
        return _nothing(local, remote, None, resolve)
    if relationship.secondary is None:
        return None
    between_: list[Table | None] = [relationship.secondary]
    return _nothing(local, between_, relationship.secondary, resolve) or _nothing(
        between_, remote, relationship.secondary, resolve
    )


def uninherited(mapper: Mapper, resolve: Resolver) -> NoJoin | None:
    """The same for a class with a table of its own and the mapped class that it inherits from."""
    parent = mapper.parent
    if parent is None or mapper.concrete or mapper.inherits_explicitly or mapper.table is parent.table:
        return None
    return _nothing([parent.table], [mapper.table], None, resolve)


def _nothing(
    left: list[Table | None], right: list[Table | None], secondary: Table | None, resolve: Resolver
) -> NoJoin | None:
    join = between(left, right, resolve)
    if join.links or not join.known or left[0] is None or right[0] is None:
        return None
    names = {table.name for table in (*left, *right) if table is not None}
    if any(key.text is not None and split(key.text)[1] in names for _, _, key in join.dangling):
        return None  # a schema is wrong: SQLAlchemy says of this one which table it did not find
    return NoJoin(left[0], right[0], secondary, join.dangling)
