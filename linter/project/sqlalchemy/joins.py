"""What a relationship joins on: the foreign keys between the tables of its two sides."""

from __future__ import annotations

from typing import Literal, NamedTuple

from linter.project.sqlalchemy.schema import Column, ForeignKey, Mapper, Relationship, Resolver, Table


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


def uselist(relationship: Relationship, target: Mapper, resolve: Resolver) -> bool | None:
    """Whether a relationship gives a list, told by the side that has the foreign key."""
    if relationship.has_secondary:
        return True
    local, remote = relationship.owner.tables(), target.tables()
    own = between(local, remote, resolve)
    chosen = relationship.foreign_columns
    links = [link for link in own.links if not chosen or link.column.site.key in chosen]
    sides: set[Literal["local", "remote"]] = set()
    for link in links:
        if link.table in local and link.table in remote:
            return not relationship.has_remote_side
        sides.add("local" if link.table in local else "remote")
    return sides == {"remote"} if len(sides) == 1 and own.known else None
