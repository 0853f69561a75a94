"""Where a query asks for what only Python computes: a property, or a method, of a mapped class."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from linter.facts import syntax as s
from linter.project.expected import is_expected
from linter.project.flow.scopes import Scope
from linter.project.flow.walk import parts_in
from linter.project.names import last_name
from linter.project.sqlalchemy.criteria import extent
from linter.project.trace import cached_property, memo
from linter.project.types import ClassType
from linter.project.units import ClassSymbol
from linter.span import Span

if TYPE_CHECKING:
    from linter.project import Project
    from linter.project.sqlalchemy.mapping import Mapper
    from linter.project.sqlalchemy.names import Attribute

_COMPARISONS = frozenset({"==", "!=", "<", ">", "<=", ">="})
_COLUMN = "Column expression, FROM clause, or other columns clause element expected"
_CONDITION = "SQL expression for WHERE/HAVING role expected"
# What takes columns or conditions, and what it says of anything else.
_TAKING = {
    "select": _COLUMN,
    "query": _COLUMN,
    "with_entities": _COLUMN,
    "add_columns": _COLUMN,
    "where": _CONDITION,
    "filter": _CONDITION,
    "having": _CONDITION,
    "order_by": "ORDER BY expression expected",
    "group_by": "GROUP BY expression expected",
}
# What a property and a function can be asked for, which no column has.
_OF_COLUMNS = frozenset({
    "asc", "between", "cast", "collate", "concat", "contains", "desc", "distinct", "endswith", "icontains", "iendswith", "ilike",
    "in_", "is_", "is_not", "isnot", "istartswith", "label", "like", "match", "not_ilike", "not_in", "not_like", "notilike",
    "notin_", "notlike", "nulls_first", "nulls_last", "nullsfirst", "nullslast", "op", "regexp_match", "startswith",
})  # fmt: skip
_ERRORS = ("AttributeError", "TypeError", "ArgumentError", "InvalidRequestError", "SQLAlchemyError")
_CACHED = "functools.cached_property"


class Use(msgspec.Struct, frozen=True, dict=True):
    """`name` is what is asked of `mapper`, `kind` "property", "cached_property" or "method"; `runtime`: what comes of it."""

    mapper: Mapper
    name: str
    kind: str
    span: Span
    runtime: str
    attribute: Attribute


class Computed:
    def __init__(self, project: Project) -> None:
        self.project = project

    @memo
    def uses(self, path: str) -> tuple[Use, ...]:
        unit = self.project.unit(path)
        if unit is None or not self.project.uses_sqlalchemy or not any(unit.holds(name) for name in self._names):
            return ()
        found = {use.span: use for use in (*self._compared(path), *self._taken(path), *self._keywords(path))}
        return tuple(found.values())

    @cached_property
    def _names(self) -> frozenset[str]:
        """The names of all properties and methods of mapped classes."""
        lineages = self.project.tables.declarative.lineages
        classes = {cls for mapper in self.project.tables.mappers for cls in lineages.of(mapper.symbol).classes()}
        return frozenset(node.name for cls in classes for node in cls.methods if not node.name.startswith("__"))

    def _compared(self, path: str) -> Iterator[Use]:
        for condition in self.project.tables.criteria.conditions(path):
            expr = condition.expr
            if isinstance(expr, s.Op) and expr.op in _COMPARISONS and len(expr.operands) == 2:
                for operand in expr.operands:
                    yield from self._use(operand, condition.scope, _comparison(expr.op))

    def _taken(self, path: str) -> Iterator[Use]:
        unit = self.project.unit(path)
        assert unit is not None
        words = [name.encode() for name in self._names]
        for expr, scope in self.project.flow.unit_points(unit, lambda text: any(word in text for word in words)):
            for call, inner in parts_in(expr, scope, s.Call):
                name = last_name(call.func)
                if isinstance(call.func, s.Attr) and name in _OF_COLUMNS:
                    yield from self._use(call.func.value, inner, f"'{{kind}}' object has no attribute '{name}'")
                if name in _TAKING and self._is_of_sqlalchemy(call, inner):
                    for argument in call.args:
                        yield from self._use(argument, inner, _TAKING[name])

    def _is_of_sqlalchemy(self, call: s.Call, scope: Scope) -> bool:
        """A method, which takes mapped attributes, or the function of that name."""
        if isinstance(call.func, s.Attr):
            return True
        kind = self.project.flow.expression(scope, call.func)
        return getattr(kind, "dotted", "").partition(".")[0] in ("sqlalchemy", "sqlmodel")

    def _keywords(self, path: str) -> Iterator[Use]:
        for site in self.project.tables.attribute_sites.of(path):
            if site.way == "filter_by" and all(other.is_a(site.mapper) for other in site.others):
                found = self._computed(site.mapper, site.name)
                if found is not None and not self._is_expected(site.scope, site.at):
                    yield Use(site.mapper, site.name, found[0], site.span, "WHERE false", found[1])

    def _use(self, expr: s.Expr, scope: Scope, runtime: str) -> Iterator[Use]:
        if not isinstance(expr, s.Attr) or expr.name not in self._names:
            return
        kind = self.project.flow.expression(scope, expr.value)
        mapper = self.project.tables.mapper(kind.symbol) if isinstance(kind, ClassType) else None
        found = self._computed(mapper, expr.name) if mapper is not None else None
        if mapper is not None and found is not None and not self._is_expected(scope, expr.at):
            kind_ = "function" if found[0] == "method" else found[0]
            text = runtime.format(kind=kind_)
            if found[0] == "method" and runtime in _TAKING.values():  # it is taken for a lambda
                text = f"{mapper.name}.{expr.name}() missing 1 required positional argument: 'self'"
            yield Use(mapper, expr.name, found[0], extent(expr, scope), text, found[1])

    def _is_expected(self, scope: Scope, at: int) -> bool:
        return is_expected(scope.unit, at, scope.activation.function, _ERRORS)

    # --- what is computed ---------------------------------------------------------------------------------------------

    @memo
    def _computed(self, mapper: Mapper, name: str) -> tuple[str, Attribute] | None:
        """What a mapped class has of a name that is Python's alone; None where it may be anything else."""
        tables = self.project.tables
        found = tables.names.attribute(mapper, name)
        if found is None or found.is_mapped or found.definer is None or not isinstance(found.node, s.FunctionDef):
            return None
        if name in tables.core.possible_names or any(name in part.possible_names for part in mapper.lineage()):
            return None
        classes = tables.declarative.lineages.of(mapper.symbol).classes()
        if any("metaclass" in [keyword.name for keyword in cls.node.keywords] for cls in classes):
            return None
        kind = self._kind(found.definer, name)
        return (kind, found) if kind else None

    def _kind(self, cls: ClassSymbol, name: str) -> str:
        """What the body of a class makes of a name; "" where that is not certain."""
        kind = ""
        for binding in cls.names.get(name, ()):
            node = binding.node
            if not isinstance(node, s.FunctionDef) or binding.guard:
                return ""
            if not kind:
                kind = self._decorated(cls, node)
            elif not _is_accessor(node, name):
                return ""
        return kind

    def _decorated(self, cls: ClassSymbol, node: s.FunctionDef) -> str:
        if not node.decorators:
            return "method"
        if len(node.decorators) > 1:
            return ""
        (decorator,) = node.decorators
        if isinstance(decorator, s.Name) and decorator.id == "property" and "property" not in cls.unit.names:
            return "property"
        return "cached_property" if self.project.names.full_name(cls.unit, decorator) == _CACHED else ""


def _is_accessor(node: s.FunctionDef, name: str) -> bool:
    """`@name.setter`"""
    return len(node.decorators) == 1 and last_name(getattr(node.decorators[0], "value", s.Unknown())) == name


def _comparison(op: str) -> str:
    if op in ("==", "!="):
        return "WHERE false" if op == "==" else "WHERE true"
    return f"'{op}' not supported between instances of '{{kind}}' and"
