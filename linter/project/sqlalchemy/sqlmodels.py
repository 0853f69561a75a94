"""What SQLModel refuses: classes that are asked for rows and have no table, annotations that it cannot map."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

import msgspec

from linter.facts import syntax as s
from linter.project.flow.scopes import Scope
from linter.project.names import last_name
from linter.project.sqlalchemy import vocabulary
from linter.project.sqlalchemy.mapping import Declared, Mapper
from linter.project.sqlalchemy.values import Lib
from linter.project.trace import memo
from linter.project.types import ClassType, LibraryThing
from linter.project.units import ClassSymbol, Unit
from linter.span import Span

if TYPE_CHECKING:
    from linter.project import Project

_ASKING = frozenset({"delete", "insert", "query", "select", "update"})
_BUILTINS = frozenset({"dict", "frozenset", "list", "set", "tuple"})
_GENERIC = {"Dict": "dict", "List": "list", "Set": "set", "FrozenSet": "frozenset", "Tuple": "tuple"}
_TYPED = ("sa_column", "sa_type")  # arguments of `Field(…)` that say the type


class Tableless(msgspec.Struct, frozen=True):
    """A class without a table that `span` asks for rows."""

    cls: ClassSymbol
    span: Span


class Refused(msgspec.Struct, frozen=True):
    """`kind`: "type" a field that has no type in SQL, which is called `name`; "postponed" a relationship whose annotation is a
    text, for the module has `from __future__ import annotations`."""

    mapper: Mapper
    declared: Declared
    kind: Literal["type", "postponed"]
    name: str


class SqlModels:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.names = project.names

    # --- classes without a table --------------------------------------------------------------------------------------

    def tableless(self, path: str) -> Iterator[Tableless]:
        unit = self.project.unit(path)
        if unit is None or not self.project.uses_sqlalchemy or not unit.mentions("sqlmodel"):
            return
        told: set[Span] = set()
        for name in sorted(_ASKING):
            for call, scope in self.project.flow.calls_named(unit, name) if unit.mentions(name) else ():
                if not self._asks(call, name, scope) or not isinstance(call.args[0], (s.Name, s.Attr)):
                    continue
                kind = self.project.flow.expression(scope, call.args[0])
                span = scope.span(call.args[0].at)
                if (
                    isinstance(kind, ClassType)
                    and not kind.or_subclass
                    and self._has_no_table(kind.symbol)
                    and span not in told
                ):
                    told.add(span)
                    yield Tableless(kind.symbol, span)

    def _asks(self, call: s.Call, name: str, scope: Scope) -> bool:
        """`select(Hero)`, `session.query(Hero)`."""
        if not call.args or isinstance(call.func, s.Attr) != (name == "query"):
            return False
        kind = self.project.flow.expression(scope, call.func) if name != "query" else None
        return kind is None or (isinstance(kind, LibraryThing) and kind.dotted.startswith(("sqlalchemy.", "sqlmodel.")))

    @memo
    def _has_no_table(self, cls: ClassSymbol) -> bool:
        """Whether a class is a SQLModel and surely no table."""
        if self.project.tables.mapper(cls) is not None or self.project.tables.declarative.mapper(cls) is not None:
            return False
        order = self.names.mro(cls)[0]
        own = [base for base in order if isinstance(base, ClassSymbol) and not base.unit.is_library]
        if any(keyword.name in ("table", "") for base in own for keyword in base.node.keywords):
            return False
        if any(base.node.decorators or "metaclass" in [k.name for k in base.node.keywords] for base in own):
            return False
        return any(vocabulary.kind(self.names.name_of(base)) == "SQLModel" for base in order)

    # --- annotations --------------------------------------------------------------------------------------------------

    def refused(self, path: str) -> Iterator[Refused]:
        for mapper in self.project.tables.mappers_in(path):
            if mapper.table is None or not self._is_model(mapper):
                continue
            for declared in mapper.declared.values():
                node = declared.node
                if not isinstance(node, s.Assign) or node.annotation is None or declared.definer.unit.path != path:
                    continue
                if declared.name in mapper.relationships:
                    if _is_postponed(declared.definer.unit) and _is_generic(node.annotation):
                        yield Refused(mapper, declared, "postponed", declared.name)
                elif declared.name in mapper.columns and _leaves_type(node.value):
                    name = self._untyped(declared.definer.unit, node.annotation)
                    if name:
                        yield Refused(mapper, declared, "type", name)

    def _is_model(self, mapper: Mapper) -> bool:
        order = self.project.tables.declarative.lineages.of(mapper.symbol).order
        return any(isinstance(base, Lib) and vocabulary.kind(base.dotted) == "SQLModel" for base in order)

    def _untyped(self, unit: Unit, expr: s.Expr) -> str:
        """The collection that an annotation promises, None aside; "" for any other annotation."""
        if isinstance(expr, s.Op) and expr.op == "|":
            rest = [each for each in expr.operands if not (isinstance(each, s.Lit) and each.value is None)]
            return self._untyped(unit, rest[0]) if len(rest) == 1 else ""
        if isinstance(expr, s.Sub) and self.names.full_name(unit, expr.value) == "typing.Optional":
            return self._untyped(unit, expr.index)
        head = expr.value if isinstance(expr, s.Sub) else expr
        if isinstance(head, s.Name) and head.id in _BUILTINS and head.id not in unit.names:
            return head.id
        package, _, name = self.names.full_name(unit, head).rpartition(".")
        return _GENERIC.get(name, "") if package == "typing" else ""


def _leaves_type(value: s.Expr | None) -> bool:
    """Whether what a field is set to leaves its type to the annotation."""
    if not isinstance(value, s.Call):
        return value is None or isinstance(value, (s.Lit, s.Seq, s.Dict, s.Str))
    return last_name(value.func) == "Field" and value.is_exact and not any(k.name in _TYPED for k in value.keywords)


def _is_postponed(unit: Unit) -> bool:
    nodes = [binding.node for binding in unit.names.get("annotations", ())]
    return any(isinstance(node, s.ImportFrom) and node.module == "__future__" for node in nodes)


def _is_generic(expr: s.Expr) -> bool:
    """`list["Hero"]`, `Optional[Hero]`: SQLAlchemy looks for a class of that whole name."""
    return isinstance(expr, s.Sub)
