"""Classes downwards: who inherits from a class, and what its instances are given besides what its body says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.facts import syntax as s
from linter.project.flow.frames import Store
from linter.project.imports.modules import is_test
from linter.project.trace import cached_property, memo
from linter.project.units import ClassSymbol, External, FunctionSymbol, Unit

if TYPE_CHECKING:
    from linter.project import Project
    from linter.project.models import Model

MOST_MODELS = 6  # that one `self` may be
_ENUMERATIONS = frozenset({"Choices", "TextChoices", "IntegerChoices", "Enum", "IntEnum", "StrEnum", "Flag", "IntFlag"})


class Hierarchy:
    def __init__(self, project: Project) -> None:
        self.project = project

    @cached_property
    def _by_base_name(self) -> dict[str, list[ClassSymbol]]:
        """The project's classes by the last names of their bases: candidates, before any name is resolved."""
        found: dict[str, list[ClassSymbol]] = {}
        for unit in self.project.units():
            for cls in self.project.names.classes(unit):
                for base in cls.node.bases:
                    name = _base_name(unit, base)
                    if name:
                        found.setdefault(name, []).append(cls)
        return found

    @memo
    def subclasses(self, cls: ClassSymbol) -> tuple[ClassSymbol, ...]:
        """Every class of the project below this one, however far."""
        found: dict[ClassSymbol, None] = {}
        pending = [cls]
        while pending:
            for candidate in self._by_base_name.get(pending.pop().name, ()):
                if candidate is cls or candidate in found:
                    continue
                if cls in self.project.names.mro(candidate)[0]:
                    found[candidate] = None
                    pending.append(candidate)
        return tuple(found)

    @memo
    def is_overridden(self, cls: ClassSymbol, name: str) -> bool:
        """Whether a class below this one says otherwise what a name of it is."""
        return any(name in sub.names or name in self.stores(sub) for sub in self.subclasses(cls))

    @memo
    def concrete_models(self, cls: ClassSymbol) -> tuple[Model, ...]:
        """The models that an abstract model, or a mixin of nothing but models, stands for; none where they are many."""
        models = self.project.models
        own = models.of(cls)
        if own is not None and not own.abstract:
            return ()
        found: list[Model] = []
        for below in self.subclasses(cls):
            model = models.of(below)
            if model is None:
                return ()
            if not model.abstract and not model.swapped and not is_test(below.unit.path):
                found.append(model)
        return tuple(found) if len(found) <= MOST_MODELS else ()

    @memo
    def is_enumeration(self, cls: ClassSymbol) -> bool:
        names = self.project.names
        return any(names.name_of(base).rpartition(".")[2] in _ENUMERATIONS for base in names.mro(cls)[0])

    def methods(self, cls: ClassSymbol) -> tuple[s.FunctionDef, ...]:
        return cls.methods

    @memo
    def stores(self, cls: ClassSymbol) -> dict[str, list[tuple[FunctionSymbol, Store]]]:
        """What the methods of a class assign to attributes of `self` (or `cls`)."""
        found: dict[str, list[tuple[FunctionSymbol, Store]]] = {}
        for node in self.methods(cls):
            if not node.params:
                continue
            symbol = FunctionSymbol(cls.unit, node, cls)
            first = node.params[0].name
            for store in self.project.flow.frame(symbol).stores:
                if isinstance(store.value, s.Name) and store.value.id == first:
                    found.setdefault(store.name, []).append((symbol, store))
        return found

    @memo
    def has_member(self, cls: ClassSymbol, *names: str) -> bool:
        """Whether a class or one of its known bases defines one of these names."""
        return any(
            name in base.names
            for base in self.project.names.mro(cls)[0]
            if not isinstance(base, External)
            for name in names
        )

    def has_attribute(self, cls: ClassSymbol, name: str) -> bool:
        """Whether a class or one of its known bases defines a name, or a method of theirs assigns it to `self`."""
        bases = [base for base in self.project.names.mro(cls)[0] if not isinstance(base, External)]
        return any(name in base.names or name in self.stores(base) for base in bases)


def _base_name(unit: Unit, base: s.Expr) -> str:
    if isinstance(base, s.Sub):
        base = base.value
    if isinstance(base, s.Attr):
        return base.name
    if not isinstance(base, s.Name):
        return ""
    for binding in unit.names.get(base.id, ()):
        if isinstance(binding.node, s.ImportFrom) and binding.node.name != base.id:
            return binding.node.name
    return base.id
