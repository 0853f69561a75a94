"""What a class is to a model whose body holds an instance of it: a field of some kind, a manager, or nothing special."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from linter.facts import syntax as s
from linter.project.models.arguments import Signature, Signatures
from linter.project.trace import memo
from linter.project.units import ClassSymbol, External, FunctionSymbol

if TYPE_CHECKING:
    from linter.project.names import Names

_FIELDS = "django.db.models.fields"
_RELATED = f"{_FIELDS}.related"
_GENERIC = "django.contrib.contenttypes.fields"

FIELD = f"{_FIELDS}.Field"
FOREIGN_KEY = f"{_RELATED}.ForeignKey"
ONE_TO_ONE = f"{_RELATED}.OneToOneField"
MANAGER = "django.db.models.manager.BaseManager"

Kind = Literal[
    "field", "foreign_key", "one_to_one", "many_to_many", "foreign_object", "generic_foreign_key", "generic_relation",
    "other_relation", "manager", "attribute", "unknown",
]  # fmt: skip

# The nearest of these among the bases decides.
_KINDS: dict[str, Kind] = {
    ONE_TO_ONE: "one_to_one",
    FOREIGN_KEY: "foreign_key",
    f"{_RELATED}.ManyToManyField": "many_to_many",
    f"{_GENERIC}.GenericForeignKey": "generic_foreign_key",
    f"{_GENERIC}.GenericRelation": "generic_relation",
    f"{_RELATED}.ForeignObject": "foreign_object",
    f"{_RELATED}.RelatedField": "other_relation",
    FIELD: "field",
    MANAGER: "manager",
}

RELATIONS = frozenset({
    "foreign_key", "one_to_one", "many_to_many", "foreign_object", "generic_foreign_key", "generic_relation",
    "other_relation",
})  # fmt: skip


@dataclass(frozen=True, eq=False)
class FieldClass:
    """`contributes`: the `contribute_to_class` of the class's own, where it is neither Django's nor inherited from it."""

    symbol: ClassSymbol | External
    kind: Kind
    signature: Signature
    is_date: bool = False
    contributes: FunctionSymbol | None = None
    open_reason: str = ""

    @property
    def name(self) -> str:
        return self.symbol.name if isinstance(self.symbol, ClassSymbol) else self.symbol.dotted.rpartition(".")[2]

    @property
    def is_relation(self) -> bool:
        return self.kind in RELATIONS

    @property
    def is_field(self) -> bool:
        return self.kind == "field" or self.is_relation

    @property
    def has_column(self) -> bool:
        return self.kind in ("field", "foreign_key", "one_to_one", "other_relation")

    @property
    def takes_id(self) -> bool:
        """Whether its attribute is called `<name>_id`."""
        return self.kind in ("foreign_key", "one_to_one")


def is_harmless(external: External) -> bool:
    """Whether a class that was not read surely knows nothing of models: Python's own."""
    return external.dotted.partition(".")[0] in sys.stdlib_module_names or external.dotted in (
        "object",
        "builtins.object",
    )


def is_django(cls: ClassSymbol) -> bool:
    return cls.unit.is_library and cls.unit.name.startswith("django.")


class FieldClasses:
    def __init__(self, names: Names) -> None:
        self.names = names
        self.signatures = Signatures(names)

    @memo
    def of(self, symbol: ClassSymbol | External) -> FieldClass:
        if isinstance(symbol, External):
            kind: Kind = "attribute" if is_harmless(symbol) else "unknown"
            return FieldClass(symbol, kind, Signature(is_known=False), open_reason=f"`{symbol.dotted}` was not found")
        order, complete = self.names.mro(symbol)
        known = {cls.dotted for cls in order if isinstance(cls, ClassSymbol)}
        kind = next((k for name, k in _KINDS.items() if name in known), "attribute")
        if kind == "attribute":
            return self._no_field(symbol, order, complete)
        reason = "" if complete else self._missing(symbol, order)
        return FieldClass(
            symbol,
            kind,
            self.signatures.of(symbol),
            f"{_FIELDS}.DateField" in known,
            self._own(order, "contribute_to_class"),
            reason or self._renames(order),
        )

    def _no_field(self, symbol: ClassSymbol, order: tuple[ClassSymbol | External, ...], complete: bool) -> FieldClass:
        """A class that is no field may contribute to a model too; one with an unknown base may be a field."""
        contributes = self._own(order, "contribute_to_class")
        lost = [cls for cls in order if isinstance(cls, External) and not is_harmless(cls)]
        if contributes is None and (lost or not (complete or self._all_resolve(order))):
            return FieldClass(symbol, "unknown", Signature(), open_reason=self._missing(symbol, order))
        return FieldClass(symbol, "attribute", self.signatures.of(symbol), contributes=contributes)

    def _all_resolve(self, order: tuple[ClassSymbol | External, ...]) -> bool:
        return all(None not in self.names.bases(cls) for cls in order if isinstance(cls, ClassSymbol))

    def _missing(self, symbol: ClassSymbol, order: tuple[ClassSymbol | External, ...]) -> str:
        lost = next((cls.dotted for cls in order if isinstance(cls, External) and not is_harmless(cls)), None)
        if lost is None and self._all_resolve(order):
            return ""
        return f"`{lost}` was not found" if lost else f"a base of `{symbol.name}` was not found"

    def _own(self, order: tuple[ClassSymbol | External, ...], method: str) -> FunctionSymbol | None:
        """The method of a class, where a class outside Django defines it."""
        for cls in order:
            if isinstance(cls, ClassSymbol):
                node = cls.member(method)
                if node is not None:
                    return (
                        FunctionSymbol(cls.unit, node, cls)
                        if isinstance(node, s.FunctionDef) and not is_django(cls)
                        else None
                    )
        return None

    def _renames(self, order: tuple[ClassSymbol | External, ...]) -> str:
        for method in ("get_attname", "get_attname_column", "set_attributes_from_name"):
            found = self._own(order, method)
            if found is not None:
                return f"`{found.qualname}` names the attribute"
        return ""
