"""What a relationship joins on: the foreign keys between the tables of its two sides."""

from __future__ import annotations

from typing import Literal, NamedTuple

from linter.project.sqlalchemy.schema import Column, ForeignKey, Mapper, Relationship, Resolver, Table, split


class Link(NamedTuple):
    """A foreign key of `table` that leads to `target`."""

    table: Table
    column: Column
    key: ForeignKey
    target: Table


class Join(NamedTuple):
    """`links` are the foreign keys to join on. `dangling` are those that lead to no table, of the tables concerned.

    Not `known`: there may be others besides."""

    links: list[Link]
    dangling: list[tuple[Table, Column, ForeignKey]]
    known: bool


def between(left: list[Table | None], right: list[Table | None], resolve: Resolver) -> Join:
    """The foreign keys from the tables of one side to those of the other, and back."""
    links: list[Link] = []
    dangling: list[tuple[Table, Column, ForeignKey]] = []
    known = None not in left and None not in right
    for table in dict.fromkeys(t for t in (*left, *right) if t is not None):
        known = known and not table.open
        others = [t for side, other in ((left, right), (right, left)) if table in side for t in other]
        for column in table.columns.values():
            known = known and not column.vague
            for key in column.foreign_keys:
                found = resolve(table, column, key)
                if found.table is not None and found.verdict == "found":
                    if found.table in others:
                        links.append(Link(table, column, key, found.table))
                elif found.verdict == "no table":
                    dangling.append((table, column, key))
                else:
                    known = False
    return Join(links, dangling, known)


def uselist(relationship: Relationship, resolve: Resolver) -> bool | None:
    """Whether a relationship gives a list, told by the side that has the foreign key."""
    if relationship.has_secondary:
        return True
    if relationship.origin is not None:
        other = uselist(relationship.origin, resolve)
        return None if other is None else not other
    if relationship.target is None:
        return None
    local, remote = relationship.owner.tables(), relationship.target.tables()
    join = between(local, remote, resolve)
    chosen = relationship.foreign_columns
    sides: set[Literal["local", "remote"]] = set()
    for link in join.links:
        if chosen and link.column.site.key not in chosen:
            continue
        if link.table in local and link.table in remote:
            return not relationship.has_remote_side
        sides.add("local" if link.table in local else "remote")
    return sides == {"remote"} if len(sides) == 1 and join.known else None


class NoJoin(NamedTuple):
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
