"""What an annotation promises of a value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from linter.extract.python import expression as parse
from linter.facts import syntax as s
from linter.project.flow import calls, managers
from linter.project.flow.names import builtin, is_django, is_in
from linter.project.types import (
    NONE,
    UNKNOWN,
    ClassType,
    Constant,
    DictType,
    LibraryThing,
    QuerySet,
    Sequence,
    TupleType,
    Type,
    UnknownType,
    members,
    union,
)
from linter.project.units import ClassSymbol, Unit

if TYPE_CHECKING:
    from linter.project.flow import Flow

LISTS = frozenset({
    "list", "List", "set", "Set", "frozenset", "FrozenSet", "Sequence", "MutableSequence", "Iterable", "Iterator",
    "Collection", "Generator", "AsyncIterator", "AsyncIterable", "AsyncGenerator", "deque", "Deque", "AbstractSet",
    "MutableSet", "Reversible",
})  # fmt: skip
DICTS = frozenset({"dict", "Dict", "Mapping", "MutableMapping", "defaultdict", "DefaultDict", "OrderedDict"})
TRANSPARENT = frozenset({
    "Annotated", "ClassVar", "Final", "Required", "NotRequired", "Awaitable", "Mapped", "ReadOnly",
})  # fmt: skip
DEEPEST = 12


def annotated(flow: Flow, unit: Unit, expr: s.Expr, owner: ClassSymbol | None, depth: int = 0) -> Type:
    if depth > DEEPEST:
        return UNKNOWN
    if isinstance(expr, s.Str):
        return annotated(flow, unit, parse(expr.value), owner, depth + 1)
    if isinstance(expr, s.Lit):
        return NONE if expr.value is None else UNKNOWN
    if isinstance(expr, s.Op) and expr.op == "|":
        return union(*(annotated(flow, unit, operand, owner, depth + 1) for operand in expr.operands))
    if isinstance(expr, s.Sub):
        return _parameterised(flow, unit, expr, owner, depth)
    if isinstance(expr, (s.Name, s.Attr)):
        return _plain(flow, unit, expr, owner)
    return UNKNOWN


def _named(flow: Flow, unit: Unit, expr: s.Expr, owner: ClassSymbol | None) -> Type:
    """The class that an annotation names."""
    symbol = flow.names.follow(flow.names.resolve(unit, expr, owner))
    if symbol is None:
        return builtin(expr.id) if isinstance(expr, s.Name) else UNKNOWN
    return flow.of_symbol(symbol)


def _plain(flow: Flow, unit: Unit, expr: s.Expr, owner: ClassSymbol | None) -> Type:
    kind = _named(flow, unit, expr, owner)
    dotted = _dotted(flow, kind)
    name = dotted.rpartition(".")[2]
    if is_in(dotted, "builtins", "dict"):
        return DictType(is_open=True)
    if name in LISTS | DICTS | TRANSPARENT or is_in(dotted, "typing", "Any", "Self", "Callable", "Optional", "Union"):
        return UNKNOWN
    if isinstance(kind, ClassType):
        # A type alias or a protocol class is no promise that helps; everything else may be a subclass.
        return _opened(calls.instance(flow, kind, or_subclass=True))
    return flow.instance_of(kind) if isinstance(kind, LibraryThing) else UNKNOWN


def _dotted(flow: Flow, kind: Type) -> str:
    if isinstance(kind, LibraryThing):
        return kind.dotted
    return kind.symbol.dotted if isinstance(kind, ClassType) else ""


def _parameterised(flow: Flow, unit: Unit, expr: s.Sub, owner: ClassSymbol | None, depth: int) -> Type:
    kind = _named(flow, unit, expr.value, owner)
    dotted = _dotted(flow, kind)
    name = dotted.rpartition(".")[2]
    parts = expr.index.items if isinstance(expr.index, s.Seq) else (expr.index,)

    def part(index: int) -> Type:
        return annotated(flow, unit, parts[index], owner, depth + 1) if index < len(parts) else UNKNOWN

    if name == "Optional":
        return union(part(0), NONE)
    if name == "Union":
        return union(*(part(i) for i in range(len(parts))))
    if name in LISTS:
        return Sequence(part(0))
    if name in DICTS:
        return DictType((), True, part(1))
    if name in ("tuple", "Tuple"):
        if len(parts) == 2 and isinstance(parts[1], s.Unknown):  # tuple[X, ...]
            return Sequence(part(0))
        return TupleType(tuple(part(i) for i in range(len(parts))))
    if name in TRANSPARENT:
        return part(0)
    if name in ("type", "Type"):
        return _class(part(0))
    if name == "Literal":
        values = [p.value for p in parts if isinstance(p, (s.Str, s.Lit))]
        return union(*(Constant(v) for v in values)) if len(values) == len(parts) else UNKNOWN
    if is_django(dotted, "db.models", "QuerySet", "Manager", "BaseManager", "RelatedManager") or name in (
        "RelatedManager",
        "ManyRelatedManager",
        "ValuesQuerySet",
    ):
        return _queryset(flow, part(0), name)
    return _opened(calls.instance(flow, kind, or_subclass=True)) if isinstance(kind, ClassType) else UNKNOWN


def _class(kind: Type) -> Type:
    found: list[Type] = []
    for member in members(kind):
        model = getattr(member, "model", None)
        symbol = model.symbol if model is not None else getattr(member, "symbol", None)
        if not isinstance(symbol, ClassSymbol):
            return UNKNOWN
        found.append(ClassType(symbol, model, True))
    return union(*found) if found else UNKNOWN


def _opened(kind: Type) -> Type:
    """A promised queryset may carry names that the promise does not tell."""
    return union(*(replace(m, is_open=True) if isinstance(m, QuerySet) else m for m in members(kind)))


def _queryset(flow: Flow, kind: Type, name: str) -> Type:
    found: list[Type] = []
    for member in members(kind):
        model = getattr(member, "model", None)
        if model is None or isinstance(member, UnknownType):
            return UNKNOWN
        base = managers.manager(flow, model)
        found.append(QuerySet(model, is_open=True, is_manager=name.endswith("Manager"), classes=base.classes))
    return union(*found) if found else UNKNOWN
