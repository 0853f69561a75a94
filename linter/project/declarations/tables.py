"""The names in a Table of django-tables2: `Meta.fields`, and what its columns read from rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from linter.facts import syntax as s
from linter.project.declarations.form_fields import may_be_field
from linter.project.declarations.options import Item, Where
from linter.project.declarations.wrong import Wrong, unique
from linter.project.trace import memo
from linter.project.units import ClassSymbol

if TYPE_CHECKING:
    from linter.project.declarations import Declarations
    from linter.project.models import Model

TABLE = ("django_tables2.tables.Table",)
COLUMN = ("django_tables2.columns.base.Column",)
# Columns that show the row's attribute of their name and nothing else.
_PLAIN = frozenset(
    {"Column", "BooleanColumn", "DateColumn", "DateTimeColumn", "EmailColumn", "URLColumn", "TimeColumn"}
)


class Tables:
    def __init__(self, declarations: Declarations) -> None:
        self.declarations = declarations
        self.classes = declarations.classes
        self.options = declarations.classes.options

    @memo
    def wrong(self, path: str) -> tuple[Wrong, ...]:
        unit = self.declarations.project.unit(path)
        if unit is None or b"able" not in bytes(unit.facts.module):
            return ()
        found: list[Wrong] = []
        for cls in self.classes.declaring(unit):
            if self.classes.is_below(cls, *TABLE) and self.classes.is_seen(cls):
                wrong = list(self._table(cls))
                asked = sum(1 for _ in self._read(cls))
                if len(wrong) * 2 <= asked or len(wrong) == 1:  # else it shows rows of another class
                    found.extend(wrong)
        return unique([wrong for wrong in found if wrong.where.unit is unit])

    def _table(self, cls: ClassSymbol) -> Iterator[Wrong]:
        model = self._model(cls)
        for name, item in self._read(cls) if model is not None else ():
            assert model is not None
            if self.classes.has(cls, f"render_{name}"):
                continue
            found = self.declarations.sources.missing(model, (item.text or "").replace("__", "."))
            if found is not None:
                owner, part, offset = found
                start = _offset(item.text or "", offset)
                names = frozenset(owner.fields) | frozenset(owner.accessors) | self.classes.own_names(owner.symbol)
                yield Wrong(
                    item.text or "",
                    "column",
                    "missing",
                    cls,
                    owner,
                    item.where,
                    item.at,
                    part,
                    start,
                    names,
                    target=name,
                )

    def _model(self, cls: ClassSymbol) -> Model | None:
        meta = self.options.inner(cls, "Meta")
        model = self.classes.named_model(meta) if meta is not None else None
        return model if model is not None and not model.abstract else None

    @memo
    def _read(self, cls: ClassSymbol) -> tuple[tuple[str, Item], ...]:
        """What a table reads from its rows: the name of each column, and the path."""
        found: list[tuple[str, Item]] = []
        meta = self.options.inner(cls, "Meta")
        declared = self._declared(cls)
        for item in self.options.own(meta, "fields").strings if meta is not None and "Meta" in cls.names else ():
            if item.text not in declared:
                found.append((item.text or "", item))
        for name, bindings in cls.names.items():
            node = bindings[-1].node
            call = node.value if isinstance(node, s.Assign) else None
            if isinstance(call, s.Call) and call.is_exact and not call.args and self._is_plain(cls, call):
                accessor = call.keyword("accessor")
                if isinstance(accessor, s.Str):
                    found.append((name, Item(accessor, Where(cls.unit, cls))))
                elif accessor is None and call.keyword("empty_values") is None:
                    found.append((name, Item(s.Str(name, call.at), Where(cls.unit, cls))))
        return tuple(found)

    def _declared(self, cls: ClassSymbol) -> frozenset[str]:
        found: set[str] = set()
        for base in self.classes.names.mro(cls)[0]:
            if isinstance(base, ClassSymbol) and not self.classes.is_framework(base):
                found.update(
                    name for name, bindings in base.names.items()
                    if isinstance(bindings[-1].node, s.Assign) and may_be_field(bindings[-1].node.value)
                )  # fmt: skip
        return frozenset(found)

    def _is_plain(self, cls: ClassSymbol, call: s.Call) -> bool:
        """Whether a call makes a column that shows the value which it reads, or nothing."""
        names = self.classes.names
        found = names.follow(names.resolve(cls.unit, call.func, cls))
        return isinstance(found, ClassSymbol) and self.classes.is_framework(found) and found.name in _PLAIN


def _offset(path: str, dotted: int) -> int:
    """Where a place in `a.b` is in `a__b`."""
    at = 0
    for part in path.replace("__", ".").split("."):
        if dotted <= 0:
            break
        at += len(part) + (1 if path[at + len(part) : at + len(part) + 1] == "." else 2)
        dotted -= len(part) + 1
    return at
