"""Jinja's macros as values: what their parameters are is what they are called with.

A call hands its arguments to the template that defines the macro, in a context of their own: there, under a name that no
variable can have, they stand as a dict of what was given by position ("0", "1", …) and by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from linter.project.templates.context import Context
from linter.project.types import UNKNOWN, Constant, DictType, LibraryThing, Type, UnknownType, members, union

MACRO = "jinja2.runtime.Macro"
MODULE = "jinja2.environment.TemplateModule"
PREFIX = "macro "
_EVERY = "macro *"


def macro(path: str, name: str) -> Type:
    return LibraryThing(MACRO, True, (Constant(path), Constant(name)))


def module(path: str) -> Type:
    """What `{% import … as name %}` binds."""
    return LibraryThing(MODULE, True, (Constant(path),))


def of_module(kind: LibraryThing, name: str) -> Type:
    return LibraryThing(MACRO, True, (*kind.about, Constant(name)))


def origins(kind: Type) -> Iterator[tuple[str, str]]:
    """The template and the name (\"*\" for a module's) of each macro that a value may be."""
    for member in members(kind):
        if isinstance(member, LibraryThing) and member.dotted in (MACRO, MODULE):
            words = [str(part.value) for part in member.about if isinstance(part, Constant)]
            yield words[0], words[1] if len(words) > 1 else "*"


def called(name: str, args: Iterable[Type], keywords: Mapping[str, Type]) -> Context:
    """The context that a call makes for the macro's template."""
    items = [(str(position), kind) for position, kind in enumerate(args)]
    return Context({PREFIX + name: DictType((*items, *keywords.items()))})


def called_somehow(name: str) -> Context:
    """The context of calls that nobody sees."""
    return Context({PREFIX + name: UNKNOWN})


def is_called(context: Context, name: str) -> bool:
    return PREFIX + name in context.names or _EVERY in context.names


def parameter(context: Context, name: str, position: int, param: str, default: Type | None) -> Type:
    """What a parameter is given in any call; where it has a default, some call may leave it out."""
    given = context.get(PREFIX + name)
    if not isinstance(given, DictType) or _EVERY in context.names:
        return UNKNOWN
    found = [kind for kind in (given.get(str(position)), given.get(param), default) if kind is not None]
    return union(*found) if found else UNKNOWN


def in_context(context: Context) -> dict[str, Type]:
    """The macros and modules among the names of a context."""
    return {
        name: kind for name, kind in context.names.items() if not isinstance(kind, UnknownType) and any(origins(kind))
    }
