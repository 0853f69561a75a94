"""What modules and functions do besides defining classes: make tables, map classes to them, reflect, create classes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from linter.facts import syntax as s
from linter.project.names import callee, last_name
from linter.project.sqlalchemy import vocabulary
from linter.project.sqlalchemy.continuum import is_plain
from linter.project.sqlalchemy.core import Tables
from linter.project.sqlalchemy.declarative import Declarative
from linter.project.sqlalchemy.evaluate import Evaluator
from linter.project.sqlalchemy.imperative import Imperative
from linter.project.sqlalchemy.mapping import Mapper
from linter.project.sqlalchemy.metadata import MetaDatas
from linter.project.sqlalchemy.naming import flask_name
from linter.project.sqlalchemy.running import LONGEST_LOOP
from linter.project.sqlalchemy.values import (
    UNKNOWN,
    Items,
    Lib,
    Made,
    Member,
    Scope,
    UnknownValue,
    Value,
    text_of,
)
from linter.project.units import ClassSymbol, Unit, blocks_of, walk

# The last names of the calls that are looked at, and the words of `Module.uses` that tell of them.
_CALLS = frozenset({
    "Table", "reflect", "automap_base", "make_versioned", "to_metadata", "tometadata", "map_imperatively", "mapper", "type",
    "Index",
})  # fmt: skip
_PROPERTIES = vocabulary.COLUMNS | vocabulary.RELATIONSHIPS | vocabulary.COLUMN_WRAPPERS
_WORDS = frozenset({
    b"Table", b"reflect", b"automap_base", b"make_versioned", b"to_metadata", b"tometadata", b"map_imperatively",
    b"mapper", b"__tablename__", b"relationship",
})  # fmt: skip
GATES = frozenset({
    "Table(", ".reflect(", "automap_base(", "make_versioned(", "to_metadata(", "tometadata(", "map_imperatively(",
    "mapper(", "__tablename__", "db.Model)", "listens_for(",
})  # fmt: skip


class Scanner:
    def __init__(
        self, values: Evaluator, metadatas: MetaDatas, tables: Tables, declarative: Declarative, imperative: Imperative
    ) -> None:
        self.values = values
        self.metadatas = metadatas
        self.tables = tables
        self.declarative = declarative
        self.imperative = imperative
        self._worthy: list[int] = []  # the bodies of the file that speak of what is looked for
        self._outermost: list[int] = []  # the bodies of the functions that are in no other
        self.versioning: Made | None = None  # the call that sets SQLAlchemy-Continuum to work
        self.makers: set[str] = set()  # names of functions that make tables, or classes that may be mapped
        self._functions: list[str] = []  # the functions whose bodies are being looked at
        self._owners: list[ClassSymbol] = []  # the classes whose bodies are being looked at
        self._conditions = 0  # how many `if`, `try` and `for` the statement being looked at stands in

    def scan(self, unit: Unit, shadow: bool) -> None:
        """Look at everything in a file; `shadow` where what it makes only counts by its name (a migration)."""
        if not GATES.isdisjoint(unit.module.uses):
            words = _WORDS | {b"Model"} if "db.Model)" in unit.module.uses else _WORDS
            self._worthy = unit.bodies_holding(words)
            self._outermost = sorted(_outermost(unit.module.body))
        elif b"relationship" in unit.facts.module or b"Column" in unit.facts.module:
            self._worthy, self._outermost = [], []  # `User.posts = relationship(…)`, but nothing in its functions
        else:
            return
        self._block(unit.module.body, self.values.module(unit), shadow)

    def _block(self, block: tuple[s.Stmt, ...], scope: Scope, shadow: bool) -> None:
        for node in block:
            for expr in _expressions(node):
                for call in _calls(expr):
                    if last_name(call.func) in _CALLS:
                        self._call(call, scope, shadow)
            if isinstance(node, s.Assign):
                self._assigned(node, scope, shadow)
            if scope.function is not None or scope.run:
                self.values.bind(node, scope)
            if isinstance(node, s.FunctionDef):
                if not self._is_run_elsewhere(node) and (scope.function is not None or self._is_worthy(node)):
                    self._function(node, scope)
            elif isinstance(node, s.ClassDef):
                self._class(node, scope, shadow)
            if isinstance(node, s.For) and scope.function is None and self._loop(node, scope, shadow):
                continue
            self._conditions += isinstance(node, (s.If, s.Try, s.For))
            for inner in blocks_of(node):
                self._block(inner, scope, shadow)
            self._conditions -= isinstance(node, (s.If, s.Try, s.For))

    def run_makers(self, unit: Unit) -> None:
        """`User = make_user("users")` at module level: the function runs, and makes classes and tables."""
        for node, guard in walk(unit.module.body):
            if guard == "typing" or not isinstance(node, (s.Assign, s.ExprStmt)) or not isinstance(node.value, s.Call):
                continue
            if last_name(node.value.func) in self.makers:
                value = self.values.value(node.value, self.values.module(unit))
                if isinstance(value, Made) and value.kind == "Table":
                    self.tables.read(value)

    def _loop(self, node: s.For, scope: Scope, shadow: bool) -> bool:
        """`for name in ("user", "group"): Table(f"{name}_roles", …)`, run when the module is; False where it cannot be."""
        items = self.values.value(node.iterable, scope)
        if not isinstance(items, Items) or not items.whole or len(items.items) > LONGEST_LOOP:
            return False
        for item in items.items:
            inner = Scope(scope.unit, None, {}, scope.owner, scope, scope.before, run=self.values.next_run())
            self.values.runner.assign(node.target, item, inner)
            self._block(node.body, inner, shadow)
        return True

    def _is_worthy(self, node: s.FunctionDef) -> bool:
        """Whether a function, or one inside it, speaks of what is looked for. Inner functions have the bodies just below."""
        before = bisect_left(self._outermost, node.body)
        first = self._outermost[before - 1] + 1 if before else 0
        at = bisect_left(self._worthy, first)
        return at < len(self._worthy) and self._worthy[at] <= node.body

    def _is_run_elsewhere(self, node: s.FunctionDef) -> bool:
        """Whether all that a function makes is known: a declared_attr was run for each class that has it, and of a wrapper
        called `Table` every call is looked at as one of Table itself."""
        return node.name in _CALLS or any(last_name(callee(d)) in vocabulary.DECLARED for d in node.decorators)

    def _function(self, node: s.FunctionDef, scope: Scope) -> None:
        names: dict[str, Value] = {param.name: UNKNOWN for param in node.params}
        outer = scope if scope.function is not None else None
        self._functions.append(node.name)
        self._block(scope.unit.body(node).statements, Scope(scope.unit, node, names, None, outer), True)
        self._functions.pop()

    def _class(self, node: s.ClassDef, scope: Scope, shadow: bool) -> None:
        symbol = self.values.class_in(node, scope)
        if scope.function is not None:
            self._local_class(symbol)
        self._owners.append(symbol)
        self._block(node.body, self.values.inside(symbol), shadow)
        self._owners.pop()

    def _local_class(self, symbol: ClassSymbol) -> None:
        """A class that is made when a function runs: its table's name counts, nothing else of it is looked at."""
        if not symbol.node.bases:
            return
        self.makers.update(self._functions[:1])
        mapper = self.declarative.mapper(symbol)
        if mapper is not None:
            if (
                mapper.table is not None
                and mapper.table.site.unit is symbol.unit
                and mapper.table.site.function is not None
            ):
                mapper.table.shadow = True
        elif "__tablename__" in symbol.names or not self.declarative.lineages.of(symbol).whole:
            # Mapped, if at all, by something that was not understood.
            self.tables.strays |= {flask_name(symbol.name), symbol.name.lower()}

    def _call(self, call: s.Call, scope: Scope, shadow: bool) -> None:
        name = last_name(call.func)
        if name == "reflect" and isinstance(call.func, s.Attr):
            self._reflect(call.func.value, scope)
            return
        if name in ("to_metadata", "tometadata") and call.args:
            self.tables.are_copied = True
            return
        made = self.values.value(call, scope)
        if name == "type" and len(call.args) == 3:
            self._created(made, call, scope, shadow)
            return
        if not isinstance(made, Made):
            return
        if made.kind == "Table":
            self.makers.update(self._functions[:1])
            self.tables.read(made, None, shadow)
        elif made.kind in ("map_imperatively", "mapper"):
            self.imperative.map(made, scope)
        elif made.kind == "automap_base":
            self.metadatas.of(made)
        elif made.kind == "Index" and not shadow and scope.function is None:
            self._index(made)
        elif made.func == Lib("sqlalchemy_continuum.make_versioned"):
            self.versioning = made
            if is_plain(self.values, made):
                self.tables.are_versioned = True
            else:
                self.tables.doubt("SQLAlchemy-Continuum makes tables of its own", scope.unit.path, classes=True)

    def _index(self, made: Made) -> None:
        """`Index("ix_users_name", User.name)` beside or inside a class: it is put on the table of its columns."""
        for arg in made.arguments.positional[1:]:
            value = self.values.given(arg)
            while isinstance(value, Made) and isinstance(value.func, Member):
                value = value.func.base
            table = self.tables.column_at(value)[0]
            if table is None and isinstance(value, Made) and self._owners:
                mapper = self.declarative.mapper(self._owners[-1])
                table = mapper.table if mapper is not None else None
            if table is not None and all(known.site != made.site for known in table.constraints):
                self.tables.parts.add(table, made)
                return

    def _assigned(self, node: s.Assign, scope: Scope, shadow: bool) -> None:
        """`User.posts = relationship(…)`: of a class that is known when the module runs, else of any class."""
        if not isinstance(node.value, s.Call) or last_name(node.value.func) not in _PROPERTIES:
            return
        for target in node.targets:
            if not isinstance(target, s.Attr):
                continue
            holder, made = self.values.value(target.value, scope), self.values.value(node.value, scope)
            mapper = self.declarative.mapper(holder) if isinstance(holder, ClassSymbol) else None
            if mapper is not None and isinstance(made, Made) and not shadow and not self._conditions:
                self.declarative.attributes.attach(mapper, target.name, made)
            elif mapper is not None:
                self._possibly(mapper, target.name, made)
            elif isinstance(holder, UnknownValue) and isinstance(made, Made) and made.kind:
                self.tables.possible_names.update((target.name, *self._backref_of(made)))

    def _possibly(self, mapper: Mapper, name: str, made: Value) -> None:
        """A class gets an attribute under a condition, or when some function runs."""
        mapper.possible_names.add(name)
        if isinstance(made, Made) and made.kind not in vocabulary.RELATIONSHIPS and mapper.table is not None:
            mapper.table.open = mapper.table.open or f"`{name}` may be added to it"
        self.tables.possible_names.update(self._backref_of(made))

    def _backref_of(self, made: Value) -> Iterator[str]:
        given = made.arguments.keywords.get("backref") if isinstance(made, Made) else None
        value = self.values.given(given) if given is not None else UNKNOWN
        if isinstance(value, Made) and value.arguments.positional:
            value = self.values.given(value.arguments.positional[0])
        name = text_of(value)
        if name is not None:
            yield name

    def _reflect(self, holder: s.Expr, scope: Scope) -> None:
        """`metadata.reflect(…)`, `self.metadata.reflect(…)`."""
        why = "tables are read from the database"
        value = self.values.value(holder, scope)
        if isinstance(value, UnknownValue) and isinstance(holder, s.Attr):
            value = self._of_self(holder, scope)
        metadata = self.metadatas.of(value)
        if metadata is not None:
            metadata.doubt(why, scope.unit.path)
        elif isinstance(value, UnknownValue):
            self.tables.doubt(why, scope.unit.path)

    def _of_self(self, expr: s.Attr, scope: Scope) -> Value:
        """What `self.name` was set to, in whichever method of the class."""
        owner, name = self._owners[-1] if self._owners else None, expr.value
        if owner is None or not isinstance(name, s.Name) or name.id != "self":
            return UNKNOWN
        for node, _ in walk(owner.node.body):
            if not isinstance(node, s.FunctionDef):
                continue
            inner = Scope(scope.unit, node, {param.name: UNKNOWN for param in node.params})
            for statement, _ in walk(scope.unit.body(node).statements):
                if isinstance(statement, s.Assign) and statement.value is not None:
                    if any(isinstance(t, s.Attr) and t.name == expr.name for t in statement.targets):
                        return self.values.value(statement.value, inner)
        return UNKNOWN

    def _created(self, made: Value, call: s.Call, scope: Scope, shadow: bool) -> None:
        """`type("User", (Base,), {…})`."""
        if isinstance(made, ClassSymbol):
            if scope.function is not None:
                self._local_class(made)
            elif not shadow:
                self.declarative.mapper(made)
            return
        bases = self.values.value(call.args[1], scope)
        for base in bases.items if isinstance(bases, Items) else ():
            metadata = self.metadatas.of(base) if isinstance(base, (ClassSymbol, Made, Member)) else None
            if metadata is not None:
                metadata.doubt("classes are made for it by `type()`", scope.unit.path, classes=True)


def _outermost(block: tuple[s.Stmt, ...]) -> Iterator[int]:
    for node, _ in walk(block):
        if isinstance(node, s.FunctionDef):
            yield node.body
        elif isinstance(node, s.ClassDef):
            yield from _outermost(node.body)


def _expressions(node: s.Stmt) -> Iterator[s.Expr]:
    if isinstance(node, (s.Assign, s.AugAssign, s.ExprStmt, s.Return)):
        if node.value is not None:
            yield node.value
    elif isinstance(node, s.For):
        yield node.iterable
    elif isinstance(node, s.With):
        for expr, _ in node.items:
            yield expr
    elif isinstance(node, s.If):
        yield node.test


def _calls(expr: s.Expr) -> Iterator[s.Call]:
    """Every call in an expression; those in lambdas and comprehensions run in scopes of their own and are left out."""
    if isinstance(expr, s.Call):
        yield expr
        yield from _calls(expr.func)
        for arg in expr.args:
            yield from _calls(arg)
        for keyword in expr.keywords:
            yield from _calls(keyword.value)
    elif isinstance(expr, s.Attr):
        yield from _calls(expr.value)
    elif isinstance(expr, s.Seq):
        for item in expr.items:
            yield from _calls(item)
    elif isinstance(expr, s.Dict):
        for _, item in expr.items:
            yield from _calls(item)
    elif isinstance(expr, s.Starred):
        yield from _calls(expr.value)
    elif isinstance(expr, s.Cond):
        yield from _calls(expr.body)
        yield from _calls(expr.orelse)
