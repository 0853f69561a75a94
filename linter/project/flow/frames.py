"""What the statements of one block bind, in order and with branches, before anything is evaluated.

A frame is made once for each module, class body and function that somebody asks about. It says which definitions of a name
can reach a point: `if` joins, a loop's head joins what its body leaves behind, `return` ends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec

from linter.facts import syntax as s
from linter.project.flow import definitions as d
from linter.project.flow.scopes import Env

MUTATORS = frozenset({
    "update", "setdefault", "append", "add", "extend", "insert", "appendleft", "pop", "remove", "discard", "clear",
})  # fmt: skip


class Point(msgspec.Struct, frozen=True):
    """An expression of a statement, and what is bound when it is evaluated."""

    expr: s.Expr
    env: Env


class Result(msgspec.Struct, frozen=True):
    """A `return` or `yield`; None is what falls off the end."""

    expr: s.Expr | None
    env: Env
    is_yield: bool


class Store(msgspec.Struct, frozen=True):
    """`value.name = …`, with a `key` `value.name[key] = …`; `value.name.append(…)` leaves a changed value there too."""

    value: s.Expr
    name: str
    key: s.Expr | None
    definition: d.Definition
    env: Env
    annotation: s.Expr | None
    at: int = s.NOWHERE  # the whole target of `value.name = …`


class Local(msgspec.Struct, frozen=True):
    """A function or class that is defined inside a function."""

    node: s.FunctionDef | s.ClassDef
    env: Env


class Frame:
    """`is_global`: a module or class body, whose functions, classes and imports are found by name instead."""

    def __init__(self, block: tuple[s.Stmt, ...], params: tuple[s.Param, ...] = (), is_global: bool = False) -> None:
        self.points: list[Point] = []
        self.results: list[Result] = []
        self.stores: list[Store] = []
        self.locals: list[Local] = []
        self.definitions: dict[str, list[d.Definition]] = {}  # every one of each name, for closures
        self._is_global = is_global
        self._trace: list[tuple[str, d.Definition]] = []
        self._loops: list[_Loop] = []
        env: Env = {}
        for index, param in enumerate(params):
            if param.default is not None:
                self._point(param.default, env)
            env = self._bind(env, param.name, d.Parameter(env, param, index))
        end = self._block(block, env)
        self.is_generator = any(r.is_yield for r in self.results)
        self.end: Env = end if end is not None else {}
        if end is not None:
            self.results.append(Result(None, end, False))

    # --- small steps ---

    def _point(self, expr: s.Expr | None, env: Env) -> Env:
        """An expression is evaluated here; what it binds itself (`:=`) is bound afterwards."""
        if expr is None or isinstance(expr, (s.Str, s.Lit, s.Unknown, s.Bytes, s.Name)):
            return env
        self.points.append(Point(expr, env))
        for walrus in _walruses(expr):
            env = self._bind(env, walrus.name, d.Assigned(env, walrus.value))
        return env

    def _bind(self, env: Env, name: str, definition: d.Definition) -> Env:
        self.definitions.setdefault(name, []).append(definition)
        self._trace.append((name, definition))
        return {**env, name: definition}

    def _assign(self, env: Env, target: s.Expr, definition: d.Definition, annotation: s.Expr | None = None) -> Env:
        if isinstance(target, s.Name):
            return self._bind(env, target.id, definition)
        if isinstance(target, s.Seq):
            starred = any(isinstance(item, s.Starred) for item in target.items)
            for index, item in enumerate(target.items):
                if isinstance(item, s.Starred):
                    env = self._assign(env, item.value, d.Rest(env, definition))
                else:
                    position = None if starred else index
                    env = self._assign(env, item, d.Part(env, definition, position))
            return env
        if isinstance(target, s.Attr):
            self._point(target.value, env)
            self.stores.append(Store(target.value, target.name, None, definition, env, annotation, target.at))
        elif isinstance(target, s.Sub):
            self._point(target.value, env)
            return self._assign_item(env, target, definition)
        return env

    def _assign_item(self, env: Env, target: s.Sub, definition: d.Definition) -> Env:
        before = self._local(env, target.value)
        if before is not None:
            name, previous = before
            return self._bind(env, name, d.WithItem(env, previous, target.index, definition))
        if isinstance(target.value, s.Attr):
            owner = target.value
            self.stores.append(Store(owner.value, owner.name, target.index, definition, env, None))
        return env

    def _local(self, env: Env, expr: s.Expr) -> tuple[str, d.Definition] | None:
        if isinstance(expr, s.Name):
            previous = env.get(expr.id)
            if previous is not None:
                return expr.id, previous
        return None

    # --- statements ---

    def _block(self, block: tuple[s.Stmt, ...], env: Env | None) -> Env | None:
        """The bindings after a block; None where control never comes out at its end."""
        for position, node in enumerate(block):
            if env is None:
                return None
            handler = _HANDLERS.get(type(node))
            if handler is None:
                continue
            after = handler(self, node, env)
            if after is None and position + 1 < len(block):
                self._block(block[position + 1 :], env)  # dead code is read all the same
            env = after
        return env

    def _run_assign(self, node: s.Assign, env: Env) -> Env:
        if node.value is None:
            if node.annotation is not None and len(node.targets) == 1 and not self._is_global:
                return self._assign(env, node.targets[0], d.Annotated(env, node.annotation, None), node.annotation)
            return env
        before = env
        env = self._point(node.value, env)
        definition: d.Definition = d.Assigned(before, node.value)
        if node.annotation is not None:
            definition = d.Annotated(before, node.annotation, definition)
        for target in node.targets:
            env = self._assign(env, target, definition, node.annotation)
        return env

    def _run_augmented(self, node: s.AugAssign, env: Env) -> Env:
        self._point(node.value, env)
        before = self._local(env, node.target)
        if before is not None:
            name, previous = before
            return self._bind(env, name, d.Augmented(env, previous, node.op, node.value))
        return env

    def _run_expression(self, node: s.ExprStmt, env: Env) -> Env:
        env = self._point(node.value, env)
        call = node.value.value if isinstance(node.value, s.Await) else node.value
        if isinstance(call, s.Call) and isinstance(call.func, s.Attr) and call.func.name in MUTATORS:
            before = self._local(env, call.func.value)
            if before is not None:
                name, previous = before
                return self._bind(env, name, d.Mutated(env, previous, call))
            owner = call.func.value
            if isinstance(owner, s.Sub):
                return self._assign_item(env, owner, d.Mutated(env, d.Assigned(env, owner), call))
            if isinstance(owner, s.Attr):
                changed = d.Mutated(env, d.Assigned(env, owner), call)
                self.stores.append(Store(owner.value, owner.name, None, changed, env, None))
        return env

    def _run_return(self, node: s.Return, env: Env) -> Env | None:
        env = self._point(node.value, env)
        self.results.append(Result(node.value, env, node.is_yield))
        return env if node.is_yield else None

    def _run_if(self, node: s.If, env: Env) -> Env | None:
        if node.loop:
            return self._run_while(node, env)
        env = self._point(node.test, env)
        yes, no = self._narrow(node.test, env, True), self._narrow(node.test, env, False)
        return self._join([self._block(node.body, yes), self._block(node.orelse, no)])

    def _run_while(self, node: s.If, env: Env) -> Env | None:
        head = self._loop_head(node.body, env)
        inside = self._point(node.test, head)
        never_ends = isinstance(node.test, s.Lit) and bool(node.test.value)
        return self._loop(node.body, node.orelse, head, inside, never_ends)

    def _run_for(self, node: s.For, env: Env) -> Env | None:
        env = self._point(node.iterable, env)
        head = self._loop_head(node.body, env)
        inside = self._assign(head, node.target, d.Element(env, node.iterable))
        return self._loop(node.body, node.orelse, head, inside, False)

    def _loop_head(self, body: tuple[s.Stmt, ...], env: Env) -> Env:
        """Names that the body rebinds are, at its head, either as before or as an earlier round left them."""
        for name in set(_rebound(body)):
            if name in env:
                env = {**env, name: d.Joined(env, [env[name]])}
        return env

    def _loop(
        self, body: tuple[s.Stmt, ...], orelse: tuple[s.Stmt, ...], head: Env, inside: Env, never_ends: bool
    ) -> Env | None:
        loop = _Loop()
        self._loops.append(loop)
        after = self._block(body, inside)
        self._loops.pop()
        again = self._join([after, *loop.continued])
        if again is not None:
            for name, joined in head.items():
                if isinstance(joined, d.Joined) and again.get(name, joined) is not joined:
                    joined.options.append(again[name])
        leaving = None if never_ends else self._join([head, again])
        return self._join([self._block(orelse, leaving), *loop.broken])

    def _run_with(self, node: s.With, env: Env) -> Env | None:
        for context, target in node.items:
            env = self._point(context, env)
            if target is not None:
                env = self._assign(env, target, d.Entered(env, context))
        return self._block(node.body, env)

    def _run_try(self, node: s.Try, env: Env) -> Env | None:
        mark = len(self._trace)
        after = self._block(node.body, env)
        broken_off = self._interrupted(env, mark)
        ends: list[Env | None] = []
        for handler in node.handlers:
            start = broken_off
            if handler.name:
                start = self._bind(start, handler.name, d.Caught(start, handler.type))
            ends.append(self._block(handler.body, start))
        out = self._join([self._block(node.orelse, after), *ends])
        if not node.final:
            return out
        final = self._block(node.final, out if out is not None else self._interrupted(env, mark))
        return final if out is not None else None

    def _interrupted(self, env: Env, mark: int) -> Env:
        """What is bound when a block is left at any of its statements: each name as before, or as any statement left it."""
        made: dict[str, list[d.Definition]] = {}
        for name, definition in self._trace[mark:]:
            made.setdefault(name, []).append(definition)
        joined = dict(env)
        for name, definitions in made.items():
            options = ([env[name]] if name in env else []) + definitions
            joined[name] = options[0] if len(options) == 1 else d.Joined(env, options)
        return joined

    def _run_jump(self, node: s.Jump, env: Env) -> None:
        self._point(node.value, env)
        if self._loops and node.kind == "break":
            self._loops[-1].broken.append(env)
        elif self._loops and node.kind == "continue":
            self._loops[-1].continued.append(env)

    def _run_assert(self, node: s.Assert, env: Env) -> Env:
        env = self._point(node.test, env)
        return self._narrow(node.test, env, True)

    def _run_function(self, node: s.FunctionDef, env: Env) -> Env:
        for decorator in node.decorators:
            self._point(decorator, env)
        if self._is_global:
            return env
        env = self._bind(env, node.name, d.LocalFunction(env, node))
        self.locals.append(Local(node, env))
        return env

    def _run_class(self, node: s.ClassDef, env: Env) -> Env:
        if self._is_global:
            return env
        env = self._bind(env, node.name, d.LocalClass(env, node))
        self.locals.append(Local(node, env))
        return env

    def _run_import(self, node: s.Import | s.ImportFrom, env: Env) -> Env:
        return env if self._is_global else self._bind(env, node.local, d.Imported(env, node))

    def _run_delete(self, node: s.Delete, env: Env) -> Env:
        return {name: definition for name, definition in env.items() if name != node.name}

    # --- branches ---

    def _join(self, envs: list[Env | None]) -> Env | None:
        live = [env for env in envs if env is not None]
        if not live:
            return None
        first = live[0]
        if all(env is first for env in live):
            return first
        joined: dict[str, d.Definition] = {}
        for env in live:
            for name in env:
                if name not in joined:
                    joined[name] = self._join_name(name, live)
        return joined

    def _join_name(self, name: str, envs: list[Env]) -> d.Definition:
        options: list[d.Definition] = []
        for env in envs:
            definition = env.get(name)
            if definition is not None and definition not in options:
                options.append(definition)
        return options[0] if len(options) == 1 else d.Joined(envs[0], options)

    def _narrow(self, test: s.Expr, env: Env, holds: bool) -> Env:
        """What `isinstance(name, cls)` teaches of a name, where the test is known to hold (or not to)."""
        if isinstance(test, s.Op) and test.op == "not":
            return self._narrow(test.operands[0], env, not holds)
        if isinstance(test, s.Op) and test.op == ("and" if holds else "or"):
            for operand in test.operands:
                env = self._narrow(operand, env, holds)
            return env
        if holds and isinstance(test, s.Call) and isinstance(test.func, s.Name) and test.func.id == "isinstance":
            if len(test.args) == 2:
                before = self._local(env, test.args[0])
                if before is not None:
                    name, previous = before
                    return {**env, name: d.Narrowed(env, previous, test.args[1])}
        return env


class _Loop:
    def __init__(self) -> None:
        self.broken: list[Env | None] = []
        self.continued: list[Env | None] = []


_HANDLERS: dict[type, Callable[[Frame, Any, Env], Env | None]] = {
    s.Assign: Frame._run_assign,
    s.AugAssign: Frame._run_augmented,
    s.ExprStmt: Frame._run_expression,
    s.Return: Frame._run_return,
    s.If: Frame._run_if,
    s.For: Frame._run_for,
    s.With: Frame._run_with,
    s.Try: Frame._run_try,
    s.Jump: Frame._run_jump,
    s.Assert: Frame._run_assert,
    s.FunctionDef: Frame._run_function,
    s.ClassDef: Frame._run_class,
    s.Import: Frame._run_import,
    s.ImportFrom: Frame._run_import,
    s.Delete: Frame._run_delete,
}


def _walruses(expr: s.Expr) -> Iterator[s.Walrus]:
    """`:=` where people write it: the expression itself, and inside conditions."""
    if isinstance(expr, s.Walrus):
        yield expr
    elif isinstance(expr, s.Op):
        for operand in expr.operands:
            yield from _walruses(operand)


def _rebound(block: tuple[s.Stmt, ...]) -> Iterator[str]:
    """Names that running a block may bind anew or change."""
    for node in block:
        if isinstance(node, s.Assign):
            for target in node.targets:
                yield from _roots(target)
        elif isinstance(node, s.AugAssign):
            yield from _roots(node.target)
        elif isinstance(node, s.ExprStmt):
            yield from _mutated(node.value)
        elif isinstance(node, s.If):
            yield from (walrus.name for walrus in _walruses(node.test))
            yield from _rebound(node.body)
            yield from _rebound(node.orelse)
        elif isinstance(node, s.For):
            yield from _roots(node.target)
            yield from _rebound(node.body)
            yield from _rebound(node.orelse)
        elif isinstance(node, s.With):
            yield from _roots_of(target for _, target in node.items if target is not None)
            yield from _rebound(node.body)
        elif isinstance(node, s.Try):
            for part in (node.body, *(h.body for h in node.handlers), node.orelse, node.final):
                yield from _rebound(part)


def _mutated(expr: s.Expr) -> Iterator[str]:
    if isinstance(expr, s.Call) and isinstance(expr.func, s.Attr) and expr.func.name in MUTATORS:
        owner = expr.func.value.value if isinstance(expr.func.value, s.Sub) else expr.func.value
        if isinstance(owner, s.Name):
            yield owner.id


def _roots(target: s.Expr) -> Iterator[str]:
    while isinstance(target, (s.Attr, s.Sub, s.Starred)):
        target = target.value
    if isinstance(target, s.Name):
        yield target.id
    elif isinstance(target, s.Seq):
        yield from _roots_of(target.items)


def _roots_of(targets: Iterable[s.Expr]) -> Iterator[str]:
    for target in targets:
        yield from _roots(target)
