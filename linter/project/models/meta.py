"""The `Meta` of a model class: its own, or the one that an abstract base hands down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.facts import syntax as s
from linter.project.models.arguments import Argument
from linter.project.models.field_classes import is_harmless
from linter.project.units import ClassSymbol

if TYPE_CHECKING:
    from linter.project.names import Names


class Meta:
    """`symbol`: the class that says the options, None where there is none. `is_own`: it stands in the model's body."""

    def __init__(self, names: Names, symbol: ClassSymbol | None, is_own: bool, is_whole: bool = True) -> None:
        self._names = names
        self.symbol = symbol
        self.is_own = is_own
        self.is_whole = is_whole and (symbol is None or self._is_read(symbol))

    def _is_read(self, symbol: ClassSymbol) -> bool:
        """Whether all is known that says an option. `TypedModelMeta` is `object` when the program runs."""
        order, complete = self._names.mro(symbol)
        return complete or all(
            None not in self._names.bases(cls) if isinstance(cls, ClassSymbol) else is_harmless(cls) for cls in order
        )

    def option(self, name: str) -> Argument | None:
        if self.symbol is None:
            return None
        for cls in self._names.mro(self.symbol)[0]:
            node = cls.member(name) if isinstance(cls, ClassSymbol) else None
            if isinstance(node, s.Assign) and node.value is not None:
                return Argument(cls.unit, node.value)  # type: ignore[union-attr]  # `node` came from a ClassSymbol
        return None

    def flag(self, name: str) -> bool:
        found = self.option(name)
        return found is not None and isinstance(found.expr, s.Lit) and found.expr.value is True

    @property
    def abstract(self) -> bool:
        """Only a Meta's own body makes a model abstract: Django sets an inherited `abstract` back to False."""
        node = self.symbol.member("abstract") if self.symbol is not None and self.is_own else None
        value = node.value if isinstance(node, s.Assign) else None
        return isinstance(value, s.Lit) and value.value is True


def own_meta(names: Names, cls: ClassSymbol) -> Meta | None:
    node = cls.member("Meta")
    if isinstance(node, s.ClassDef):
        return Meta(names, names.class_symbol(cls.unit, node, f"{cls.qualname}.Meta", cls.function), True)
    if isinstance(node, s.Assign) and node.value is not None:
        target = names.follow(names.resolve(cls.unit, node.value))
        found = target if isinstance(target, ClassSymbol) else None
        return Meta(names, found, True, found is not None)
    return None
