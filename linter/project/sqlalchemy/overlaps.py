"""Relationships that write the same column without knowing of each other, as SQLAlchemy warns of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import msgspec

from linter.project.sqlalchemy.mapping import Mapper, Pair, Relationship


class Overlap(msgspec.Struct, frozen=True):
    """`relationship` is the one of the two that seems to have been forgotten; `pair` what it writes."""

    relationship: Relationship
    pair: Pair
    other: Relationship
    other_pair: Pair


def overlaps(mappers: Iterable[Mapper], is_later: Callable[[str, str], bool]) -> Iterator[Overlap]:
    """`is_later(one, other)` tells of two files whether the classes of one are made after those of the other."""
    writers: dict[int, list[tuple[Relationship, Pair]]] = {}
    for mapper in mappers:
        for relationship in mapper.relationships.values():
            if relationship.owner is mapper and relationship.pairs and relationship.flag("viewonly") is False:
                for pair in relationship.pairs:
                    writers.setdefault(id(pair.foreign), []).append((relationship, pair))
    for found in writers.values():
        for index, (one, pair) in enumerate(found):
            for other, other_pair in found[:index]:
                if one is not other and _conflict(one, other):
                    if _is_suspect(one, other, is_later):
                        yield Overlap(one, pair, other, other_pair)
                    else:
                        yield Overlap(other, other_pair, one, pair)


def _is_suspect(one: Relationship, other: Relationship, is_later: Callable[[str, str], bool]) -> bool:
    """Whether of two that conflict the first is the one to look at: where nothing else tells, that of the class made
    later, of which SQLAlchemy speaks."""
    if one.has_secondary == other.has_secondary:
        if is_later(one.site.path, other.site.path):
            return True
        if is_later(other.site.path, one.site.path):
            return False
    return _suspicion(one) > _suspicion(other)


def _suspicion(relationship: Relationship) -> tuple[bool, bool, bool, str, int]:
    """Of a class that is mapped to the table between; else one that is linked to no other side; else the later one."""
    is_lonely = relationship.origin is None and relationship.back_populates is None
    is_backref = relationship.origin is not None
    return not relationship.has_secondary, is_lonely, not is_backref, relationship.site.path, relationship.site.at


def linked(one: Relationship, other: Relationship) -> bool:
    return _names(one, other) or _names(other, one)


def _names(one: Relationship, other: Relationship) -> bool:
    if one.origin is other or other.origin is one:
        return True
    found = one.target.relationships.get(one.back_populates or "") if one.target is not None else None
    return found is other


def _conflict(one: Relationship, other: Relationship) -> bool:
    words, other_words = one.words("overlaps"), other.words("overlaps")
    if words is None or other_words is None or one.target is None or other.target is None or linked(one, other):
        return False
    if "__*" in words | other_words or other.key in words or one.key in other_words:
        return False
    if _is_lost(one) or _is_lost(other):
        return False
    if one.key == other.key and one.owner.base is other.owner.base:
        return False
    sides = ((one.owner, one.target), (other.owner, other.target))
    return not any(_are_siblings(mine, others) for mine in sides[0] for others in sides[1])


def _is_lost(relationship: Relationship) -> bool:
    """Whether it names an other side that was not seen: it may be this one."""
    target, name = relationship.target, relationship.back_populates
    if relationship.says("back_populates") and relationship.text("back_populates") is None:
        return True
    return target is not None and name is not None and name not in target.relationships


def _are_siblings(one: Mapper, other: Mapper) -> bool:
    return one.base is other.base and not one.is_a(other) and not other.is_a(one)
