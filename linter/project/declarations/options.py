"""What class bodies say: `list_display = Base.list_display + ("title",)`, put together as far as it can be seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from linter.facts import syntax as s
from linter.project.trace import memo
from linter.project.units import Binding, ClassSymbol, External, Unit, ValueSymbol, walk
from linter.span import Span

if TYPE_CHECKING:
    from linter.project.names import Names

DEEPEST = 20
_SAME = frozenset({"list", "tuple", "set", "frozenset", "sorted"})  # calls that keep what their argument holds
_CHANGES = frozenset({"append", "extend", "insert", "remove", "pop", "clear", "update", "setdefault", "sort"})


class Where(msgspec.Struct, frozen=True):
    """Which code an expression stands in: a module's, or the body of a class."""

    unit: Unit
    owner: ClassSymbol | None = None

    def span(self, at: int) -> Span:
        return self.unit.span(at, self.owner.function if self.owner is not None else None)


class Item(msgspec.Struct, frozen=True):
    """An element of an option, with where it is written. `position`: its place in the whole, None where that is not known."""

    expr: s.Expr
    where: Where
    position: int | None = None

    @property
    def text(self) -> str | None:
        return self.expr.value if isinstance(self.expr, s.Str) else None

    @property
    def at(self) -> int:
        return self.expr.at if isinstance(self.expr, s.Str) else s.NOWHERE


class Listed(msgspec.Struct, frozen=True):
    """The elements of a list, tuple or set, or the keys of a dict; `is_whole` where there are no others."""

    items: tuple[Item, ...]
    is_whole: bool

    @property
    def texts(self) -> frozenset[str]:
        return frozenset(item.text for item in self.items if item.text is not None)

    @property
    def strings(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.text is not None)


NOTHING = Listed((), True)
UNSEEN = Listed((), False)


class Option(msgspec.Struct, frozen=True):
    """What a class says of one name: its own, or the nearest base's. `bindings` are all that bind it in `owner`."""

    owner: ClassSymbol
    bindings: Sequence[Binding]

    @property
    def value(self) -> s.Expr | None:
        """Its value, where there is but one."""
        node = self.bindings[-1].node
        sole = len(self.bindings) == 1 and not self.bindings[0].guard
        return node.value if sole and isinstance(node, s.Assign) else None

    @property
    def where(self) -> Where:
        return Where(self.owner.unit, self.owner)


class Options:
    def __init__(self, names: Names) -> None:
        self.names = names

    def of(self, cls: ClassSymbol, name: str) -> Option | None:
        """What a class says of a name; None where nobody does, or where a base that was not read might."""
        for base in self.names.mro(cls)[0]:
            if isinstance(base, External):
                return None
            found = base.names.get(name)
            if found:
                return Option(base, found)
        return None

    def listed(self, cls: ClassSymbol, name: str) -> Listed:
        """The elements of an option; empty and whole where neither the class nor any base has it."""
        option = self.of(cls, name)
        if option is None:
            return NOTHING if self.names.mro(cls)[1] else UNSEEN
        return self._bound(option.bindings, option.where, name, DEEPEST)

    def own(self, cls: ClassSymbol, name: str) -> Listed:
        """The elements of an option that the class's own body gives."""
        return self.listed(cls, name) if name in cls.names else NOTHING

    def elements(self, expr: s.Expr, where: Where) -> Listed:
        return _numbered(self._elements(expr, where, DEEPEST))

    @memo
    def inner(self, cls: ClassSymbol, name: str) -> ClassSymbol | None:
        """The class that a class has under a name: `Meta`, `form = BookForm`."""
        option = self.of(cls, name)
        if option is None:
            return None
        node = option.bindings[-1].node
        if isinstance(node, s.ClassDef):
            return self.names.class_symbol(
                option.owner.unit, node, f"{option.owner.qualname}.{name}", option.owner.function
            )
        if option.value is None:
            return None
        found = self.names.follow(self.names.resolve(option.owner.unit, option.value, option.owner))
        return found if isinstance(found, ClassSymbol) else None

    # --- values -------------------------------------------------------------------------------------------------------

    def _bound(self, bindings: Sequence[Binding], where: Where, name: str, depth: int) -> Listed:
        """What several bindings of one name leave: `fields = (…)`, then `fields += (…)`."""
        found = UNSEEN
        is_whole = not self._is_changed(where, name)
        for binding in bindings:
            node = binding.node
            if isinstance(node, s.Assign) and node.value is not None and self._is_plain(node, name):
                found = self._elements(node.value, where, depth)
            elif isinstance(node, s.AugAssign) and node.op == "+":
                added = self._elements(node.value, where, depth)
                found = Listed(found.items + added.items, found.is_whole and added.is_whole)
            else:
                return UNSEEN
            is_whole = is_whole and not binding.guard
        if any(binding.guard for binding in bindings):
            return UNSEEN  # which of them counts is not said
        return _numbered(Listed(found.items, found.is_whole and is_whole))

    def _is_plain(self, node: s.Assign, name: str) -> bool:
        return any(isinstance(target, s.Name) and target.id == name for target in node.targets)

    def _elements(self, expr: s.Expr, where: Where, depth: int) -> Listed:
        if depth == 0:
            return UNSEEN
        if isinstance(expr, s.Seq):
            return self._sum([self._item(item, where, depth - 1) for item in expr.items])
        if isinstance(expr, s.Dict):
            return self._sum([self._key(key, value, where, depth - 1) for key, value in expr.items])
        if isinstance(expr, s.Op) and expr.op in ("+", "|"):
            return self._sum([self._elements(operand, where, depth - 1) for operand in expr.operands])
        if isinstance(expr, (s.Name, s.Attr)):
            return self._named(expr, where, depth - 1)
        if isinstance(expr, s.Lit) and expr.value is None:
            return NOTHING
        if isinstance(expr, s.Call) and isinstance(expr.func, s.Name) and expr.func.id in _SAME and not expr.keywords:
            if not expr.args:
                return NOTHING
            return self._elements(expr.args[0], where, depth - 1)
        return UNSEEN

    def _sum(self, parts: list[Listed]) -> Listed:
        return Listed(tuple(item for part in parts for item in part.items), all(part.is_whole for part in parts))

    def _item(self, expr: s.Expr, where: Where, depth: int) -> Listed:
        if isinstance(expr, s.Starred):
            return self._elements(expr.value, where, depth)
        if isinstance(expr, s.Name):  # a constant that is a string, or a callable
            symbol = self.names.resolve(where.unit, expr, where.owner)
            if isinstance(symbol, ValueSymbol) and isinstance(symbol.value, s.Str):
                return Listed((Item(symbol.value, Where(symbol.unit, symbol.owner)),), True)
        return Listed((Item(expr, where),), not isinstance(expr, s.Unknown))

    def _key(self, key: s.Expr | None, value: s.Expr, where: Where, depth: int) -> Listed:
        return self._elements(value, where, depth) if key is None else self._item(key, where, depth)

    def _named(self, expr: s.Name | s.Attr, where: Where, depth: int) -> Listed:
        symbol = self.names.resolve(where.unit, expr, where.owner)
        if not isinstance(symbol, ValueSymbol):
            return UNSEEN
        name = expr.id if isinstance(expr, s.Name) else expr.name
        there = Where(symbol.unit, symbol.owner)
        names = symbol.owner.names if symbol.owner is not None else symbol.unit.names
        bindings = names.get(name, [])
        if not any(binding.node is symbol.node for binding in bindings):
            return UNSEEN
        if depth == 0 or (there == where and isinstance(symbol.value, s.Name) and symbol.value.id == name):
            return UNSEEN
        return self._bound(bindings, there, name, depth)

    # --- values that are changed in place --------------------------------------------------------------------------------

    def _is_changed(self, where: Where, name: str) -> bool:
        return name in self._changed(where.unit)

    @memo
    def _changed(self, unit: Unit) -> frozenset[str]:
        """Names on which a module calls `append` and the like, in its own body or in that of a class."""
        found: set[str] = set()
        blocks = [unit.module.body, *(cls.node.body for cls in self.names.classes(unit))]
        for node in (node for block in blocks for node, _ in walk(block)):
            call = node.value if isinstance(node, s.ExprStmt) else None
            if isinstance(call, s.Call) and isinstance(call.func, s.Attr) and call.func.name in _CHANGES:
                target = call.func.value
                found.add(target.id if isinstance(target, s.Name) else getattr(target, "name", ""))
            found.update(_changed_names(node))
        return frozenset(found)


def _changed_names(node: s.Stmt) -> Iterator[str]:
    """`Admin.list_display += …`, `FIELDS[0] = …`."""
    targets = node.targets if isinstance(node, s.Assign) else (node.target,) if isinstance(node, s.AugAssign) else ()
    for target in targets:
        if isinstance(target, s.Sub):
            target = target.value
            if isinstance(target, s.Name):
                yield target.id
        if isinstance(target, s.Attr):
            yield target.name


def _numbered(listed: Listed) -> Listed:
    if not listed.is_whole:
        return listed
    return Listed(tuple(replace(item, position=position) for position, item in enumerate(listed.items)), True)
