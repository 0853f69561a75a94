"""Runs the project's own small functions on values: the helpers that declarations are written with.

Branches whose test is not known are both run and compared; loops are run where their items are known; what is not followed
leaves unknown whatever it may have changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from linter.facts import syntax as s
from linter.project.sqlalchemy.values import (
    NONE,
    UNKNOWN,
    Arguments,
    Function,
    Items,
    Mapping,
    Scope,
    Value,
    text_of,
    truth,
)
from linter.project.units import ClassSymbol

if TYPE_CHECKING:
    from linter.project.sqlalchemy.evaluate import Evaluator

LONGEST_LOOP = 200


class Runner:
    """`attributes` are what functions assign to classes."""

    def __init__(self, values: Evaluator) -> None:
        self.values = values
        self.attributes: dict[tuple[ClassSymbol, str], Value] = {}

    def call(self, func: Function, arguments: Arguments) -> Value:
        """What a call of a function gives."""
        symbol = func.symbol
        params = symbol.node.params
        names: dict[str, Value] = {}
        if func.first is not None and params:
            names[params[0].name] = func.first
            params = params[1:]
        outer = func.scope if func.scope is not None and func.scope.function is not None else None
        home = func.scope or self.values.module(symbol.unit)
        names.update(self.parameters(params, arguments, home))
        scope = Scope(symbol.unit, symbol.node, names, None, outer, run=self.values.next_run())
        result = self._block(symbol.unit.body(symbol.node).statements, scope)
        return NONE if result is None else result

    def parameters(self, params: tuple[s.Param, ...], arguments: Arguments, home: Scope) -> dict[str, Value]:
        names: dict[str, Value] = {}
        positional = list(arguments.positional)
        keywords = dict(arguments.keywords)
        for param in params:
            if param.kind == "*":
                names[param.name] = Items(tuple(self.values.given(a) for a in positional), arguments.all_positional)
                positional = []
            elif param.kind == "**":
                names[param.name] = Mapping(
                    {k: self.values.given(a) for k, a in keywords.items()}, arguments.all_keywords
                )
            elif param.name in keywords:
                names[param.name] = self.values.given(keywords.pop(param.name))
            elif positional and param.kind != "kw":
                names[param.name] = self.values.given(positional.pop(0))
            elif param.default is not None and arguments.whole:
                names[param.name] = self.values.value(param.default, home)
            else:
                names[param.name] = UNKNOWN
        return names

    def _block(self, block: Iterable[s.Stmt], scope: Scope) -> Value | None:
        """The value that a block returns; None where it falls off its end."""
        for node in block:
            if isinstance(node, s.Return):
                if node.is_yield:
                    return UNKNOWN
                return self.values.value(node.value, scope) if node.value is not None else NONE
            if isinstance(node, s.If):
                result = self._branches(node, scope)
                if result is not None:
                    return result
            elif isinstance(node, (s.For, s.Try)):
                result = self._guess(node, scope)
                if result is not None:
                    return result
            elif isinstance(node, s.With):
                result = self._block(node.body, scope)
                if result is not None:
                    return result
            elif isinstance(node, s.Jump):
                return UNKNOWN
            else:
                self.bind(node, scope)
        return None

    def _branches(self, node: s.If, scope: Scope) -> Value | None:
        holds = truth(self.values.value(node.test, scope))
        if node.loop:
            self._forget(node.body, scope)
            return UNKNOWN if _returns(node.body) else None
        if holds is not None:
            return self._block(node.body if holds else node.orelse, scope)
        results: list[Value | None] = []
        states: list[dict[str, Value]] = []
        before = scope.names
        for branch in (node.body, node.orelse):
            if branch and _raises(branch):
                continue
            scope.names = dict(before)
            results.append(self._block(branch, scope))
            states.append(scope.names)
        scope.names = before
        if not states:
            return UNKNOWN
        for name in {n for state in states for n in state}:
            found = [state.get(name, before.get(name, UNKNOWN)) for state in states]
            before[name] = found[0] if all(f == found[0] for f in found) else UNKNOWN
        if any(r is not None for r in results):
            return results[0] if all(r == results[0] for r in results) else UNKNOWN
        return None

    def _guess(self, node: s.For | s.Try, scope: Scope) -> Value | None:
        """A loop is run where its items are known; of a `try` the body is what counts."""
        if isinstance(node, s.Try):
            result = self._block(node.body, scope)
            return result if result is not None else self._block(node.final, scope)
        items = self.values.value(node.iterable, scope)
        if not isinstance(items, Items) or not items.whole or len(items.items) > LONGEST_LOOP or _jumps(node.body):
            self._forget((node,), scope)
            return UNKNOWN if _returns(node.body) else None
        for item in items.items:
            if self.values.is_spent:
                return UNKNOWN
            self.assign(node.target, item, scope)
            result = self._block(node.body, scope)
            if result is not None:
                return result
        return None

    def _forget(self, block: Iterable[s.Stmt], scope: Scope) -> None:
        """What a block that is not followed may have changed."""
        for node in _inside(block):
            if isinstance(node, s.For):
                self.assign(node.target, UNKNOWN, scope)
            elif isinstance(node, s.Assign):
                for target in node.targets:
                    self.assign(target, UNKNOWN, scope)
            elif isinstance(node, s.AugAssign):
                self.assign(node.target, UNKNOWN, scope)
            elif isinstance(node, s.ExprStmt):
                self._mutated(node.value, scope)

    def bind(self, node: s.Stmt, scope: Scope) -> None:
        """Run a statement that only binds names."""
        if isinstance(node, s.Assign):
            value = self.values.value(node.value, scope) if node.value is not None else None
            if value is not None:
                for target in node.targets:
                    self.assign(target, value, scope)
        elif isinstance(node, s.AugAssign):
            operands = (node.target, node.value)
            self.assign(node.target, self.values.operation(s.Op(node.op, operands), scope), scope)
        elif isinstance(node, s.ExprStmt):
            self._mutated(node.value, scope)
        elif isinstance(node, (s.FunctionDef, s.ClassDef)):
            scope.names[node.name] = self.values.bound(node, node.name, scope)
        elif isinstance(node, (s.Import, s.ImportFrom)) and node.local != "*":
            scope.names[node.local] = self.values.bound(node, node.local, scope)

    def assign(self, target: s.Expr, value: Value, scope: Scope) -> None:
        if isinstance(target, s.Name):
            scope.names[target.id] = value
        elif isinstance(target, s.Seq):
            for name in _names(target):
                scope.names[name] = part_of(target, name, value) or UNKNOWN
        elif isinstance(target, s.Sub) and isinstance(target.value, s.Name):
            held, key = scope.names.get(target.value.id), text_of(self.values.value(target.index, scope))
            if isinstance(held, Mapping) and key is not None:
                scope.names[target.value.id] = Mapping({**held.entries, key: value}, held.whole)
            else:
                scope.names[target.value.id] = UNKNOWN
        elif isinstance(target, s.Attr):
            holder = self.values.value(target.value, scope)
            if isinstance(holder, ClassSymbol):
                self.attributes[holder, target.name] = value

    def _mutated(self, expr: s.Expr, scope: Scope) -> None:
        """`columns.append(…)`: the list is not what it was."""
        if isinstance(expr, s.Call) and isinstance(expr.func, s.Attr) and isinstance(expr.func.value, s.Name):
            name = expr.func.value.id
            held = scope.names.get(name)
            if isinstance(held, Items) and expr.func.name == "append" and len(expr.args) == 1:
                scope.names[name] = Items((*held.items, self.values.value(expr.args[0], scope)), held.whole)
            elif isinstance(held, (Items, Mapping)):
                scope.names[name] = UNKNOWN


def part_of(target: s.Expr, name: str, value: Value) -> Value | None:
    """What a name gets when `value` is assigned to `target`; None where the target does not bind it."""
    if isinstance(target, s.Name):
        return value if target.id == name else None
    if isinstance(target, s.Seq):
        items = value.items if isinstance(value, Items) and value.whole else ()
        for i, inner in enumerate(target.items):
            found = part_of(inner, name, items[i] if len(items) == len(target.items) else UNKNOWN)
            if found is not None:
                return found
    if isinstance(target, s.Starred):
        return part_of(target.value, name, UNKNOWN)
    return None


def _names(target: s.Expr) -> Iterator[str]:
    if isinstance(target, s.Name):
        yield target.id
    elif isinstance(target, s.Starred):
        yield from _names(target.value)
    elif isinstance(target, s.Seq):
        for item in target.items:
            yield from _names(item)


def _inside(block: Iterable[s.Stmt]) -> Iterator[s.Stmt]:
    for node in block:
        yield node
        if isinstance(node, (s.If, s.For)):
            yield from _inside(node.body)
            yield from _inside(node.orelse)
        elif isinstance(node, s.With):
            yield from _inside(node.body)
        elif isinstance(node, s.Try):
            for part in (node.body, *(h.body for h in node.handlers), node.orelse, node.final):
                yield from _inside(part)


def _returns(block: Iterable[s.Stmt]) -> bool:
    return any(isinstance(node, s.Return) for node in _inside(block))


def _jumps(block: Iterable[s.Stmt]) -> bool:
    return any(isinstance(node, s.Jump) and node.kind != "raise" for node in _inside(block))


def _raises(block: tuple[s.Stmt, ...]) -> bool:
    return isinstance(block[-1], s.Jump) and block[-1].kind == "raise"
