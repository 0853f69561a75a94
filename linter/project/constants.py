"""What the names of a module hold once it has run, as far as plain reading can tell: settings, configuration, constants.

Nothing is executed. Every branch of an `if` is taken, so a name holds *alternatives*: all the values that some run of the
module may leave in it. What the reader cannot follow stays in it as an UnknownValue or a CallValue, never as a guess.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator
from typing import Union

import msgspec

from linter.facts import syntax as s
from linter.project.names import Names, dotted
from linter.project.trace import memo
from linter.project.units import ModuleSymbol, Unit, ValueSymbol
from linter.span import Span

MOST_ALTERNATIVES = 12
DEEPEST = 25
MOST_ROUNDS = 20


class Origin(msgspec.Struct, frozen=True):
    """Where a value is written."""

    unit: Unit
    at: int
    function: s.FunctionDef | None = None

    @property
    def path(self) -> str:
        return self.unit.path

    @property
    def span(self) -> Span:
        return self.unit.span(self.at, self.function)


class UnknownValue(msgspec.Struct, frozen=True):
    pass


class Text(msgspec.Struct, frozen=True):
    """A string. `complete` is False where only its beginning is known (`f"postgresql://{user}@…"`)."""

    value: str
    complete: bool = True
    origin: Origin | None = None  # where it stands makes it no other text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and self.value == other.value and self.complete == other.complete

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash((self.value, self.complete))


class Number(msgspec.Struct, frozen=True):
    """A number, bool or None."""

    value: int | float | bool | None


class PathValue(msgspec.Struct, frozen=True):
    """A file or folder of the project, relative to its root; "" is the root itself."""

    path: str


class ListValue(msgspec.Struct, frozen=True):
    """A list, tuple or set; each item has its alternatives. `is_open`: more may stand in it."""

    items: tuple[Values, ...]
    is_open: bool = False


class DictValue(msgspec.Struct, frozen=True):
    """A dict with string keys, each with its alternatives. `is_open`: it may hold other keys too."""

    items: tuple[tuple[str, Values], ...]
    is_open: bool = False

    def get(self, key: str) -> Values | None:
        return next((values for name, values in self.items if name == key), None)


class CallValue(msgspec.Struct, frozen=True):
    """What a call gives, not known itself: `dj_database_url.config(default=…)`. `name` is dotted, through imports."""

    name: str
    args: tuple[Values, ...] = ()
    keywords: tuple[tuple[str, Values], ...] = ()
    origin: Origin | None = None  # where it stands makes it no other value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, CallValue) and self._key == other._key

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self._key)

    @property
    def _key(self) -> tuple[object, ...]:
        return self.name, self.args, self.keywords


class FunctionValue(msgspec.Struct, frozen=True):
    """A lambda or a function of one `return`, such as the `location()` of many a settings module."""

    unit: Unit
    params: tuple[s.Param, ...]
    result: s.Expr
    function: s.FunctionDef | None = None


Value = Union[UnknownValue, Text, Number, PathValue, ListValue, DictValue, CallValue, FunctionValue]
Values = tuple[Value, ...]
Environment = dict[str, Values]

UNKNOWN_VALUE = UnknownValue()
UNKNOWN_VALUES: Values = (UNKNOWN_VALUE,)
_EMPTY_DICT = DictValue(())


def alternatives(*values: Values) -> Values:
    """All of them, each once, in order."""
    found = dict.fromkeys(value for some in values for value in some)
    return tuple(found)[:MOST_ALTERNATIVES] or UNKNOWN_VALUES


def texts(values: Values) -> Iterator[Text]:
    """The complete strings among alternatives, and those in the lists among them."""
    for value in values:
        if isinstance(value, Text) and value.complete:
            yield value
        elif isinstance(value, ListValue):
            for item in value.items:
                yield from texts(item)


def is_complete(values: Values) -> bool:
    """Whether every string of a list of strings is known."""
    return all(
        (isinstance(value, Text) and value.complete)
        or (isinstance(value, ListValue) and not value.is_open and all(is_complete(item) for item in value.items))
        for value in values
    )


class Constants:
    """Reads modules on demand, each once."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self._reading: set[str] = set()

    @memo
    def module(self, unit: Unit) -> Environment:
        """What each global name of a module may hold at the end."""
        if unit.path in self._reading:
            return {}  # a circle of imports
        self._reading.add(unit.path)
        reader = _Reader(self, unit, {})
        reader.block(unit.module.body)
        self._reading.discard(unit.path)
        return reader.names

    def block(self, unit: Unit, block: tuple[s.Stmt, ...]) -> Environment:
        """What the statements of a class body leave, the module's names seen."""
        reader = _Reader(self, unit, dict(self.module(unit)))
        reader.block(block)
        return reader.names

    def returned(self, unit: Unit, method: s.FunctionDef, own: Environment, inherited: Environment) -> Values:
        """What a method without arguments may return; `own` and `inherited` are what `self` and `super()` hold."""
        reader = _Reader(self, unit, dict(self.module(unit)), method)
        reader.attributes = {"self": own, "super": inherited}
        reader.block(unit.body(method).statements)
        return alternatives(*reader.results)

    def expression(self, unit: Unit, expr: s.Expr, function: s.FunctionDef | None = None) -> Values:
        """What an expression of a module may be. In a function, only the module's names are seen."""
        return _Reader(self, unit, self.module(unit), function).value(expr)


class _Reader:
    def __init__(
        self,
        constants: Constants,
        unit: Unit,
        names: Environment,
        function: s.FunctionDef | None = None,
        depth: int = 0,
    ) -> None:
        self.constants = constants
        self.unit = unit
        self.names = names
        self.function = function
        self.depth = depth
        self.attributes: dict[str, Environment] = {}
        self.results: list[Values] = []  # of `return` statements

    # --- statements ---

    def block(self, block: tuple[s.Stmt, ...]) -> None:
        for node in block:
            self.statement(node)

    def statement(self, node: s.Stmt) -> None:
        if isinstance(node, s.Assign):
            if node.value is not None:
                values = self.value(node.value)
                for target in node.targets:
                    self.assign(target, values)
        elif isinstance(node, s.AugAssign):
            self.augment(node)
        elif isinstance(node, s.ExprStmt):
            if isinstance(node.value, s.Call):
                self.mutate(node.value)
        elif isinstance(node, s.If):
            self.branches(node.body, node.orelse)
        elif isinstance(node, s.For):
            self.loop(node)
        elif isinstance(node, s.With):
            self.block(node.body)
        elif isinstance(node, s.Try):
            self.branches(node.body, *(handler.body for handler in node.handlers))
            self.block(node.orelse)
            self.block(node.final)
        elif isinstance(node, s.ImportFrom):
            self.import_from(node)
        elif isinstance(node, s.FunctionDef):
            self.define(node)
        elif isinstance(node, s.Return) and node.value is not None:
            self.results.append(self.value(node.value))
        elif isinstance(node, s.Delete):
            self.names.pop(node.name, None)

    def loop(self, node: s.For) -> None:
        found = self.value(node.iterable)
        first = found[0]
        if len(found) == 1 and isinstance(first, ListValue) and not first.is_open and len(first.items) <= MOST_ROUNDS:
            for item in first.items:
                self.assign(node.target, item)
                self.block(node.body)
            return
        self.assign(node.target, alternatives(*self.elements(found)))
        self.branches(node.body, ())

    def branches(self, *blocks: tuple[s.Stmt, ...]) -> None:
        """Any one of the blocks runs."""
        before = self.names
        results: list[Environment] = []
        for block in blocks:
            self.names = dict(before)
            self.block(block)
            results.append(self.names)
        merged: Environment = {}
        for result in results:
            for name, values in result.items():
                known = merged.get(name)
                merged[name] = values if known is None or known is values else alternatives(known, values)
        self.names = merged

    def import_from(self, node: s.ImportFrom) -> None:
        if node.name != "*":
            self.names.pop(node.local, None)  # read through the import when it is asked for
            return
        source = self.constants.names.imported(self.unit, node)
        module = self.constants.names.module(source, self.unit.path) if source else None
        if module is None or module.is_library or module is self.unit:
            return
        exports = module.exports
        for name, values in self.constants.module(module).items():
            if name in exports if exports is not None else not name.startswith("_"):
                self.names[name] = values

    def define(self, node: s.FunctionDef) -> None:
        body = self.unit.body(node).statements
        if len(body) == 1 and isinstance(body[0], s.Return) and body[0].value is not None and not node.decorators:
            self.names[node.name] = (FunctionValue(self.unit, node.params, body[0].value, node),)

    def assign(self, target: s.Expr, values: Values) -> None:
        if isinstance(target, s.Name):
            self.names[target.id] = values
        elif isinstance(target, s.Sub):
            self.change(target, lambda old: values)
        elif isinstance(target, s.Seq):
            for index, item in enumerate(target.items):
                self.assign(item, alternatives(*(_item(value, index) for value in values)))

    def augment(self, node: s.AugAssign) -> None:
        added = self.value(node.value)
        if node.op == "+":
            self.change(node.target, lambda old: _sum(old, added))
        elif node.op == "|":
            self.change(node.target, lambda old: _merged(old, added))
        else:
            self.change(node.target, lambda old: UNKNOWN_VALUES)

    def mutate(self, call: s.Call) -> None:
        """`INSTALLED_APPS.append(…)`, `DATABASES["default"].update(…)`."""
        if not isinstance(call.func, s.Attr):
            return
        target, method = call.func.value, call.func.name
        if not isinstance(target, (s.Name, s.Sub)):
            return
        args = [self.value(arg) for arg in call.args]
        if method == "append" and len(args) == 1:
            self.change(target, lambda old: _sum(old, (ListValue((args[0],)),)))
        elif method == "extend" and len(args) == 1:
            self.change(target, lambda old: _sum(old, args[0]))
        elif method == "insert" and len(args) == 2:
            self.change(target, lambda old: _sum((ListValue((args[1],)),), old))
        elif method == "update":
            given: Values = (DictValue(tuple((k.name, self.value(k.value)) for k in call.keywords if k.name)),)
            for arg in args:
                given = _merged(arg, given)
            self.change(target, lambda old: _merged(old, given))
        elif method == "setdefault" and len(args) == 2:
            for key in texts(args[0]):
                self.change(target, lambda old, key=key: _with(old, key.value, args[1], keep=True))  # type: ignore[misc]

    def change(self, target: s.Expr, change: Callable[[Values], Values]) -> None:
        """Replace what stands at a name, or below string keys of it; a place that cannot be said changes nothing."""
        keys: list[str | int] = []
        while isinstance(target, s.Sub):
            index = self.value(target.index)
            key = index[0]
            if len(index) != 1 or not (isinstance(key, Text) or (isinstance(key, Number) and type(key.value) is int)):
                return
            keys.append(key.value)  # type: ignore[arg-type]
            target = target.value
        if not isinstance(target, s.Name):
            return
        old = self.names[target.id] if target.id in self.names else self.value(s.Name(target.id))
        self.names[target.id] = _changed(old, keys[::-1], change)

    # --- expressions ---

    def value(self, expr: s.Expr) -> Values:
        self.depth += 1
        try:
            return self._value(expr) if self.depth < DEEPEST else UNKNOWN_VALUES
        finally:
            self.depth -= 1

    def _value(self, expr: s.Expr) -> Values:
        if isinstance(expr, s.Str):
            return (Text(expr.value, True, Origin(self.unit, expr.at, self.function)),)
        if isinstance(expr, s.Lit):
            return (Number(expr.value),)
        if isinstance(expr, s.Name):
            return self.named(expr)
        if isinstance(expr, s.Seq):
            return self.sequence(expr)
        if isinstance(expr, s.Dict):
            return self.dictionary(expr)
        if isinstance(expr, s.Call):
            return self.call(expr)
        if isinstance(expr, s.Attr):
            return self.attribute(expr)
        if isinstance(expr, s.Sub):
            return self.subscript(expr)
        if isinstance(expr, s.Op):
            return self.operation(expr)
        if isinstance(expr, s.Cond):
            return alternatives(self.value(expr.body), self.value(expr.orelse))
        if isinstance(expr, s.FString):
            return self.fstring(expr)
        if isinstance(expr, s.Comp):
            return self.comprehension(expr)
        if isinstance(expr, s.Lambda):
            return (FunctionValue(self.unit, expr.params, expr.body, self.function),)
        if isinstance(expr, s.Walrus):
            values = self.value(expr.value)
            self.names[expr.name] = values
            return values
        return UNKNOWN_VALUES

    def named(self, expr: s.Name) -> Values:
        known = self.names.get(expr.id)
        if known is not None:
            return known
        if expr.id == "__file__":
            return (PathValue(self.unit.path),)
        return self.imported(expr)

    def imported(self, expr: s.Expr) -> Values:
        """A constant of another module, or of a class."""
        symbol = self.constants.names.resolve(self.unit, expr)
        if not isinstance(symbol, ValueSymbol) or symbol.unit.is_library:
            return UNKNOWN_VALUES
        if symbol.unit is self.unit and symbol.owner is None:
            return UNKNOWN_VALUES  # it is bound further down, or was deleted
        inner = _Reader(self.constants, symbol.unit, self.constants.module(symbol.unit), None, self.depth)
        return inner.value(symbol.value)

    def sequence(self, expr: s.Seq) -> Values:
        items: list[Values] = []
        is_open = False
        for item in expr.items:
            if not isinstance(item, s.Starred):
                items.append(self.value(item))
                continue
            for value in self.value(item.value):
                if isinstance(value, ListValue):
                    items.extend(value.items)
                    is_open = is_open or value.is_open
                else:
                    is_open = True
        return (ListValue(tuple(items), is_open),)

    def dictionary(self, expr: s.Dict) -> Values:
        result: Values = (_EMPTY_DICT,)
        for key, item in expr.items:
            if key is None:
                result = _merged(result, self.value(item))
                continue
            names = list(texts(self.value(key)))
            if len(names) == 1:
                result = _with(result, names[0].value, self.value(item))
            else:
                result = tuple(DictValue(r.items, True) for r in result if isinstance(r, DictValue))
        return result

    def elements(self, iterable: Values) -> Iterator[Values]:
        for value in iterable:
            yield from value.items if isinstance(value, ListValue) else (UNKNOWN_VALUES,)

    def comprehension(self, expr: s.Comp) -> Values:
        """`[app for app in APPS if …]` may keep all of them; what a call makes of each element is followed too."""
        if len(expr.clauses) != 1 or expr.kind == "dict":
            return UNKNOWN_VALUES
        clause = expr.clauses[0]
        out: list[Values] = []
        is_open = False
        for value in self.value(clause.iterable):
            if not isinstance(value, ListValue):
                is_open = True
                continue
            is_open = is_open or value.is_open
            for item in value.items:
                inner = _Reader(self.constants, self.unit, dict(self.names), self.function, self.depth)
                inner.assign(clause.target, item)
                out.append(inner.value(expr.element))
        return (ListValue(tuple(out), is_open),)

    def attribute(self, expr: s.Attr) -> Values:
        holder = expr.value.func if isinstance(expr.value, s.Call) else expr.value  # `super()`
        if isinstance(holder, s.Name) and expr.name in self.attributes.get(holder.id, ()):
            return self.attributes[holder.id][expr.name]
        base: Values = ()
        if not isinstance(expr.value, s.Name) or expr.value.id in self.names:
            base = self.value(expr.value)
        paths = [value for value in base if isinstance(value, PathValue)]
        if paths and expr.name == "parent":
            return alternatives(*(_parent(path) for path in paths))
        if paths and expr.name == "parents":
            chains = []
            for path in paths:
                chain: list[Values] = []
                while isinstance((up := _parent(path)[0]), PathValue):
                    chain.append((up,))
                    path = up
                chains.append(ListValue(tuple(chain)))
            return tuple(chains)
        symbol = self.constants.names.resolve(self.unit, expr.value)
        if isinstance(symbol, ModuleSymbol) and not symbol.unit.is_library and symbol.unit is not self.unit:
            return self.constants.module(symbol.unit).get(expr.name, UNKNOWN_VALUES)
        return self.imported(expr)

    def subscript(self, expr: s.Sub) -> Values:
        index = self.value(expr.index)
        found: list[Values] = []
        for value in self.value(expr.value):
            for key in index:
                if isinstance(key, (Text, Number)) and isinstance(key.value, (str, int)):
                    found.append(_item(value, key.value))
                else:
                    found.append(UNKNOWN_VALUES)
        return alternatives(*found)

    def operation(self, expr: s.Op) -> Values:
        if expr.op == "or":
            return alternatives(*(self.value(operand) for operand in expr.operands))
        if expr.op == "and":
            return alternatives(self.value(expr.operands[-1]), UNKNOWN_VALUES)
        if expr.op == "%" and len(expr.operands) == 2:
            return tuple(_beginning(value, "%") for value in self.value(expr.operands[0]))
        if expr.op in ("+", "/", "|"):
            join = {"+": _sum, "/": _below, "|": _merged}[expr.op]
            result = self.value(expr.operands[0])
            for operand in expr.operands[1:]:
                result = join(result, self.value(operand))
            return result
        return UNKNOWN_VALUES

    def fstring(self, expr: s.FString) -> Values:
        known = ""
        for part in expr.parts:
            values = self.value(part)
            if len(values) != 1 or not isinstance(values[0], Text):
                return (Text(known, False, Origin(self.unit, expr.at, self.function)),)
            known += values[0].value
            if not values[0].complete:
                return (Text(known, False, Origin(self.unit, expr.at, self.function)),)
        return (Text(known, True, Origin(self.unit, expr.at, self.function)),)

    # --- calls ---

    def call(self, expr: s.Call) -> Values:
        if isinstance(expr.func, s.Name):
            functions = [f for f in self.names.get(expr.func.id, ()) if isinstance(f, FunctionValue)]
            if functions:
                return alternatives(*(self.apply(function, expr) for function in functions))
        name = self.constants.names.full_name(self.unit, expr.func) or dotted(expr.func) or ""
        args = self.arguments(expr)
        keywords = tuple((k.name, self.value(k.value)) for k in expr.keywords if k.name)
        known = _built(name, args, keywords)
        if known is None and isinstance(expr.func, s.Attr):
            known = self.method(expr.func, args)
        if known is not None:
            return known
        opaque = CallValue(name or _last(expr.func), args, keywords, Origin(self.unit, expr.at, self.function))
        default = dict(keywords).get("default")
        if default is None and len(args) == 2 and _reads_environment(name):
            default = args[1]
        if name == "getattr" and len(args) == 3:
            default = args[2]
        return alternatives(default, (opaque,)) if default is not None else (opaque,)

    def arguments(self, call: s.Call) -> tuple[Values, ...]:
        out: list[Values] = []
        for arg in call.args:
            if isinstance(arg, s.Starred):
                spread = self.value(arg.value)
                first = spread[0]
                if len(spread) != 1 or not isinstance(first, ListValue) or first.is_open:
                    return (UNKNOWN_VALUES,)
                out.extend(first.items)
            else:
                out.append(self.value(arg))
        return tuple(out)

    def apply(self, function: FunctionValue, call: s.Call) -> Values:
        args = list(self.arguments(call))
        given = {k.name: self.value(k.value) for k in call.keywords}
        module = self.names if function.unit is self.unit else self.constants.module(function.unit)
        local = dict(module)
        for param in function.params:
            if param.kind == "*":
                local[param.name] = (ListValue(tuple(args)),)
                args = []
            elif param.name in given:
                local[param.name] = given[param.name]
            elif args and param.kind in ("", "/"):
                local[param.name] = args.pop(0)
            else:
                local[param.name] = self.value(param.default) if param.default is not None else UNKNOWN_VALUES
        return _Reader(self.constants, function.unit, local, function.function, self.depth).value(function.result)

    def method(self, func: s.Attr, args: tuple[Values, ...]) -> Values | None:
        """A method of a value that is known."""
        if isinstance(func.value, s.Name) and func.value.id not in self.names:
            return None
        base = self.value(func.value)
        if any(isinstance(value, PathValue) for value in base):
            paths: Values = tuple(value for value in base if isinstance(value, PathValue))
            if func.name in ("resolve", "absolute", "expanduser", "as_posix"):
                return paths
            if func.name == "joinpath":
                for arg in args:
                    paths = _below(paths, arg)
                return paths
        known = [value for value in base if isinstance(value, (Text, DictValue, ListValue))]
        if not known:
            return None
        if func.name == "format":
            return tuple(_beginning(value, "{") for value in known)
        if func.name in ("strip", "rstrip", "lstrip", "lower", "copy"):
            return tuple(known)
        if func.name == "get" and args:
            found: list[Values] = [args[1]] if len(args) == 2 else []
            for value in known:
                found.extend(_item(value, key.value) for key in texts(args[0]))
            return alternatives(*found) if found else None
        return None


# --- what operations do with values ------------------------------------------------------------------------------------


def _item(value: Value, key: str | int) -> Values:
    if isinstance(value, DictValue) and isinstance(key, str):
        found = value.get(key)
        return found if found is not None else UNKNOWN_VALUES
    if isinstance(value, ListValue) and isinstance(key, int) and -len(value.items) <= key < len(value.items):
        return value.items[key]
    return UNKNOWN_VALUES


def _sum(left: Values, right: Values) -> Values:
    return alternatives(*((_plus(a, b),) for a in left for b in right))


def _plus(a: Value, b: Value) -> Value:
    if isinstance(a, ListValue) and isinstance(b, ListValue):
        return ListValue(a.items + b.items, a.is_open or b.is_open)
    if isinstance(a, ListValue):
        return ListValue(a.items, True)
    if isinstance(b, ListValue):
        return ListValue(b.items, True)
    if isinstance(a, Text) and a.complete:
        if isinstance(b, Text):
            return Text(a.value + b.value, b.complete, a.origin)
        return Text(a.value, False, a.origin)
    if isinstance(a, Text):
        return a
    return UNKNOWN_VALUE


def _merged(left: Values, right: Values) -> Values:
    """`{**left, **right}`."""
    found: list[Values] = []
    for a in left:
        for b in right:
            if not isinstance(a, DictValue) and not isinstance(b, DictValue):
                found.append(UNKNOWN_VALUES)
                continue
            is_open = not isinstance(a, DictValue) or a.is_open or not isinstance(b, DictValue) or b.is_open
            items = dict(a.items) if isinstance(a, DictValue) else {}
            items.update(b.items if isinstance(b, DictValue) else ())
            found.append((DictValue(tuple(items.items()), is_open),))
    return alternatives(*found)


def _with(values: Values, key: str, item: Values, keep: bool = False) -> Values:
    """The dicts with a key set; with `keep` only where it is not there yet."""
    found: list[Value] = []
    for value in values:
        items = dict(value.items) if isinstance(value, DictValue) else {}
        items[key] = items[key] if keep and key in items else item
        found.append(DictValue(tuple(items.items()), not isinstance(value, DictValue) or value.is_open))
    return tuple(found)


def _changed(values: Values, keys: list[str | int], change: Callable[[Values], Values]) -> Values:
    if not keys:
        return change(values)
    key, rest = keys[0], keys[1:]
    found: list[Values] = []
    for value in values:
        if isinstance(key, str):
            found.append(_with((value,), key, _changed(_item(value, key), rest, change)))
        elif isinstance(value, ListValue) and -len(value.items) <= key < len(value.items):
            items = list(value.items)
            items[key] = _changed(items[key], rest, change)
            found.append((ListValue(tuple(items), value.is_open),))
        else:
            found.append((value,))
    return alternatives(*found)


def _beginning(value: Value, mark: str) -> Value:
    """The part of a template text before its first placeholder."""
    if isinstance(value, Text):
        return Text(value.value.partition(mark)[0], mark not in value.value, value.origin)
    return UNKNOWN_VALUE


def _parent(path: PathValue) -> Values:
    return (PathValue(posixpath.dirname(path.path)),) if path.path else UNKNOWN_VALUES


def _below(left: Values, right: Values) -> Values:
    found: list[Values] = []
    for a in left:
        for b in right:
            if isinstance(a, PathValue) and isinstance(b, Text) and b.complete and not b.value.startswith("/"):
                joined = posixpath.normpath(posixpath.join(a.path, b.value))
                outside = joined.startswith("..")
                found.append(UNKNOWN_VALUES if outside else (PathValue("" if joined == "." else joined),))
            elif isinstance(b, PathValue):
                found.append((b,))
            else:
                found.append(UNKNOWN_VALUES)
    return alternatives(*found)


_SAME = frozenset(
    {
        "os.path.abspath", "os.path.realpath", "os.path.normpath", "os.path.expanduser", "pathlib.Path", "pathlib.PurePath",
        "environ.Path", "path.Path", "unipath.Path", "str", "list", "tuple", "set", "dict", "sorted", "os.fspath",
    }
)  # fmt: skip


def _built(name: str, args: tuple[Values, ...], keywords: tuple[tuple[str, Values], ...]) -> Values | None:
    """Calls that leave their argument what it is, and those that make paths and dicts."""
    if name == "dict" and not args:
        return (DictValue(keywords),)
    if name in ("list", "tuple", "set") and not args:
        return (ListValue(()),)
    if name in _SAME and len(args) == 1 and not keywords:
        return args[0]
    if name == "os.path.dirname" and len(args) == 1:
        return alternatives(*(_parent(v) if isinstance(v, PathValue) else UNKNOWN_VALUES for v in args[0]))
    if name in ("os.path.join", "posixpath.join", "pathlib.Path") and len(args) > 1:
        result = args[0]
        for arg in args[1:]:
            result = _below(result, arg)
        return result
    return None


def _reads_environment(name: str) -> bool:
    """`os.getenv(name, default)`, `environ.get`, `env(name, default)`, `env.str`, decouple's `config(name, default)`."""
    first, _, last = name.rpartition(".")
    return last in ("getenv", "env", "get_env", "getenv_str", "config") or (
        last in ("get", "str") and first.rpartition(".")[2] in ("environ", "env", "config")
    )


def _last(func: s.Expr) -> str:
    return func.name if isinstance(func, s.Attr) else ""


def walk_values(values: Iterable[Value]) -> Iterator[Value]:
    """Every value in alternatives, those inside lists, dicts and calls too."""
    for value in values:
        yield value
        if isinstance(value, ListValue):
            for item in value.items:
                yield from walk_values(item)
        elif isinstance(value, DictValue):
            for _, item in value.items:
                yield from walk_values(item)
        elif isinstance(value, CallValue):
            for item in (*value.args, *(v for _, v in value.keywords)):
                yield from walk_values(item)
