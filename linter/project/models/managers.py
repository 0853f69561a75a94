"""The managers of a model, and the querysets behind them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from linter.facts import syntax as s
from linter.project.models.class_body import DeclaredManager
from linter.project.models.model import Manager, Model
from linter.project.units import ClassSymbol, External, Unit, ValueSymbol, walk

if TYPE_CHECKING:
    from linter.project.models.index import Models

DEEPEST = 12

_MANAGER = "django.db.models.manager.Manager"
_QUERYSET = "django.db.models.query.QuerySet"

# What gives a row names that its model does not have, or takes names that its model does not have.
_CHANGING = frozenset({"annotate", "alias", "extra", "raw", "values", "values_list"})
_OVERRIDES = frozenset(
    {"filter", "exclude", "get", "_filter_or_exclude", "_filter_or_exclude_inplace", "__init__", "create"}
)


def managers(model: Model) -> dict[str, Manager]:
    """By name, the default one first: those of the nearest class first, in each in the order of writing."""
    index = model.index
    found: dict[str, Manager] = {}
    hidden: set[str] = set()
    for cls in index.names.mro(model.symbol)[0]:
        if isinstance(cls, External):
            continue
        body, base = index.body(cls), index.of(cls)
        given = (
            {name: described(index, declared) for name, declared in body.managers.items()} if base is not None else {}
        )
        if base is not None and not base.abstract and index.is_base(base, model) and list(base.managers) == ["objects"]:
            given = base.managers  # it may have none of its own but the one that Django adds
        for name, manager in given.items():
            if name not in found and name not in hidden:
                found[name] = manager
        hidden |= body.names
    if not found and not model.abstract:
        default = index.names.find(_MANAGER)
        symbol = default if isinstance(default, ClassSymbol) else External("django.db.models.Manager")
        found["objects"] = Manager("objects", symbol, _querysets(index, symbol))
    return found


def described(index: Models, declared: DeclaredManager) -> Manager:
    classes = list(_classes(index, declared.unit, declared.call, declared.owner))
    managers = [cls for cls in classes if not _is_queryset(index, cls)]
    querysets = [cls for cls in classes if _is_queryset(index, cls)]
    default = index.names.find(_MANAGER)
    cls = (
        managers[0]
        if managers
        else default
        if isinstance(default, ClassSymbol)
        else External("django.db.models.Manager")
    )
    behind = tuple(dict.fromkeys([*querysets, *_querysets(index, cls)]))
    changes = not classes or any(_changes(index, c) for c in (cls, *querysets))  # a class not found may do anything
    return Manager(declared.name, cls, behind, changes)


def _is_queryset(index: Models, cls: ClassSymbol | External) -> bool:
    return index.names.is_subclass(cls, _QUERYSET, "django.db.models.QuerySet")


def _classes(
    index: Models, unit: Unit, expr: s.Expr, owner: ClassSymbol | None = None, depth: int = 0
) -> Iterator[ClassSymbol | External]:
    """The manager and queryset classes in `M()`, `Q.as_manager()`, `M.from_queryset(Q)()` and names bound to those."""
    if depth > DEEPEST:
        return
    if isinstance(expr, s.Call):
        func = expr.func
        if isinstance(func, s.Attr) and func.name in ("as_manager", "from_queryset"):
            yield from _classes(index, unit, func.value, owner, depth + 1)
            for arg in expr.args[:1]:
                yield from _classes(index, unit, arg, owner, depth + 1)
        else:
            yield from _classes(index, unit, func, owner, depth + 1)
    elif isinstance(expr, (s.Name, s.Attr)):
        symbol = index.names.follow(index.names.resolve(unit, expr, owner))
        if isinstance(symbol, (ClassSymbol, External)):
            yield symbol
        elif isinstance(symbol, ValueSymbol) and isinstance(symbol.value, s.Call):
            yield from _classes(index, symbol.unit, symbol.value, symbol.owner, depth + 1)


def _querysets(index: Models, cls: ClassSymbol | External) -> tuple[ClassSymbol | External, ...]:
    """The queryset classes of a manager class: from its bases, or made in `get_queryset`."""
    if isinstance(cls, External):
        return ()
    found: list[ClassSymbol | External] = []
    for base in index.names.mro(cls)[0]:
        if not isinstance(base, ClassSymbol):
            continue
        for expr in base.node.bases:
            if isinstance(expr, s.Call):  # class M(Manager.from_queryset(Q))
                found.extend(c for c in _classes(index, base.unit, expr) if _is_queryset(index, c))
            elif isinstance(expr, s.Name):
                symbol = index.names.follow(index.names.resolve(base.unit, expr))
                if isinstance(symbol, ValueSymbol) and isinstance(symbol.value, s.Call):
                    found.extend(c for c in _classes(index, symbol.unit, symbol.value) if _is_queryset(index, c))
        found.extend(_returned(index, base))
    return tuple(dict.fromkeys(found))


def _returned(index: Models, cls: ClassSymbol) -> Iterator[ClassSymbol | External]:
    """`def get_queryset(self): return Q(self.model, using=self._db)…`."""
    node = cls.member("get_queryset")
    if not isinstance(node, s.FunctionDef) or cls.unit.is_library:
        return
    for statement, _ in walk(cls.unit.body(node).statements):
        if not isinstance(statement, (s.Return, s.Assign)):
            continue
        expr = statement.value
        while isinstance(expr, (s.Call, s.Attr)):
            if isinstance(expr, s.Call) and isinstance(expr.func, (s.Name, s.Attr)):
                symbol = index.names.follow(index.names.resolve(cls.unit, expr.func))
                if isinstance(symbol, ClassSymbol) and _is_queryset(index, symbol):
                    yield symbol
                    break
            expr = expr.func if isinstance(expr, s.Call) else expr.value


def _changes(index: Models, cls: ClassSymbol | External) -> bool:
    """Whether a manager or queryset class may give its rows more names than its model has, or take other keywords."""
    if isinstance(cls, External):
        return True
    order, complete = index.names.mro(cls)
    for base in order:
        if isinstance(base, External):
            if base.dotted.startswith("django.") or not base.dotted.partition(".")[2]:
                continue
            return True
        if base.unit.is_django:
            break
        for name in base.names:
            node = base.member(name)
            if isinstance(node, s.FunctionDef):
                if name in _OVERRIDES:
                    return True
                if name == "get_queryset" and _mentions(base, node):
                    return True
    return not complete and not any(isinstance(c, ClassSymbol) and c.unit.is_library for c in order)


def _mentions(cls: ClassSymbol, function: s.FunctionDef) -> bool:
    """Whether a method's returned expressions call something that may annotate: all but plain filtering may."""
    from linter.project.models.expressions import calls

    plain = {"filter", "exclude", "order_by", "select_related", "prefetch_related", "get_queryset", "super", "all", "using",
             "distinct", "defer", "only", "none", "select_for_update"}  # fmt: skip
    for node, _ in walk(cls.unit.body(function).statements):
        value = getattr(node, "value", None)
        if value is None:
            continue
        for call in calls(value):
            name = (
                call.func.name
                if isinstance(call.func, s.Attr)
                else call.func.id
                if isinstance(call.func, s.Name)
                else ""
            )
            if name in _CHANGING or (name not in plain and not name[:1].isupper()):
                return True
    return False
