"""A name in a class body that stands for nothing, or not for what is needed there."""

from __future__ import annotations

import msgspec

from linter.project.declarations.options import Where
from linter.project.models.model import Model
from linter.project.units import ClassSymbol
from linter.span import Span


class Wrong(msgspec.Struct, frozen=True):
    """`part` is the piece of `name` that does not fit, `offset` where it begins there; `model` the one that was asked for it.

    `problem` says what is the matter ("missing" where there is no such name), `known` are the names that would do."""

    name: str
    option: str
    problem: str
    cls: ClassSymbol
    model: Model | None
    where: Where
    at: int
    part: str = ""
    offset: int = 0
    known: frozenset[str] = frozenset()
    position: int | None = None
    target: str = ""  # what `part` is there instead, or what else the message speaks of

    @property
    def path(self) -> str:
        return self.where.unit.path

    @property
    def span(self) -> Span:
        return self.where.span(self.at)


def unique(found: list[Wrong]) -> tuple[Wrong, ...]:
    """One for each place: a class body that serves several classes is told of the first."""
    kept: dict[tuple[str, int, str], Wrong] = {}
    for wrong in found:
        kept.setdefault((wrong.path, wrong.at, wrong.part), wrong)
    return tuple(kept.values())
