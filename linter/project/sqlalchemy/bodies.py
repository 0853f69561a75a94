"""What stands in the body of a mapped class and does not become what it was meant to be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from linter.facts import syntax as s
from linter.project.names import last_name
from linter.project.sqlalchemy import vocabulary
from linter.project.sqlalchemy.mapping import Declared, Mapper, Special
from linter.project.sqlalchemy.values import Lib, Made
from linter.project.trace import memo
from linter.project.units import ClassSymbol

if TYPE_CHECKING:
    from linter.project import Project

_SCHEMA_ITEMS = frozenset({
    "CheckConstraint", "Column", "ExcludeConstraint", "ForeignKeyConstraint", "Index", "PrimaryKeyConstraint", "UniqueConstraint",
})  # fmt: skip
# The attributes for which an annotation must say `Mapped`; a plain Column may have any.
_MAPPED = (vocabulary.COLUMNS - {"Column"}) | vocabulary.RELATIONSHIPS | {"column_property", "synonym"}
_PLAIN = frozenset({
    "builtins.int", "builtins.str", "builtins.float", "builtins.bool", "builtins.bytes", "builtins.dict", "builtins.list",
    "builtins.set", "datetime.date", "datetime.datetime", "datetime.time", "datetime.timedelta", "decimal.Decimal", "uuid.UUID",
    "typing.Any", "typing.Dict", "typing.List", "typing.Set", "typing.Optional", "typing.Union",
})  # fmt: skip


class TableArgs(msgspec.Struct, frozen=True):
    """`__table_args__` that SQLAlchemy refuses. `kind`: "item" a constraint alone, "list", "text"; "dict" one that is not the
    last item, "nested" an item that is none; "name" where it is called otherwise and so not read."""

    mapper: Mapper
    special: Special
    kind: str
    expr: s.Expr


class InTuple(msgspec.Struct, frozen=True):
    """`name = Column(…),`: a tuple, which is no column."""

    mapper: Mapper
    declared: Declared
    made: Made
    expr: s.Seq


class Unmapped(msgspec.Struct, frozen=True):
    """`name: int = mapped_column()`, or with no value at all."""

    mapper: Mapper
    declared: Declared


class Bodies:
    def __init__(self, project: Project) -> None:
        self.project = project

    def _mappers(self, path: str) -> Iterator[Mapper]:
        for mapper in self.project.tables.mappers_in(path):
            if mapper.imperative is None and not mapper.is_union:
                yield mapper

    # --- __table_args__ ---

    @memo
    def table_args(self, path: str) -> tuple[TableArgs, ...]:
        found: dict[ClassSymbol, TableArgs] = {}
        for mapper in self._mappers(path):
            special = mapper.specials.get("__table_args__")
            if special is None or special.definer.unit.path != path or mapper.table is None:
                continue
            if "__table__" in mapper.symbol.names or len(special.definer.names["__table_args__"]) > 1:
                continue
            wrong = self._wrong_args(special)
            if wrong is not None:
                found.setdefault(special.definer, TableArgs(mapper, special, *wrong))
        return tuple(found.values())

    def _wrong_args(self, special: Special) -> tuple[str, s.Expr] | None:
        expr, value = special.expr, special.value
        if isinstance(value, Made) and value.kind in _SCHEMA_ITEMS:
            return "item", expr or s.Unknown()
        if isinstance(expr, s.Seq) and expr.kind != "tuple":
            return "list", expr
        if isinstance(expr, s.Str):
            return "text", expr
        if isinstance(expr, s.Seq):
            for item in expr.items[:-1]:
                if isinstance(item, s.Dict):
                    return "dict", item
            for item in expr.items:
                if isinstance(item, (s.Seq, s.Str)):
                    return "nested", item
        return None

    # --- tuples ---

    @memo
    def in_tuples(self, path: str) -> tuple[InTuple, ...]:
        found: dict[object, InTuple] = {}
        for mapper in self._mappers(path):
            for declared in mapper.declared.values():
                node = declared.node
                if declared.definer.unit.path == path and isinstance(node, s.Assign) and isinstance(node.value, s.Seq):
                    made = self._alone(node.value, declared)
                    if made is not None:
                        found.setdefault(node, InTuple(mapper, declared, made, node.value))
        return tuple(found.values())

    def _alone(self, expr: s.Seq, declared: Declared) -> Made | None:
        """The column or relationship that is all that a tuple holds."""
        if expr.kind != "tuple" or len(expr.items) != 1 or not isinstance(expr.items[0], s.Call):
            return None
        values = self.project.tables.values
        made = values.value(expr.items[0], values.inside(declared.definer))
        known = vocabulary.COLUMNS | vocabulary.RELATIONSHIPS | {"column_property", "synonym", "deferred"}
        return made if isinstance(made, Made) and made.kind in known else None

    # --- annotations ---

    @memo
    def unmapped(self, path: str) -> tuple[Unmapped, ...]:
        found: dict[object, Unmapped] = {}
        for mapper in self._mappers(path):
            if mapper.symbol.node.decorators or not self._reads_annotations(mapper):
                continue
            for declared in mapper.declared.values():
                if declared.definer is mapper.symbol and self._is_unmapped(declared):
                    found.setdefault(declared.node, Unmapped(mapper, declared))
        return tuple(found.values())

    def _reads_annotations(self, mapper: Mapper) -> bool:
        """Whether SQLAlchemy 2 looks at the annotations of a class, and nothing tells it to let them pass."""
        lineage = self.project.tables.declarative.lineages.of(mapper.symbol)
        if mapper.open or not lineage.whole:
            return False
        if not any(isinstance(e, Lib) and vocabulary.kind(e.dotted) in vocabulary.BASES for e in lineage.order):
            return False
        return not any(
            "__allow_unmapped__" in cls.names or any(last_name(d) == "dataclass" for d in cls.node.decorators)
            for cls in lineage.classes()
        ) and not any(isinstance(e, Lib) and "Dataclass" in e.dotted for e in lineage.order)

    def _is_unmapped(self, declared: Declared) -> bool:
        node, scope = declared.node, self.project.tables.values.inside(declared.definer)
        if not isinstance(node, s.Assign) or node.annotation is None or len(declared.definer.names[declared.name]) > 1:
            return False
        if node.value is not None and node.value != s.Lit(None):
            value = self.project.tables.values.bound(node, declared.name, scope)
            if not (isinstance(value, Made) and value.kind in _MAPPED):
                return False
        return self._is_plain(node.annotation, declared)

    def _is_plain(self, annotation: s.Expr, declared: Declared) -> bool:
        """Whether an annotation is a type that is no `Mapped` of any sort."""
        read = self.project.tables.declarative.attributes.annotations
        scope = self.project.tables.values.inside(declared.definer)
        annotation = read.parsed(annotation)
        if isinstance(annotation, s.Op) and annotation.op == "|":
            return all(self._is_plain(operand, declared) for operand in annotation.operands)
        if isinstance(annotation, s.Lit):
            return annotation.value is None
        head = annotation.value if isinstance(annotation, s.Sub) else annotation
        if not isinstance(head, (s.Name, s.Attr)):
            return False
        value = read.value_of(head, scope)
        if isinstance(value, ClassSymbol):
            return self.project.tables.mapper(value) is not None
        return isinstance(value, Lib) and value.dotted in _PLAIN
