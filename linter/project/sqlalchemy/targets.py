"""What the classes, tables and columns are that relationships name, once every class is known."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import msgspec

from linter.facts import syntax as s
from linter.project.names import last_name
from linter.project.sqlalchemy.evaluate import Evaluator
from linter.project.sqlalchemy.mapping import Mapper, Relationship
from linter.project.sqlalchemy.schema import Column, MetaData, Table
from linter.project.sqlalchemy.values import (
    Arguments,
    Const,
    Function,
    Items,
    Lambda,
    Made,
    Member,
    Scope,
    UnknownValue,
    Value,
    text_of,
)
from linter.project.sqlalchemy.written import dotted, parsed
from linter.project.units import ClassSymbol

_DOTTED = re.compile(r"\w+(\.\w+)*")


# Methods of a column that make a test of it.
_TESTS = frozenset(
    {
        "is_",
        "is_not",
        "isnot",
        "in_",
        "not_in",
        "notin_",
        "like",
        "ilike",
        "startswith",
        "endswith",
        "any",
        "not_",
        "exists",
        "between",
    }
)


class Side(msgspec.Struct, frozen=True):
    """A column in a join condition, and whether it is marked as `foreign(…)` or `remote(…)`."""

    column: Column
    foreign: bool
    remote: bool


class Equality(NamedTuple):
    left: Side
    right: Side


class Resolver:
    """`mapper(class)` and `table(value)` look up; `mappers` are all of them. `why_open(MetaData, path, name)` says why a
    class of that name that was not seen may be mapped there, `may_hold(MetaData, path, schema, name)` whether a table may be."""

    def __init__(
        self,
        values: Evaluator,
        mapper: Callable[[ClassSymbol], Mapper | None],
        table: Callable[[Value, MetaData | None], Table | None],
        mappers: Iterable[Mapper],
        why_open: Callable[[MetaData, str, str], str],
        may_hold: Callable[[MetaData, str, str | None, str], bool],
        may_share: Callable[[MetaData, MetaData], bool],
    ) -> None:
        self.values = values
        self.mapper = mapper
        self.table = table
        self.why_open = why_open
        self.may_hold = may_hold
        self.may_share = may_share
        self.by_name: dict[str, list[Mapper]] = {}
        for found in mappers:
            self.by_name.setdefault(found.name, []).append(found)

    def resolve(self, relationship: Relationship) -> None:
        if relationship.says("argument"):
            self._aim(relationship, relationship.given["argument"].value)
        elif relationship.annotation is not None:
            annotated = relationship.annotation
            relationship.target_name = annotated.target_name
            if isinstance(annotated.target, ClassSymbol):
                self._aim_at_class(relationship, annotated.target)
            elif annotated.target_name:
                self._aim_at_name(relationship, annotated.target_name)
            elif relationship.whole and not annotated.wrapper and annotated.target is None:
                relationship.verdict = "none"
        if relationship.has_secondary and "secondary" in relationship.given:
            self._secondary(relationship)

    def choose(self, relationship: Relationship) -> None:
        """The columns that `foreign_keys=` and `remote_side=` name; of a reverse one those that it has itself."""
        owner = relationship.owner if relationship.origin is None else relationship.origin.owner
        if relationship.says("foreign_keys"):
            relationship.foreign = self._columns(relationship.given["foreign_keys"].value, owner)
        if relationship.says("remote_side"):
            relationship.remote = self._columns(relationship.given["remote_side"].value, owner)

    # --- the other side ---

    def _aim(self, relationship: Relationship, target: Value) -> None:
        if text_of(target) is None:
            target = self._called(target)
        text = text_of(target)
        if text is not None:
            relationship.target_name = text
            self._aim_at_name(relationship, text)
        elif isinstance(target, ClassSymbol):
            relationship.target_name = target.name
            self._aim_at_class(relationship, target)
        elif isinstance(target, (Made, Member)) and self.table(target, None) is not None:
            relationship.verdict = "table"

    def _aim_at_class(self, relationship: Relationship, symbol: ClassSymbol) -> None:
        relationship.target = self.mapper(symbol)
        if relationship.target is not None:
            relationship.verdict = "found"

    def _aim_at_name(self, relationship: Relationship, text: str) -> None:
        owner = relationship.owner
        found = self.candidates(text, owner)
        near = [m for m in found if m.symbol.unit is owner.symbol.unit] if len(found) > 1 else found
        if len(near) == 1:
            relationship.target = near[0]
            relationship.verdict = "found"
        elif found:
            relationship.verdict = "ambiguous"
        elif _DOTTED.fullmatch(text.strip()):
            schema, _, name = text.strip().rpartition(".")
            if self.why_open(owner.metadata, owner.symbol.unit.path, name):
                return
            if any(self.may_share(owner.metadata, other.metadata) for other in self.by_name.get(name, ())):
                return  # perhaps it is one base, of which this was not seen
            is_table = owner.metadata.find(schema or None, name) is not None
            relationship.verdict = "table" if is_table else "missing"

    def candidates(self, text: str, owner: Mapper) -> list[Mapper]:
        """The classes that a name may mean in the registry of another: by their own name, or the end of the dotted one."""
        name = text.strip().rpartition(".")[2]
        named = self.by_name.get(name, ())
        found = [m for m in named if m.metadata is owner.metadata]
        if not found and owner.metadata.open:
            found = [m for m in named if m.metadata.open]  # one MetaData perhaps, of which little is known
        if "." in text:
            found = [m for m in found if f".{m.symbol.dotted}".endswith(f".{text.strip()}")]
        return found

    def named(self, text: str, owner: Mapper) -> Mapper | None:
        """The one class of a name."""
        found = self.candidates(text, owner)
        if len(found) > 1:
            found = [m for m in found if m.symbol.unit is owner.symbol.unit]
        return found[0] if len(found) == 1 else None

    def _called(self, value: Value) -> Value:
        """`relationship(lambda: User)`."""
        if isinstance(value, (Lambda, Function)):
            unit = value.scope.unit if isinstance(value, Lambda) else value.symbol.unit
            return self.values.call(value, Arguments(), Scope(unit), s.Call(s.Unknown()))
        return value

    # --- the table between ---

    def _secondary(self, relationship: Relationship) -> None:
        value, owner = relationship.given["secondary"].value, relationship.owner
        if text_of(value) is None:
            value = self._called(value)
        text = text_of(value)
        if text is None:
            relationship.secondary = None if isinstance(value, UnknownValue) else self.table(value, owner.metadata)
            if isinstance(value, ClassSymbol) and self.mapper(value) is not None:
                relationship.secondary_verdict = "class"
            elif relationship.secondary is not None:
                relationship.secondary_verdict = "found"
            return
        schema, _, name = text.rpartition(".")
        relationship.secondary = owner.metadata.find(schema or None, name)
        if relationship.secondary is not None:
            relationship.secondary_verdict = "found"
        elif _DOTTED.fullmatch(text) and self.candidates(text, owner):
            relationship.secondary_verdict = "class"
        elif _DOTTED.fullmatch(text) and not self.may_hold(
            owner.metadata, owner.symbol.unit.path, schema or None, name
        ):
            relationship.secondary_verdict = "missing"

    # --- columns ---

    def _columns(self, value: Value, owner: Mapper) -> list[Column] | None:
        """What `foreign_keys=` names: `[user_id]`, `"Post.user_id"`, `User.id`, `lambda: …`; None if not understood."""
        found: list[Column] = []
        for column in self._each_column(value, owner):
            if column is None:
                return None
            found.append(column)
        return found

    def _each_column(self, value: Value, owner: Mapper) -> Iterator[Column | None]:
        value = self._called(value)
        if isinstance(value, Items):
            if not value.whole:
                yield None
            for item in value.items:
                yield from self._each_column(item, owner)
        elif isinstance(value, Made):
            own = (c for mapper in owner.lineage() for c in mapper.columns.values())
            yield next((column for column in own if column.site.key == value.site.key), None)
        elif isinstance(value, Member):
            yield self._member(value)
        elif (text := text_of(value)) is not None:
            expr = parsed(text)
            items = expr.items if isinstance(expr, s.Seq) else (expr,)
            yield from (self.column_named(dotted(item), owner) for item in items)
        else:
            yield None

    # --- conditions ---

    def conditions(self, relationship: Relationship, name: str) -> list[Equality] | None:
        """The equalities of `primaryjoin` or `secondaryjoin`; None where the condition was not understood.

        Other terms of the condition are left out: what is no equality of two columns keeps nothing in step."""
        given = relationship.given[name]
        owner = relationship.owner if relationship.origin is None else relationship.origin.owner
        value = given.value
        if (text := text_of(value)) is not None:
            return self._equalities(parsed(text), None, owner)
        if isinstance(value, Lambda):
            inner = Scope(value.scope.unit, value.scope.function, {}, None, value.scope, run=value.scope.run)
            return self._equalities(value.node.body, inner, owner)
        if isinstance(value, Function):
            body = value.symbol.unit.body(value.symbol.node).statements
            last = body[-1] if body else None
            if not isinstance(last, s.Return) or last.value is None:
                return None
            inside = Scope(value.symbol.unit, value.symbol.node)
            for node in body[:-1]:
                self.values.bind(node, inside)
            return self._equalities(last.value, inside, owner)
        return self._equalities(given.expr, given.scope, owner)

    def _equalities(self, expr: s.Expr, scope: Scope | None, owner: Mapper) -> list[Equality] | None:
        """`scope` is None for what stands in a string, whose names are those of the registry."""
        if isinstance(expr, s.Call) and last_name(expr.func) in ("and_", "or_"):
            return self._each_term(expr.args, scope, owner)
        if isinstance(expr, s.Op) and expr.op in ("&", "|"):
            return self._each_term(expr.operands, scope, owner)
        if isinstance(expr, s.Op) and expr.op == "==" and len(expr.operands) == 2:
            left, right = (self._side(operand, scope, owner) for operand in expr.operands)
            if left is None or right is None:
                return None if self._may_be_column(expr, scope) else []
            return [Equality(left, right)]
        if isinstance(expr, s.Op) and expr.op in ("!=", "is", "is not", ">", "<", ">=", "<=", "~", "not"):
            return []
        if isinstance(expr, s.Call) and last_name(expr.func) in _TESTS:
            return []
        return [] if isinstance(expr, (s.Name, s.Attr)) else None  # a column that is true or false

    def _each_term(self, terms: tuple[s.Expr, ...], scope: Scope | None, owner: Mapper) -> list[Equality] | None:
        found: list[Equality] = []
        for term in terms:
            inner = self._equalities(term, scope, owner)
            if inner is None:
                return None
            found.extend(inner)
        return found

    def _side(self, expr: s.Expr, scope: Scope | None, owner: Mapper) -> Side | None:
        """One side of an equality: a column, perhaps in `foreign(…)` or `remote(…)`."""
        marks: set[str] = set()
        while isinstance(expr, s.Call) and last_name(expr.func) in ("foreign", "remote") and len(expr.args) == 1:
            marks.add(last_name(expr.func))
            expr = expr.args[0]
        if scope is None:
            column = self.column_named(dotted(expr), owner)
        else:
            columns = (
                []
                if isinstance(expr, (s.Lit, s.Str))
                else list(self._each_column(self.values.value(expr, scope), owner))
            )
            column = columns[0] if len(columns) == 1 else None
        return Side(column, "foreign" in marks, "remote" in marks) if column is not None else None

    def _may_be_column(self, expr: s.Op, scope: Scope | None) -> bool:
        """Whether both sides of an equality may be columns after all: neither is a constant."""
        for operand in expr.operands:
            if isinstance(operand, (s.Lit, s.Str)):
                return False
            if scope is not None and self._is_constant(self.values.value(operand, scope)):
                return False
        return True

    def _is_constant(self, value: Value) -> bool:
        """A constant, or the member of an enumeration."""
        if isinstance(value, Member):
            return isinstance(value.base, ClassSymbol) and self.mapper(value.base) is None
        return isinstance(value, Const)

    def _member(self, value: Member) -> Column | None:
        base = value.base
        if isinstance(base, ClassSymbol):
            mapper = self.mapper(base)
            return mapper.columns.get(value.name) if mapper is not None else None
        if isinstance(base, Member) and base.name in ("c", "columns"):
            table = self.table(base.base, None)
            return table.columns.get(value.name) if table is not None else None
        return None

    def column_named(self, parts: list[str] | None, owner: Mapper) -> Column | None:
        """`Post.user_id`, `posts.c.user_id` in a string."""
        if parts is None or len(parts) < 2:
            return None
        mapper = self.named(".".join(parts[:-1]), owner)
        if mapper is not None:
            return mapper.columns.get(parts[-1])
        if len(parts) >= 3 and parts[-2] in ("c", "columns"):
            *schema, name = parts[:-2]
            table = owner.metadata.find(".".join(schema) or None, name)
            return table.columns.get(parts[-1]) if table is not None else None
        return None
