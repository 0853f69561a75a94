"""Names that a model may have though it was not seen to have them."""

from __future__ import annotations

from collections.abc import Iterable


class Possible(frozenset[str]):
    """`after`: fields of classes that were not read, which put names on their model that contain their own."""

    __slots__ = ("after",)
    after: tuple[str, ...]

    def __new__(cls, names: Iterable[str], after: Iterable[str] = ()) -> Possible:
        found = super().__new__(cls, names)
        found.after = tuple(after)
        return found

    def __contains__(self, name: object) -> bool:
        if super().__contains__(name):
            return True
        return isinstance(name, str) and any(own in name for own in self.after)
