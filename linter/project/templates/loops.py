"""What a template reads of its variables, and of each row of those that it loops over, whatever they are.

Includes and macros are followed: what they read of a name is what the template reads of the value that it hands them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Union

import msgspec
from msgspec.structs import replace

from linter.extract.templates import bodies
from linter.facts import template as t
from linter.project.templates.evaluation import EVALUATING, paths_in
from linter.project.templates.graph import targets
from linter.project.trace import memo

if TYPE_CHECKING:
    from linter.project.templates import Templates

Value = Union[tuple[str, ...], None]  # a variable and the names that are asked of it; None is not followed

SHOWN = "__str__"  # what showing a value asks of it
_SAME = frozenset({"dictsort", "dictsortreversed", "list", "sort", "reverse"})  # filters that give the same rows
_ROW = "\0"  # how the variables begin that stand for a loop's row


class Read(msgspec.Struct, frozen=True):
    """The names that are asked of a value; `at` of a template."""

    path: tuple[str, ...]
    template: str
    at: int


class Loop(msgspec.Struct, frozen=True):
    """`rows`: the variable that is looped over, and the names asked of it. `variable`: what each row is called."""

    rows: tuple[str, ...]
    variable: str
    reads: tuple[Read, ...]


class Summary(msgspec.Struct, frozen=True):
    """`reads` are of free variables, their names coming first."""

    reads: tuple[Read, ...]
    loops: tuple[Loop, ...]


class Loops:
    def __init__(self, templates: Templates) -> None:
        self.templates = templates
        self._open: set[object] = set()

    @memo
    def of(self, path: str) -> Summary:
        """What a template reads where it stands alone: of one that extends another, its blocks."""
        if path in self._open:
            return Summary((), ())
        self._open.add(path)
        try:
            walker = _Walker(self, path, {})
            walker.block(self.templates.template(path).nodes)
            return walker.summary()
        finally:
            self._open.discard(path)

    @memo
    def macros(self, path: str) -> dict[str, t.Macro]:
        return {node.name: node for node in _macros(self.templates.template(path).nodes)}

    def of_macro(self, path: str, macro: t.Macro) -> Summary:
        key = (path, macro.name)
        if key in self._open:
            return Summary((), ())
        self._open.add(key)
        try:
            walker = _Walker(self, path, {})
            walker.block(macro.body)
            return walker.summary()
        finally:
            self._open.discard(key)


def _macros(nodes: Iterable[t.Node]) -> Iterator[t.Macro]:
    for node in nodes:
        if isinstance(node, t.Macro):
            yield node
        for block in bodies(node):
            yield from _macros(block)


class _Walker:
    def __init__(self, loops: Loops, path: str, names: dict[str, Value]) -> None:
        self.loops = loops
        self.path = path
        self.names = names
        self.reads: list[Read] = []
        self.rows: list[tuple[str, tuple[str, ...], str]] = []  # of each loop: its row, what it goes over, its variable
        self.handed: list[Loop] = []

    def summary(self) -> Summary:
        own: dict[str, list[Read]] = {}
        for read in self.reads:
            own.setdefault(read.path[0], []).append(replace(read, path=read.path[1:]))
        made = [Loop(rows, variable, tuple(own.get(row, ()))) for row, rows, variable in self.rows]
        loops = [loop for loop in (*made, *self.handed) if loop.reads and not loop.rows[0].startswith(_ROW)]
        free = tuple(read for read in self.reads if not read.path[0].startswith(_ROW))
        return Summary(free, tuple(loops))

    # --- nodes ---

    def block(self, nodes: Iterable[t.Node]) -> None:
        for node in nodes:
            self.node(node)

    def node(self, node: t.Node) -> None:
        if isinstance(node, t.Output):
            self.expr(node.expr)
            self.shown(node.expr)
        elif isinstance(node, t.For):
            self.loop(node)
        elif isinstance(node, t.With):
            self.inside({b.name: self.bound(b.value) for b in node.bindings}, node.body)
        elif isinstance(node, t.Include):
            self.include(node)
        elif isinstance(node, t.If):
            self.expr(node.test)
            self.block(node.body)
            self.block(node.orelse)
        elif isinstance(node, t.Set):
            value = self.bound(node.value)
            self.names = {**self.names, **dict.fromkeys(targets(node.target))}
            if isinstance(node.target, t.Name):
                self.names[node.target.id] = value
        elif isinstance(node, t.Tag):
            self.tag(node)
        elif isinstance(node, t.Block):
            self.inside({}, node.body)

    def inside(self, names: dict[str, Value], nodes: Iterable[t.Node]) -> None:
        outer, self.names = self.names, {**self.names, **names}
        self.block(nodes)
        self.names = outer

    def bound(self, expr: t.Expr) -> Value:
        self.expr(expr)
        return self.value(expr)

    def loop(self, node: t.For) -> None:
        rows = self.bound(node.iterable)
        names: dict[str, Value] = dict.fromkeys((*targets(node.target), "forloop", "loop"))
        if rows is not None and isinstance(node.target, t.Name):
            names[node.target.id] = (self.row(rows, node.target.id),)
        if node.condition is not None:
            self.inside(names, (t.Output(node.condition),))
        self.inside(names, node.body)
        self.block(node.empty)

    def include(self, node: t.Include) -> None:
        given = {binding.name: self.bound(binding.value) for binding in node.bindings}
        if isinstance(node.template, t.Const) and isinstance(node.template.value, str):
            outside: dict[str, Value] = {} if node.only else self.names
            for path in self.loops.templates.names.find(node.template.value, self.path):
                self.take(self.loops.of(path), {**outside, **given}, node.only)

    def tag(self, node: t.Tag) -> None:
        if node.name in EVALUATING:
            for arg in (*node.args, *(keyword.value for keyword in node.keywords)):
                self.expr(arg)
        if node.name == "regroup":
            self.regroup(node)
        self.names = {**self.names, **dict.fromkeys(node.binds)} if node.binds else self.names

    def regroup(self, node: t.Tag) -> None:
        """`{% regroup rows by name as groups %}` asks each row."""
        source, by = node.args[0], node.args[1]
        rows = self.value(source)
        if rows is not None and isinstance(source, (t.Name, t.Attr)) and isinstance(by, t.Const):
            row = self.row(rows, rows[-1])
            self.reads.append(Read((row, *str(by.value).split(".")), self.path, source.at))

    def row(self, rows: tuple[str, ...], variable: str) -> str:
        """The variable that stands for each of some rows."""
        row = f"{_ROW}{self.path}:{len(self.rows)}"
        self.rows.append((row, rows, variable))
        return row

    def take(self, other: Summary, given: dict[str, Value], only: bool) -> None:
        """What another template, or a macro, reads of what it is handed."""
        for read in other.reads:
            value = self.handed_as(read.path, given, only)
            if value is not None:
                self.reads.append(replace(read, path=value))
        for loop in other.loops:
            value = self.handed_as(loop.rows, given, only)
            if value is not None:
                self.handed.append(replace(loop, rows=value))

    def handed_as(self, path: tuple[str, ...], given: dict[str, Value], only: bool) -> Value:
        name = path[0]
        if name not in given:
            return None if only else path
        value = given[name]
        return (*value, *path[1:]) if value is not None else None

    # --- expressions ---

    def expr(self, expr: t.Expr) -> None:
        for path in paths_in(expr):
            if isinstance(path, t.Attr):
                value = self.value(path)
                if value is not None and len(value) > 1:
                    self.reads.append(Read(value, self.path, path.at))
        for call in _calls(expr):
            self.call(call)

    def shown(self, expr: t.Expr) -> None:
        """`{{ row }}` asks for its text."""
        if isinstance(expr, (t.Name, t.Attr)):
            value = self.value(expr)
            if value is not None:
                self.reads.append(Read((*value, SHOWN), self.path, expr.at))

    def value(self, expr: t.Expr) -> Value:
        if isinstance(expr, t.Name):
            return self.names.get(expr.id, (expr.id,))
        if isinstance(expr, t.Attr):
            value = self.value(expr.value)
            return (*value, expr.name) if value is not None else None
        if isinstance(expr, t.Call) and not expr.args and not expr.keywords:
            return self.value(expr.func)
        return self.value(expr.value) if isinstance(expr, t.Filter) and expr.name in _SAME else None

    def call(self, call: t.Call) -> None:
        """A macro's body, with what it is given."""
        found = self.macro(call.func)
        if found is None:
            return
        path, macro = found
        given: dict[str, Value] = dict.fromkeys(macro.params)
        given.update(zip(macro.params, (self.value(arg) for arg in call.args), strict=False))
        given.update((keyword.name, self.value(keyword.value)) for keyword in call.keywords)
        self.take(self.loops.of_macro(path, macro), given, True)

    def macro(self, func: t.Expr) -> tuple[str, t.Macro] | None:
        if isinstance(func, t.Name) and func.id not in self.names:
            own = self.loops.macros(self.path).get(func.id)
            return (self.path, own) if own is not None else self.imported(func.id, "")
        if isinstance(func, t.Attr) and isinstance(func.value, t.Name):
            return self.imported(func.name, func.value.id)
        return None

    def imported(self, name: str, module: str) -> tuple[str, t.Macro] | None:
        for node in self.loops.templates.template(self.path).nodes:
            if not isinstance(node, t.Import) or not isinstance(node.template, t.Const):
                continue
            original = next((own for own, local in node.names if local == name), None) if not module else name
            if original is None or (module and node.target != module):
                continue
            for path in self.loops.templates.names.find(str(node.template.value), self.path):
                macro = self.loops.macros(path).get(original)
                if macro is not None:
                    return path, macro
        return None


def _calls(node: object) -> Iterator[t.Call]:
    if isinstance(node, tuple):
        for item in node:
            yield from _calls(item)
    elif isinstance(node, (t.Call, t.Filter, t.Op, t.Cond, t.Test, t.Item, t.Seq, t.Dict, t.Keyword, t.Attr)):
        if isinstance(node, t.Call):
            yield node
        for name in node.__struct_fields__:
            yield from _calls(getattr(node, name))
