"""What a class is to a model whose body holds an instance of it: a field of some kind, a manager, or nothing special."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

import msgspec

from linter.facts import syntax as s
from linter.project.models.arguments import Signature, Signatures
from linter.project.models.expressions import text_of
from linter.project.trace import memo
from linter.project.units import ClassSymbol, External, FunctionSymbol, Symbol, walk

if TYPE_CHECKING:
    from linter.project.names import Names

_FIELDS = "django.db.models.fields"
# Where fields and managers of Django were before, and are now: https://docs.djangoproject.com/en/2.0/internals/deprecation/
_MOVED = {
    "django.contrib.contenttypes.generic.": "django.contrib.contenttypes.fields.",
    "django.contrib.gis.db.models.GeoManager": "django.db.models.manager.Manager",
    "django.contrib.gis.db.models.manager.GeoManager": "django.db.models.manager.Manager",
}
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


class FieldClass(msgspec.Struct, frozen=True, eq=False):
    """`contributes`: each `contribute_to_class` of its line that is not Django's. `attname` holds `{}` for the name.
    `names_other_end`: its own code gives the reverse relation a name, which no argument shows."""

    symbol: ClassSymbol | External
    kind: Kind
    signature: Signature
    is_date: bool = False
    contributes: tuple[FunctionSymbol, ...] = ()
    attname: str = "{}"
    has_column: bool = True
    open_reason: str = ""
    names_other_end: bool = False

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
    def names_after_itself(self) -> bool:
        """Whether a class that was not read is that of a field all the same, as its name says: what such a field puts on its
        model beside itself is called after it, as `price_currency` is, and `get_state_display`."""
        return self.kind == "unknown" and _OF_FIELDS.search(self.name) is not None and not self.contributes


_HARMLESS = ("django.utils.", "django_stubs_ext.")
_OF_FIELDS = re.compile(r"(?<!Translation)(Field|ForeignKey)$")


def is_harmless(external: External) -> bool:
    """Whether a class that was not read surely knows nothing of models: Python's own, what old Djangos had to help, what
    only type checkers look at."""
    if external.dotted in ("object", "builtins.object") or external.dotted.startswith(_HARMLESS):
        return True
    return external.dotted.partition(".")[0] in sys.stdlib_module_names


def is_django(cls: ClassSymbol) -> bool:
    return cls.unit.is_django


class FieldClasses:
    def __init__(self, names: Names) -> None:
        self.names = names
        self.signatures = Signatures(names)

    @memo
    def of(self, symbol: ClassSymbol | External) -> FieldClass:
        if isinstance(symbol, External):
            moved = self._moved(symbol.dotted)
            if isinstance(moved, ClassSymbol):
                return self.of(moved)
            kind: Kind = "attribute" if is_harmless(symbol) else "unknown"
            return FieldClass(symbol, kind, Signature(is_known=False), open_reason=f"`{symbol.dotted}` was not found")
        order, complete = self.names.mro(symbol)
        known = {cls.dotted for cls in order if isinstance(cls, ClassSymbol)}
        kind = next((k for name, k in _KINDS.items() if name in known), "attribute")
        if kind == "attribute":
            return self._no_field(symbol, order, complete)
        if kind == "field" and self._says_relation(order):
            kind = "generic_foreign_key"
        # Before Django 5.1 a GenericForeignKey was no Field, and had no attname.
        attname = "{}" if kind == "generic_foreign_key" and FIELD not in known else self._attname(order)
        reason = "" if complete else self._missing(symbol, order)
        if attname is None and kind != "manager":
            reason = reason or f"`{symbol.name}` names its attribute"
        return FieldClass(
            symbol,
            kind,
            self.signatures.of(symbol),
            f"{_FIELDS}.DateField" in known,
            self._own(order, "contribute_to_class"),
            attname or "{}",
            self._has_column(order),
            reason,
            kind in RELATIONS and any(map(_names_other_end, self._contributing(order))),
        )

    def _moved(self, dotted: str) -> Symbol | None:
        before = next((each for each in _MOVED if dotted.startswith(each)), None)
        return self.names.find(dotted.replace(before, _MOVED[before])) if before is not None else None

    def _no_field(self, symbol: ClassSymbol, order: tuple[ClassSymbol | External, ...], complete: bool) -> FieldClass:
        """A class that is no field may contribute to a model too; one with an unknown base may be a field."""
        lost = [cls for cls in order if isinstance(cls, External) and not is_harmless(cls)]
        contributes = self._own(order, "contribute_to_class")
        if lost or not (complete or self._all_resolve(order)):
            reason = self._missing(symbol, order)
            return FieldClass(symbol, "unknown", Signature(), contributes=contributes, open_reason=reason)
        return FieldClass(symbol, "attribute", self.signatures.of(symbol), contributes=contributes)

    def _all_resolve(self, order: tuple[ClassSymbol | External, ...]) -> bool:
        return all(None not in self.names.bases(cls) for cls in order if isinstance(cls, ClassSymbol))

    def _missing(self, symbol: ClassSymbol, order: tuple[ClassSymbol | External, ...]) -> str:
        lost = next((cls.dotted for cls in order if isinstance(cls, External) and not is_harmless(cls)), None)
        if lost is None and self._all_resolve(order):
            return ""
        return f"`{lost}` was not found" if lost else f"a base of `{symbol.name}` was not found"

    def _own(self, order: tuple[ClassSymbol | External, ...], method: str) -> tuple[FunctionSymbol, ...]:
        """Each method of a name that classes outside Django define, the nearest first: each calls the next."""
        found: list[FunctionSymbol] = []
        for cls in order:
            node = cls.member(method) if isinstance(cls, ClassSymbol) else None
            if isinstance(cls, ClassSymbol) and isinstance(node, s.FunctionDef) and not is_django(cls):
                found.append(FunctionSymbol(cls.unit, node, cls))
        return tuple(found)

    def _contributing(self, order: tuple[ClassSymbol | External, ...]) -> Iterator[FunctionSymbol]:
        for method in ("contribute_to_class", "contribute_to_related_class", "set_attributes_from_rel"):
            yield from self._own(order, method)

    def _nearest(self, order: tuple[ClassSymbol | External, ...], method: str) -> FunctionSymbol | None:
        for cls in order:
            node = cls.member(method) if isinstance(cls, ClassSymbol) else None
            if isinstance(cls, ClassSymbol) and isinstance(node, s.FunctionDef):
                return FunctionSymbol(cls.unit, node, cls)
        return None

    def _returned(self, function: FunctionSymbol | None) -> s.Expr | None:
        """What a method returns in the end."""
        statements = function.unit.body(function.node).statements if function is not None else ()
        last = statements[-1] if statements else None
        return last.value if isinstance(last, s.Return) else None

    def _attname(self, order: tuple[ClassSymbol | External, ...]) -> str | None:
        """The name of the attribute, from `get_attname`: `"%s_id" % self.name` for a foreign key."""
        returned = self._returned(self._nearest(order, "get_attname"))
        return text_of(returned, {"self.name": "{}"}) if returned is not None else None

    def _has_column(self, order: tuple[ClassSymbol | External, ...]) -> bool:
        """`get_attname_column` of what has no column of its own returns `attname, None`."""
        returned = self._returned(self._nearest(order, "get_attname_column"))
        return not (isinstance(returned, s.Seq) and len(returned.items) == 2 and returned.items[1] == s.Lit(None))

    def _says_relation(self, order: tuple[ClassSymbol | External, ...]) -> bool:
        """`is_relation = True` in a field without a related model, as in a GenericForeignKey: no query takes its name."""
        for cls in order:
            if isinstance(cls, ClassSymbol) and not is_django(cls):
                value = getattr(cls.member("is_relation"), "value", None)
                if isinstance(value, s.Lit):
                    return value.value is True
        return any(self._sets_relation(function) for function in self._own(order, "__init__"))

    def _sets_relation(self, function: FunctionSymbol) -> bool:
        for node, _ in walk(function.unit.body(function.node).statements):
            if isinstance(node, s.Assign) and node.value == s.Lit(True):
                if any(isinstance(target, s.Attr) and target.name == "is_relation" for target in node.targets):
                    return True
        return False


def _names_other_end(function: FunctionSymbol) -> bool:
    """`self.remote_field.related_name = …` in a method that Django calls once the class is there. What only fills the
    gaps in the name that an argument gave (`related_name % {"class": …}`) does what Django does."""
    names = ("related_name", "related_query_name")
    return any(
        isinstance(target, s.Attr) and target.name in names and not _fills_in(node.value, target.name)
        for node, _ in walk(function.unit.body(function.node).statements)
        if isinstance(node, s.Assign)
        for target in node.targets
    )


def _fills_in(value: s.Expr | None, name: str) -> bool:
    first = value.operands[0] if isinstance(value, s.Op) and value.op == "%" else None
    return isinstance(first, s.Attr) and first.name == name
