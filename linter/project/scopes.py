"""Names inside functions: what is imported, defined or assigned in a body hides what the module binds."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from msgspec.structs import replace

from linter.facts import syntax as s
from linter.project.names import Names, choose
from linter.project.units import (
    ClassSymbol,
    Symbol,
    Unit,
    ValueSymbol,
    walk,
)

MOST_STEPS = 20


class Scope(msgspec.Struct, frozen=True):
    """Where an expression stands: the functions around it, the outermost first, and the class whose method that one is."""

    unit: Unit
    functions: tuple[s.FunctionDef, ...] = ()
    owner: ClassSymbol | None = None

    @property
    def function(self) -> s.FunctionDef | None:
        return self.functions[-1] if self.functions else None

    @property
    def statements(self) -> tuple[s.Stmt, ...]:
        return self.unit.body(self.functions[-1]).statements if self.functions else self.unit.module.body

    def inside(self, function: s.FunctionDef) -> Scope:
        return replace(self, functions=(*self.functions, function))

    @property
    def module(self) -> Scope:
        return Scope(self.unit)


class Local(msgspec.Struct, frozen=True):
    """A name of some function: a parameter, or one that its body assigns, loops over or defines."""

    scope: Scope
    name: str
    nodes: tuple[s.Stmt, ...]  # () for a parameter that the body never assigns
    is_param: bool


def find_local(scope: Scope, name: str) -> Local | None:
    """The innermost function around that binds a name."""
    for depth in range(len(scope.functions), 0, -1):
        inner = replace(scope, functions=scope.functions[:depth])
        function = scope.functions[depth - 1]
        is_param = any(param.name == name for param in function.params)
        nodes = tuple(b.node for b in scope.unit.local_names(function).get(name, ()))
        if nodes or is_param:
            return Local(inner, name, nodes, is_param)
    return None


def resolve(names: Names, scope: Scope, expr: s.Expr, _steps: int = 0) -> Symbol | None:
    """The thing that a dotted expression in a function names; None where it is a variable, or not known."""
    if _steps > MOST_STEPS:
        return None
    if isinstance(expr, s.Attr):
        base = names.follow(resolve(names, scope, expr.value, _steps + 1))
        return names.attribute(base, expr.name, scope.unit) if base is not None else None
    if not isinstance(expr, s.Name):
        return None
    local = find_local(scope, expr.id)
    if local is None:
        return names.resolve(scope.unit, expr, None if scope.functions else scope.owner)
    if local.is_param:
        return None
    function = local.scope.function
    binding = choose(scope.unit.local_names(function)[expr.id]) if function is not None else None
    symbol = names.bound(scope.unit, binding, expr.id) if binding is not None else None
    if isinstance(symbol, ValueSymbol) and len(local.nodes) == 1 and isinstance(symbol.value, (s.Name, s.Attr)):
        return resolve(names, local.scope, symbol.value, _steps + 1)
    return symbol


def full_name(names: Names, scope: Scope, expr: s.Expr) -> str:
    return names.name_of(names.follow(resolve(names, scope, expr)))


def functions(names: Names, unit: Unit, *needs: tuple[str | bytes, ...]) -> Iterator[Scope]:
    """Every function of a module, as the scope of its body: methods and those inside other functions too.

    `needs`: only those of which some name or text holds one of each group of fragments; the others are not even decoded."""
    holding = [set(unit.bodies_holding([f if isinstance(f, bytes) else f.encode() for f in need])) for need in needs]
    before = -1
    for scope in sorted(_outermost(names, unit), key=lambda scope: scope.functions[-1].body):
        index = scope.functions[-1].body
        if all(any(inner in found for inner in range(before + 1, index + 1)) for found in holding):
            yield from functions_in(scope)
        before = index


def _outermost(names: Names, unit: Unit) -> Iterator[Scope]:
    """The functions at module and class level; the bodies of those inside them come just before their own."""
    blocks = [(Scope(unit), unit.module.body)]
    blocks += [(Scope(unit, (), cls), cls.node.body) for cls in names.classes(unit) if cls.function is None]
    for scope, block in blocks:
        for node, _ in walk(block):
            if isinstance(node, s.FunctionDef):
                yield scope.inside(node)


def functions_in(scope: Scope) -> Iterator[Scope]:
    """A function and those defined inside it."""
    yield scope
    for node, _ in walk(scope.statements):
        if isinstance(node, s.FunctionDef):
            yield from functions_in(scope.inside(node))
