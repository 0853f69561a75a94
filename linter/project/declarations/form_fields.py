"""Which fields a form class declares: its own, its bases', and what its methods add."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from linter.facts import syntax as s
from linter.project.templates.forms import added
from linter.project.trace import memo
from linter.project.units import ClassSymbol

if TYPE_CHECKING:
    from linter.project.declarations.classes import Classes

FORM = ("django.forms.BaseForm", "django.forms.forms.BaseForm")
MODEL_FORM = ("django.forms.BaseModelForm", "django.forms.models.BaseModelForm")


class Added(msgspec.Struct, frozen=True):
    """The fields that methods give an instance; `is_plain` where they do nothing else to its fields."""

    names: frozenset[str]
    is_plain: bool


class Forms:
    """The forms of a project, one class at a time."""

    def __init__(self, classes: Classes) -> None:
        self.classes = classes

    @memo
    def declared(self, cls: ClassSymbol) -> frozenset[str]:
        """The fields in the class bodies of a form's line; `name = None` takes one away."""
        found: set[str] = set()
        removed: set[str] = set()
        for base in self.classes.names.mro(cls)[0]:
            for name, bindings in base.names.items() if isinstance(base, ClassSymbol) else ():
                node = bindings[-1].node
                value = node.value if isinstance(node, s.Assign) else None
                if isinstance(value, s.Lit) and value.value is None:
                    removed.add(name)
                elif name not in removed and may_be_field(value):
                    found.add(name)
        return frozenset(found)

    @memo
    def added(self, cls: ClassSymbol) -> Added:
        names: set[str] = set()
        is_plain = True
        for base in self.classes.names.mro(cls)[0]:
            if not isinstance(base, ClassSymbol) or self.classes.is_framework(base):
                continue
            if base.unit.is_library:
                is_plain = is_plain and "__init__" not in base.names
            else:
                more, plainly = added(self.classes.flow, base)
                names |= more
                is_plain = is_plain and plainly
        return Added(frozenset(names), is_plain)

    def lacks(self, cls: ClassSymbol, name: str) -> bool:
        """Whether it is sure that no class body declares a field of a name, nor does a method by that name."""
        return self.classes.is_seen(cls) and name not in self.declared(cls) and name not in self.added(cls).names

    def never_has(self, cls: ClassSymbol, name: str) -> bool:
        """The same where methods are not known to add other fields."""
        return self.lacks(cls, name) and self.added(cls).is_plain


def may_be_field(value: s.Expr | None) -> bool:
    """Whether an assigned value may be an instance of a field: a call, or anything that hides one."""
    return value is not None and not isinstance(
        value, (s.Lit, s.Str, s.FString, s.Bytes, s.Seq, s.Dict, s.Comp, s.Lambda)
    )
