"""The names that a template can read, as far as they are known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec
from msgspec.structs import replace

from linter.project.types import UNKNOWN, DictType, Type, UnknownType, union


class Context(msgspec.Struct, frozen=True):
    """`names` with their types. `is_open`: others may be there too, with any value. `assumed` are dotted paths that the
    template has just asked whether they exist. `filled` are blocks whose own text a child template replaces."""

    names: Mapping[str, Type] = msgspec.field(default_factory=dict)
    is_open: bool = False
    assumed: frozenset[str] = frozenset()
    filled: frozenset[str] = frozenset()

    def get(self, name: str) -> Type:
        """What a name is. One that is not there renders as nothing, which is no matter of types: it is not known."""
        return self.names.get(name, UNKNOWN)

    def bind(self, names: Mapping[str, Type]) -> Context:
        return replace(self, names={**self.names, **names}) if names else self

    def forget(self, names: Iterable[str]) -> Context:
        return self.bind(dict.fromkeys(names, UNKNOWN))

    def without(self, names: Iterable[str]) -> Context:
        left = frozenset(names)
        return replace(self, names={n: k for n, k in self.names.items() if n not in left}) if left else self

    def assume(self, paths: Iterable[str]) -> Context:
        more = frozenset(paths)
        return replace(self, assumed=self.assumed | more) if more else self

    def handed(self, filled: frozenset[str] = frozenset()) -> Context:
        """What another template gets of it."""
        return replace(self, assumed=frozenset(), filled=filled)


CLOSED = Context()
OPEN = Context(is_open=True)


def of_dict(kind: Type) -> Context:
    """The context that a dict makes; what is no dict could hold anything."""
    if isinstance(kind, DictType):
        return Context(dict(kind.items), kind.is_open)
    return OPEN


def join(contexts: Iterable[Context]) -> Context:
    """What is known where any of these may be the context: a name is all that it is in them. One that some of them lack
    for certain counts as it is in the others; one that some of them may have unseen is not known. (A name with a space in it
    is none that a template could ask for: see `macros`.)"""
    found = list(contexts)
    if not found:
        return OPEN
    first = found[0]
    if all(context is first for context in found):
        return first
    names: dict[str, Type] = {}
    for name in {name for context in found for name in context.names}:
        kinds = [c.names.get(name, UNKNOWN) for c in found if name in c.names or (c.is_open and " " not in name)]
        names[name] = union(*kinds)
    assumed = frozenset.intersection(*(context.assumed for context in found))
    filled = frozenset.intersection(*(context.filled for context in found))
    return Context(names, any(context.is_open for context in found), assumed, filled)


def hope(contexts: Iterable[Context]) -> Context:
    """What some of these contexts are known to give, whatever the others do: for people to read, never to judge by."""
    found = list(contexts)
    names: dict[str, Type] = {}
    for name in {name for context in found for name in context.names}:
        known = [context.get(name) for context in found if not isinstance(context.get(name), UnknownType)]
        names[name] = union(*known) if known else UNKNOWN
    return Context(names, True)
