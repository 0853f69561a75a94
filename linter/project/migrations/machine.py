"""What a migration does on one database: its code walked with the vendor known.

`connection.vendor` and `op.get_bind().dialect.name` have a value here, so guards take care of themselves: whatever shape
they have (an early return, a variable, a helper, the caller of a helper), the branch that is not taken is not walked. A
condition that cannot be decided leaves out both its branches: only what is certain to run is told of.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Union

import msgspec

from linter.facts import syntax as s
from linter.project.migrations.vendors import MYSQL, POSTGRESQL, SQLITE, Vendor, vendor_of_engine, vendor_of_url
from linter.project.names import last_name
from linter.project.scopes import Scope, full_name, resolve
from linter.project.units import FunctionSymbol, ValueSymbol, bindings, walk

if TYPE_CHECKING:
    from linter.project import Project

DEEPEST = 5
MOST_ROUNDS = 8

ENGINES = {
    SQLITE: ("django.db.backends.sqlite3",),
    POSTGRESQL: ("django.db.backends.postgresql", "django.db.backends.postgresql_psycopg2"),
    MYSQL: ("django.db.backends.mysql",),
}
_URL_NAMES = re.compile(r"(SQLALCHEMY_DATABASE_UR[IL]|DATABASE_UR[IL]|sqlalchemy\.url)$", re.I)


class Unknown:
    """Any value at all."""

    def __repr__(self) -> str:
        return "?"


UNKNOWN = Unknown()


class Beginning(str):
    """A text of which only the beginning is known: the URL of the database."""


class Engine(str):
    """The dotted name of Django's database engine, known by its vendor only."""


class Rough(str):
    """A text with unknown parts in it, for which an `x` stands."""


class Dialect(msgspec.Struct, frozen=True):
    """SQLAlchemy's dialect object."""

    vendor: Vendor


class Batch(msgspec.Struct, frozen=True):
    """What `op.batch_alter_table(…)` gives; `recreates`: it copies the table where ALTER cannot do it. `table`: "" where its
    name is not known."""

    recreates: bool
    table: str


class Function(msgspec.Struct, frozen=True):
    symbol: FunctionSymbol
    outer: tuple[s.FunctionDef, ...] = ()


class Opaque(msgspec.Struct, frozen=True):
    """An expression that was not worked out, with where it stands."""

    expr: s.Expr
    frame: Frame


Value = Union[Unknown, str, bool, int, float, None, Dialect, Batch, Function, Opaque, list["Value"]]


class Frame(msgspec.Struct):
    """One function being walked. `entry`: the call in the migration's own file through which its code is reached."""

    scope: Scope
    names: dict[str, Value] = msgspec.field(default_factory=dict)
    entry: tuple[int, s.FunctionDef | None] | None = None
    depth: int = 0
    result: Value = None

    def at(self, at: int) -> tuple[int, s.FunctionDef | None]:
        """The place to report for a record of this frame."""
        return self.entry if self.entry is not None else (at, self.scope.function)


# Told of every call that is certain to run; True: what it does is known, it is not to be followed.
Visit = Callable[[s.Call, Frame], bool]


class Machine:
    """`path` is the migration's file: what runs elsewhere is reported at the call that leads there."""

    def __init__(self, project: Project, vendor: Vendor, path: str, visit: Visit) -> None:
        self.project = project
        self.names = project.names
        self.vendor = vendor
        self.path = path
        self.visit = visit
        self.is_certain = True  # False inside a `try` whose failure is caught

    # --- statements: each returns whether control goes on ---

    def block(self, block: tuple[s.Stmt, ...], frame: Frame) -> bool:
        return all(self.statement(node, frame) for node in block)

    def statement(self, node: s.Stmt, frame: Frame) -> bool:
        if isinstance(node, s.If):
            return self.condition(node, frame)
        if isinstance(node, s.For):
            return self.loop(node, frame)
        if isinstance(node, s.With):
            return self.context(node, frame)
        if isinstance(node, s.Try):
            return self.attempt(node, frame)
        if isinstance(node, s.Return):
            if node.value is not None:
                self.calls(node.value, frame)
                frame.result = self.value(node.value, frame)
            return node.is_yield
        if isinstance(node, s.Jump):
            return False
        if isinstance(node, s.Assign):
            if node.value is not None:
                self.calls(node.value, frame)
                found = self.value(node.value, frame)
                for target in node.targets:
                    self.assign(target, found, frame)
        elif isinstance(node, s.AugAssign):
            self.augment(node, frame)
        elif isinstance(node, s.ExprStmt):
            self.calls(node.value, frame)
            self.grow(node.value, frame)
        elif isinstance(node, s.FunctionDef):
            outer = frame.scope.functions
            frame.names[node.name] = Function(FunctionSymbol(frame.scope.unit, node, frame.scope.owner), outer)
        return True

    def condition(self, node: s.If, frame: Frame) -> bool:
        self.calls(node.test, frame)
        truth = self.truth(node.test, frame)
        if node.loop or isinstance(truth, Unknown):
            self.forget((node.body, node.orelse), frame)
            return not _may_leave(node.body) and not _may_leave(node.orelse)
        return self.block(node.body if truth else node.orelse, frame)

    def loop(self, node: s.For, frame: Frame) -> bool:
        self.calls(node.iterable, frame)
        items = self.value(node.iterable, frame)
        if not isinstance(items, list) or _may_leave(node.body):
            self.forget((node.body,), frame)
            return not _may_leave(node.body)
        for item in items[:MOST_ROUNDS]:
            self.assign(node.target, item, frame)
            self.block(node.body, frame)
        return True

    def context(self, node: s.With, frame: Frame) -> bool:
        for item, target in node.items:
            self.calls(item, frame)
            if isinstance(item, s.Call) and last_name(item.func) == "suppress":
                self.forget((node.body,), frame)
                return True
            if target is not None:
                self.assign(target, self.value(item, frame), frame)
        return self.block(node.body, frame)

    def attempt(self, node: s.Try, frame: Frame) -> bool:
        if not node.handlers:
            return self.block(node.body, frame) and self.block(node.final, frame)
        parts = (node.body, node.orelse, *(handler.body for handler in node.handlers))
        self.forget(parts, frame)
        return not any(_may_leave(part) for part in parts)

    def forget(self, blocks: tuple[tuple[s.Stmt, ...], ...], frame: Frame) -> None:
        """Nothing is known any more of the names that blocks may or may not have bound."""
        for block in blocks:
            frame.names.update(dict.fromkeys(bindings(block), UNKNOWN))

    def assign(self, target: s.Expr, value: Value, frame: Frame) -> None:
        if isinstance(target, s.Name):
            frame.names[target.id] = value
        elif isinstance(target, s.Seq):
            parts = value if isinstance(value, list) and len(value) == len(target.items) else None
            for index, item in enumerate(target.items):
                self.assign(item, parts[index] if parts is not None else UNKNOWN, frame)

    def augment(self, node: s.AugAssign, frame: Frame) -> None:
        self.calls(node.value, frame)
        if isinstance(node.target, s.Name):
            frame.names[node.target.id] = _sum(self.value(node.target, frame), self.value(node.value, frame))

    def grow(self, expr: s.Expr, frame: Frame) -> None:
        """`operations.append(…)`, `operations.extend(…)`."""
        if not isinstance(expr, s.Call) or not isinstance(expr.func, s.Attr) or not isinstance(expr.func.value, s.Name):
            return
        name = expr.func.value.id
        known = frame.names.get(name)
        if isinstance(known, list) and len(expr.args) == 1:
            added = self.value(expr.args[0], frame)
            if expr.func.name == "append":
                frame.names[name] = [*known, added]
            elif expr.func.name == "extend":
                frame.names[name] = _sum(known, added)

    # --- calls ---

    def calls(self, expr: s.Expr, frame: Frame) -> None:
        """Visit every call that evaluating an expression is certain to make, the inner ones first."""
        if isinstance(expr, s.Op) and expr.op in ("and", "or"):
            for operand in expr.operands:
                self.calls(operand, frame)
                if self.truth(operand, frame) is not (expr.op == "and"):
                    return
        elif isinstance(expr, s.Cond):
            self.calls(expr.test, frame)
            truth = self.truth(expr.test, frame)
            if not isinstance(truth, Unknown):
                self.calls(expr.body if truth else expr.orelse, frame)
        elif isinstance(expr, s.Call):
            for part in (expr.func, *expr.args, *(k.value for k in expr.keywords)):
                self.calls(part, frame)
            if not self.visit(expr, frame):
                self.follow(expr, frame)
        elif isinstance(expr, s.Attr):
            self.calls(expr.value, frame)
        elif isinstance(expr, s.Seq):
            for item in expr.items:
                self.calls(item.value if isinstance(item, s.Starred) else item, frame)
        elif isinstance(expr, (s.Await, s.Starred, s.Walrus)):
            self.calls(expr.value, frame)

    def follow(self, call: s.Call, frame: Frame) -> Value:
        """Walk the project's function that is called."""
        callee = self.callee(call.func, frame)
        if callee is None:
            return UNKNOWN
        args = [self.value(arg, frame) for arg in call.args if not isinstance(arg, s.Starred)]
        keywords = {k.name: self.value(k.value, frame) for k in call.keywords if k.name}
        return self.run(callee, args, keywords, frame, call.at)

    def callee(self, func: s.Expr, frame: Frame) -> Function | None:
        found = self.value(func, frame) if isinstance(func, (s.Name, s.Attr)) else UNKNOWN
        return found if isinstance(found, Function) and not found.symbol.unit.is_library else None

    def run(self, function: Function, args: list[Value], keywords: dict[str, Value], caller: Frame, at: int) -> Value:
        """Walk a function's body; what it returns, as far as that is known."""
        symbol = function.symbol
        if caller.depth >= DEEPEST or symbol.node.decorators:  # a decorator may well be the guard
            return UNKNOWN
        scope = Scope(symbol.unit, (*function.outer, symbol.node), symbol.owner)
        names: dict[str, Value] = {}
        positional = list(args)
        for param in symbol.node.params:
            default: Value = UNKNOWN
            if param.default is not None:
                default = self.value(param.default, Frame(Scope(symbol.unit), {}, None, caller.depth + 1))
            if param.name in keywords:
                names[param.name] = keywords[param.name]
            elif positional and param.kind in ("", "/"):
                names[param.name] = positional.pop(0)
            else:
                names[param.name] = default if param.kind in ("", "/", "kw") else UNKNOWN
        entry = caller.entry
        if entry is None and symbol.unit.path != self.path:
            entry = (at, caller.scope.function)
        frame = Frame(scope, names, entry, caller.depth + 1, UNKNOWN)
        finished = self.block(scope.statements, frame)
        return None if finished and isinstance(frame.result, Unknown) else frame.result

    # --- values ---

    def truth(self, expr: s.Expr, frame: Frame) -> bool | Unknown:
        found = self.value(expr, frame)
        if isinstance(found, (bool, int, float, list)) or found is None or type(found) is str:
            return bool(found)
        return UNKNOWN

    def value(self, expr: s.Expr, frame: Frame) -> Value:
        if isinstance(expr, s.Str):
            return expr.value
        if isinstance(expr, s.Lit):
            return expr.value
        if isinstance(expr, s.Name):
            return self.named(expr, frame)
        if isinstance(expr, s.Attr):
            return self.attribute(expr, frame)
        if isinstance(expr, s.Call):
            return self.called(expr, frame)
        if isinstance(expr, s.Op):
            return self.operation(expr, frame)
        if isinstance(expr, s.Sub):
            return self.subscript(expr, frame)
        if isinstance(expr, s.Cond):
            truth = self.truth(expr.test, frame)
            return UNKNOWN if isinstance(truth, Unknown) else self.value(expr.body if truth else expr.orelse, frame)
        if isinstance(expr, s.Seq):
            return self.sequence(expr, frame)
        if isinstance(expr, s.FString):
            parts = [self.value(part, frame) for part in expr.parts]
            return Rough("".join(part if isinstance(part, str) else "x" for part in parts))
        if isinstance(expr, (s.Lambda, s.Dict)):
            return Opaque(expr, frame)
        return UNKNOWN

    def named(self, expr: s.Name, frame: Frame) -> Value:
        if expr.id in frame.names:
            return frame.names[expr.id]
        if _URL_NAMES.search(expr.id):
            return self.url
        symbol = self.names.follow(resolve(self.names, frame.scope, expr))
        return self.symbol_value(symbol, expr, frame)

    def symbol_value(self, symbol: object, expr: s.Expr, frame: Frame) -> Value:
        if isinstance(symbol, FunctionSymbol):
            return Function(symbol)
        if isinstance(symbol, ValueSymbol) and not symbol.unit.is_library and frame.depth < DEEPEST:
            name = last_name(expr)
            found = (symbol.owner.names if symbol.owner is not None else symbol.unit.names).get(name, ())
            if len(found) > 1:
                return UNKNOWN
            scope = Scope(symbol.unit, (), symbol.owner)
            return self.value(symbol.value, Frame(scope, {}, frame.entry, frame.depth + 1))
        return Opaque(expr, frame)

    def attribute(self, expr: s.Attr, frame: Frame) -> Value:
        if expr.name == "vendor":
            return self.vendor
        if expr.name == "dialect":
            owner = full_name(self.names, frame.scope, expr.value)
            if not owner.startswith("sqlalchemy."):  # `postgresql.dialect` is a class, wherever it runs
                return Dialect(self.vendor)
        if expr.name in ("name", "drivername"):
            base_value = self.value(expr.value, frame)
            if isinstance(base_value, Dialect) or last_name(expr.value) in ("engine", "dialect"):
                return self.vendor
            if expr.name == "drivername":
                return Beginning(self.vendor)
        if _URL_NAMES.search(expr.name):
            return self.url
        symbol = self.names.follow(resolve(self.names, frame.scope, expr))
        return self.symbol_value(symbol, expr, frame)

    @property
    def url(self) -> Beginning:
        return Beginning(self.vendor)

    def subscript(self, expr: s.Sub, frame: Frame) -> Value:
        key = self.value(expr.index, frame)
        if key == "ENGINE":
            return Engine(self.vendor)
        if isinstance(key, str) and _URL_NAMES.search(key):
            return self.url
        base = self.value(expr.value, frame)
        if isinstance(base, list) and type(key) is int and -len(base) <= key < len(base):
            return base[key]
        return UNKNOWN

    def sequence(self, expr: s.Seq, frame: Frame) -> Value:
        found: list[Value] = []
        for item in expr.items:
            if isinstance(item, s.Starred):
                inner = self.value(item.value, frame)
                if not isinstance(inner, list):
                    continue
                found.extend(inner)
            else:
                found.append(self.value(item, frame))
        return found

    def called(self, expr: s.Call, frame: Frame) -> Value:
        name = last_name(expr.func)
        first = expr.args[0] if expr.args else None
        if name == "isinstance" and len(expr.args) == 2 and isinstance(first, (s.Name, s.Attr)):
            return self.is_dialect(first, expr.args[1], frame)
        if name == "get" and first is not None:
            key = self.value(first, frame)
            if key == "ENGINE":
                return Engine(self.vendor)
            if isinstance(key, str) and _URL_NAMES.search(key):
                return self.url
        if name == "get_backend_name":
            return self.vendor
        if name in ("str", "bool", "make_url") and first is not None and isinstance(expr.func, s.Name):
            return self.value(first, frame)
        if name == "batch_alter_table":
            recreate = expr.keyword("recreate")
            table = first.value if isinstance(first, s.Str) else ""
            return Batch(not (isinstance(recreate, s.Str) and recreate.value == "never"), table)
        if isinstance(expr.func, s.Attr):
            found = self.text_method(expr.func, expr, frame)
            if not isinstance(found, Unknown):
                return found
        callee = self.callee(expr.func, frame)
        if callee is not None:
            quiet = Machine(self.project, self.vendor, self.path, lambda call, frame: False)
            return quiet.follow(expr, frame)
        return Opaque(expr, frame)

    def is_dialect(self, subject: s.Expr, kind: s.Expr, frame: Frame) -> bool | Unknown:
        if not isinstance(self.value(subject, frame), Dialect):
            return UNKNOWN
        kinds = kind.items if isinstance(kind, s.Seq) else (kind,)
        found = [vendor_of_engine(full_name(self.names, frame.scope, one) or last_name(one)) for one in kinds]
        if self.vendor in found:
            return True
        return UNKNOWN if None in found else False

    def text_method(self, func: s.Attr, call: s.Call, frame: Frame) -> Value:
        if func.name not in ("startswith", "endswith", "lower", "upper", "strip", "split", "format", "dedent", "join"):
            return UNKNOWN
        base = self.value(func.value, frame)
        if not isinstance(base, str):
            return UNKNOWN
        args = [self.value(arg, frame) for arg in call.args]
        first = args[0] if args else ""
        if func.name == "startswith" and isinstance(base, (Beginning, str)) and not isinstance(base, (Engine, Rough)):
            return _starts_with(base, first)
        if func.name == "endswith" and isinstance(base, Engine) and isinstance(first, str):
            return any(engine.endswith(first) for engine in ENGINES[self.vendor])
        if func.name == "split" and isinstance(base, Engine) and first == ".":
            parts: list[Value] = list(ENGINES[self.vendor][0].split("."))
            return parts
        if func.name == "format":
            return Rough(re.sub(r"\{[^{}]*\}", "x", base))
        if func.name in ("lower", "strip") and not isinstance(base, Rough):
            return base
        return Rough(base) if func.name in ("strip", "dedent", "lower") else UNKNOWN

    def operation(self, expr: s.Op, frame: Frame) -> Value:
        if expr.op == "not":
            truth = self.truth(expr.operands[0], frame)
            return UNKNOWN if isinstance(truth, Unknown) else not truth
        if expr.op in ("and", "or"):
            return self.connected(expr, frame)
        values = [self.value(operand, frame) for operand in expr.operands]
        if expr.op == "+":
            total = values[0]
            for value in values[1:]:
                total = _sum(total, value)
            return total
        if expr.op == "%":
            text = values[0]
            return Rough(re.sub(r"%(\(\w+\))?[sdr]", "x", text)) if isinstance(text, str) else UNKNOWN
        if len(values) == 2 and expr.op in ("==", "!=", "is", "is not"):
            same = self.same(values[0], values[1])
            return same if isinstance(same, Unknown) or expr.op in ("==", "is") else not same
        if len(values) == 2 and expr.op in ("in", "not in"):
            inside = self.contained(values[0], values[1])
            return inside if isinstance(inside, Unknown) or expr.op == "in" else not inside
        return UNKNOWN

    def connected(self, expr: s.Op, frame: Frame) -> Value:
        """`and` and `or`: decided as soon as one operand decides it, whatever the others are."""
        decisive = expr.op == "or"
        truths = [self.truth(operand, frame) for operand in expr.operands]
        if any(truth is decisive for truth in truths):
            return decisive
        return UNKNOWN if any(isinstance(truth, Unknown) for truth in truths) else not decisive

    def same(self, left: Value, right: Value) -> bool | Unknown:
        for one, other in ((left, right), (right, left)):
            if isinstance(one, Dialect):
                return False if isinstance(other, str) else UNKNOWN  # the object itself equals no text
            if isinstance(one, Engine) and isinstance(other, str):
                return (
                    other in ENGINES[self.vendor] if vendor_of_engine(other) == self.vendor and "." in other else False
                )
            if one == "mysql" and other == "mariadb":
                return UNKNOWN
            if isinstance(one, (Beginning, Rough)):
                return UNKNOWN
        plain = (str, bool, int, float, type(None))
        if isinstance(left, plain) and isinstance(right, plain):
            return left == right
        return UNKNOWN

    def contained(self, item: Value, where: Value) -> bool | Unknown:
        if isinstance(where, list):
            found = [self.same(item, one) for one in where]
            if True in found:
                return True
            return UNKNOWN if any(isinstance(one, Unknown) for one in found) else False
        if isinstance(item, str) and isinstance(where, Engine):
            return any(item in engine for engine in ENGINES[self.vendor])
        if isinstance(item, str) and isinstance(where, Beginning):
            return vendor_of_url(item.rstrip(":/") + ":") == self.vendor
        if type(item) is str and type(where) is str:
            return item in where
        return UNKNOWN


def _starts_with(base: str, prefix: Value) -> bool | Unknown:
    prefixes = prefix if isinstance(prefix, list) else [prefix]
    if not all(isinstance(one, str) for one in prefixes):
        return UNKNOWN
    texts = [str(one) for one in prefixes]
    if any(base.startswith(text) for text in texts):
        return True
    if isinstance(base, Beginning) and any(text.startswith(base) for text in texts):
        # "sqlite" may be followed by "+pysqlite" or "://": the scheme alone is certain
        return True if any(text[len(base) :] in (":", "://", ":/") for text in texts) else UNKNOWN
    return False


def _sum(left: Value, right: Value) -> Value:
    if isinstance(left, list) and isinstance(right, list):
        return [*left, *right]
    if isinstance(left, list):
        return left  # what is added is not known; what was there stays
    if isinstance(right, list):
        return right
    if isinstance(left, str) or isinstance(right, str):
        return Rough("".join(part if isinstance(part, str) else "x" for part in (left, right)))
    return UNKNOWN


def _may_leave(block: tuple[s.Stmt, ...]) -> bool:
    """Whether control may leave a function from somewhere in a block."""
    return any(isinstance(node, (s.Return, s.Jump)) and not getattr(node, "is_yield", False) for node, _ in walk(block))
