"""What an annotation says of an attribute: `Mapped[Optional[int]]`, `Mapped[List["Address"]]`, `Annotated[int, mapped_column()]`."""

from __future__ import annotations

import msgspec

from linter.facts import syntax as s
from linter.project.sqlalchemy import vocabulary
from linter.project.sqlalchemy.evaluate import Evaluator
from linter.project.sqlalchemy.values import Lib, Made, Scope, UnknownValue, Value
from linter.project.sqlalchemy.written import parsed
from linter.project.units import ClassSymbol, ValueSymbol

DEEPEST = 12

_OPTIONAL = frozenset({"typing.Optional", "typing_extensions.Optional"})
_UNION = frozenset({"typing.Union", "typing_extensions.Union"})
_ANNOTATED = frozenset({"typing.Annotated", "typing_extensions.Annotated"})
_CLASS_VARIABLE = frozenset({"typing.ClassVar", "typing_extensions.ClassVar", "dataclasses.InitVar"})


class Annotation(msgspec.Struct):
    """`wrapper` is `Mapped` or one of its like, "" for a plain annotation; `optional` None where it cannot be told.

    `many`: a collection, so the other side of a relationship is a list. `target` is the innermost type: a class, or the
    text of a name; `extras` what `Annotated` adds."""

    wrapper: str = ""
    optional: bool | None = False
    many: bool | None = False
    class_variable: bool = False
    target: Value | None = None
    target_name: str = ""
    extras: list[Value] = msgspec.field(default_factory=list)


class Annotations:
    def __init__(self, values: Evaluator) -> None:
        self.values = values

    def read(self, expr: s.Expr, scope: Scope) -> Annotation:
        found = Annotation()
        expr = self.parsed(expr)
        if isinstance(expr, s.Sub):
            head = self._head(expr.value, scope)
            name = head.rpartition(".")[2]
            if name in vocabulary.MAPPED and (vocabulary.kind(head) or "." not in head):
                found.wrapper = name
                found.many = name in ("DynamicMapped", "WriteOnlyMapped")
                expr = expr.index
            elif head in _CLASS_VARIABLE:
                found.class_variable = True
                return found
        elif self._head(expr, scope) in _CLASS_VARIABLE:
            found.class_variable = True
            return found
        elif vocabulary.kind(self._head(expr, scope)) in vocabulary.MAPPED:
            found.wrapper = "Mapped"  # bare, without a type
            found.optional = None
            return found
        self._inner(expr, scope, found, 0)
        return found

    def value_of(self, expr: s.Expr, scope: Scope) -> Value:
        """Of `date: Mapped[date]` the module's `date` is meant; a class in the class body only where there is none."""
        around = self.values.around(scope.owner) if scope.owner is not None else scope
        value = self.values.value(expr, around)
        return self.values.value(expr, scope) if isinstance(value, UnknownValue) and scope.owner is not None else value

    def _head(self, expr: s.Expr, scope: Scope) -> str:
        value = self.value_of(expr, scope)
        if isinstance(value, Lib):
            return value.dotted
        return expr.id if isinstance(expr, s.Name) else ""

    def _inner(self, expr: s.Expr, scope: Scope, found: Annotation, depth: int) -> None:
        expr = self.parsed(expr)
        if depth > DEEPEST:
            found.optional = None
        elif isinstance(expr, s.Lit) and expr.value is None:
            found.optional = True
        elif isinstance(expr, s.Op) and expr.op == "|":
            self._members(expr.operands, scope, found, depth)
        elif isinstance(expr, s.Sub):
            self._generic(expr, scope, found, depth)
        elif isinstance(expr, (s.Name, s.Attr)):
            self._named(expr, scope, found, depth)
        else:
            found.optional = None

    def _members(self, members: tuple[s.Expr, ...], scope: Scope, found: Annotation, depth: int) -> None:
        for member in members:
            self._inner(member, scope, found, depth + 1)

    def _generic(self, expr: s.Sub, scope: Scope, found: Annotation, depth: int) -> None:
        head = self._head(expr.value, scope)
        name = head.rpartition(".")[2]
        items = expr.index.items if isinstance(expr.index, s.Seq) else (expr.index,)
        if head in _OPTIONAL:
            found.optional = True
            self._members(items, scope, found, depth)
        elif head in _UNION:
            self._members(items, scope, found, depth)
        elif head in _ANNOTATED:
            self._inner(items[0], scope, found, depth + 1)
            found.extras.extend(self.values.value(item, scope) for item in items[1:])
        elif name in vocabulary.COLLECTIONS:
            found.many = True
            inner = Annotation()
            self._inner(items[-1], scope, inner, depth + 1)
            found.target, found.target_name = inner.target, inner.target_name
        elif isinstance(expr.value, (s.Name, s.Attr)):
            found.many = None
            self._named(expr.value, scope, found, depth)

    def _named(self, expr: s.Name | s.Attr, scope: Scope, found: Annotation, depth: int) -> None:
        alias = self._alias(expr, scope)
        if alias is not None:
            unit_scope = self.values.module(alias.unit)
            self._inner(alias.value, unit_scope, found, depth + 1)
            return
        value = self.value_of(expr, scope)
        if isinstance(value, Made) and isinstance(value.func, Lib) and value.func.dotted.endswith(".NewType"):
            return
        if value == Lib("builtins.None") or value == Lib("types.NoneType"):
            found.optional = True
            return
        found.target = value if isinstance(value, (ClassSymbol, Lib)) else None
        found.target_name = expr.id if isinstance(expr, s.Name) else expr.name
        if found.target is None and found.optional is False:
            found.optional = None  # `type Text = str | None` is an alias too, and one that was not found

    def _alias(self, expr: s.Name | s.Attr, scope: Scope) -> ValueSymbol | None:
        """A name for a longer type: `intpk = Annotated[int, mapped_column(primary_key=True)]`."""
        if isinstance(expr, s.Name) and any(expr.id in inner.names for inner in _chain(scope)):
            return None
        symbol = self.values.names.follow(self.values.names.resolve(scope.unit, expr))
        if (
            isinstance(symbol, ValueSymbol)
            and isinstance(symbol.value, (s.Sub, s.Op, s.Str))
            and not symbol.unit.is_library
        ):
            return symbol
        return None

    @staticmethod
    def parsed(expr: s.Expr) -> s.Expr:
        """A string in an annotation is the annotation it holds."""
        return parsed(expr.value) if isinstance(expr, s.Str) else expr


def _chain(scope: Scope | None) -> list[Scope]:
    found: list[Scope] = []
    while scope is not None:
        found.append(scope)
        scope = scope.outer
    return found
