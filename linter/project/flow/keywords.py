"""Which keywords a method takes for itself before it hands the others on (`def filter(self, *args, **kwargs): …`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.facts import syntax as s
from linter.project.flow.walk import CHILDREN
from linter.project.units import FunctionSymbol

if TYPE_CHECKING:
    from linter.project.flow import Flow

READERS = frozenset({"pop", "get", "setdefault"})


def own_keywords(flow: Flow, function: FunctionSymbol) -> frozenset[str] | None:
    """The names that a method takes besides those of the method it extends; None where that cannot be said."""
    params = function.node.params
    own = {p.name for p in params[1:] if p.kind not in ("*", "**")}
    rest = next((p.name for p in params if p.kind == "**"), None)
    if rest is None:
        return frozenset(own)
    uses = _Uses(rest)
    frame = flow.frame(function)
    for point in frame.points:
        uses.look(point.expr)
    for result in frame.results:
        if isinstance(result.expr, s.Name):
            uses.look(result.expr)
    if not uses.is_understood or not uses.is_handed_on:
        return None
    return frozenset(own | uses.names)


class _Uses:
    """What is done with the dict of the remaining keywords."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.names: set[str] = set()
        self.is_understood = True
        self.is_handed_on = False

    def look(self, root: s.Expr) -> None:
        stack = [root]
        while stack:
            node = stack.pop()
            if isinstance(node, s.Name):
                if node.id == self.name:
                    self.is_understood = False
            elif not self._is_known_use(node, stack):
                stack.extend(_children(node))

    def _is_known_use(self, node: s.Expr, stack: list[s.Expr]) -> bool:
        """Whether this node uses the dict in a way that is understood; what else stands in it is put on the stack."""
        if isinstance(node, s.Call):
            handed = [k for k in node.keywords if not k.name and self._is_it(k.value)]
            if handed and (_is_super(node.func) or _is_model(node.func)):
                self.is_handed_on = True
                stack.extend((*node.args, *(k.value for k in node.keywords if k not in handed)))
                return True
            func = node.func
            if isinstance(func, s.Attr) and self._is_it(func.value):
                stack.extend(node.args[1:])
                if func.name in READERS and node.args and isinstance(node.args[0], s.Str):
                    self.names.add(node.args[0].value)
                    return True
                return func.name == "update"
        if isinstance(node, s.Sub) and self._is_it(node.value) and isinstance(node.index, s.Str):
            self.names.add(node.index.value)
            return True
        if isinstance(node, s.Op) and node.op in ("in", "not in") and self._is_it(node.operands[-1]):
            if isinstance(node.operands[0], s.Str):
                self.names.add(node.operands[0].value)
                return True
        return False

    def _is_it(self, expr: s.Expr) -> bool:
        return isinstance(expr, s.Name) and expr.id == self.name


def _is_super(func: s.Expr) -> bool:
    """`super().method`, `super(Class, self).method`."""
    if not (isinstance(func, s.Attr) and isinstance(func.value, s.Call)):
        return False
    inner = func.value.func
    return isinstance(inner, s.Name) and inner.id == "super"


def _is_model(func: s.Expr) -> bool:
    """`self.model(**kwargs)`."""
    return isinstance(func, s.Attr) and func.name == "model" and isinstance(func.value, s.Name)


def _children(node: s.Expr) -> tuple[s.Expr, ...]:
    if isinstance(node, s.Comp):
        parts = [node.element]
        for clause in node.clauses:
            parts.extend((clause.iterable, *clause.conditions))
        return tuple(parts)
    if isinstance(node, s.Lambda):
        return (node.body,)
    children = CHILDREN.get(type(node))
    return children(node) if children is not None else ()
