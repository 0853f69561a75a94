"""Full names of things outside the source, whichever way a project imports them."""

from __future__ import annotations

from linter.project.types import UNKNOWN, LibraryThing, Type

BUILTINS = frozenset({
    "abs", "all", "any", "bool", "bytes", "callable", "chr", "dict", "dir", "divmod", "enumerate", "filter",
    "float", "format", "frozenset", "getattr", "hasattr", "hash", "id", "input", "int", "isinstance", "issubclass",
    "iter", "len", "list", "map", "max", "min", "next", "object", "open", "ord", "pow", "print", "property",
    "range", "repr", "reversed", "round", "set", "setattr", "slice", "sorted", "staticmethod", "classmethod", "str",
    "sum", "super", "tuple", "type", "vars", "zip", "Exception", "ValueError", "TypeError", "KeyError",
    "AttributeError",
})  # fmt: skip


def builtin(name: str) -> Type:
    return LibraryThing(f"builtins.{name}") if name in BUILTINS else UNKNOWN


def is_in(dotted: str, package: str, *names: str) -> bool:
    """Whether a full name is one of `names` of a package, be it spelt as re-exported or as defined deeper down."""
    if not dotted.startswith(package + "."):
        return False
    return dotted.rpartition(".")[2] in names


def is_django(dotted: str, package: str, *names: str) -> bool:
    return is_in(dotted, f"django.{package}", *names)
