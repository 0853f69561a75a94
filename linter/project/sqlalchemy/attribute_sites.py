"""Where code names attributes of mapped classes: `User.name`, `filter_by(name=…)`, `User(name=…)`, `values(name=…)`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

import msgspec
from msgspec.structs import replace

from linter.facts import syntax as s
from linter.project.expected import is_expected
from linter.project.flow import mapped
from linter.project.flow.scopes import Scope
from linter.project.flow.walk import parts_in
from linter.project.names import last_name
from linter.project.sqlalchemy import vocabulary
from linter.project.sqlalchemy.values import Lib, Made, Member
from linter.project.trace import cached_property, memo
from linter.project.types import ClassType, LibraryThing, members
from linter.project.units import ClassSymbol
from linter.span import Span

if TYPE_CHECKING:
    from linter.project import Project
    from linter.project.sqlalchemy.mapping import Mapper
    from linter.project.sqlalchemy.schema import Table

Way = Literal["class", "filter_by", "constructor", "values", "update"]
_ERRORS = ("AttributeError", "InvalidRequestError", "ArgumentError", "CompileError", "TypeError", "SQLAlchemyError")
# Bases of SQLAlchemy's own whose constructor takes the names of attributes.
_PLAIN_BASES = frozenset({"DeclarativeBase", "DeclarativeBaseNoMeta", "AsyncAttrs", "Model"})


class AttributeSite(msgspec.Struct, frozen=True):
    """One name of an attribute in code. `at` is the whole `User.name`, or the keyword, or the key of a dict."""

    name: str
    way: Way
    mapper: Mapper
    scope: Scope
    at: int
    is_key: bool = False  # a text
    others: tuple[Mapper, ...] = ()  # classes that the name may be of as well

    @property
    def span(self) -> Span:
        span = self.scope.span(self.at)
        return Span(span.end - len(self.name.encode()), span.end) if self.way == "class" else span


class AttributeSites:
    def __init__(self, project: Project) -> None:
        self.project = project

    @memo
    def wrong(self, path: str) -> tuple[AttributeSite, ...]:
        """The names in a file that their class certainly lacks, where nobody waits for the error."""
        return tuple(site for site in self.of(path) if self._lacks(site) and not _is_expected(site))

    @memo
    def of(self, path: str) -> tuple[AttributeSite, ...]:
        """The names of attributes in a file."""
        return tuple(self._sites(path))

    def _lacks(self, site: AttributeSite) -> bool:
        tables = self.project.tables
        for mapper in (site.mapper, *site.others):
            if not tables.names.lacks(mapper, site.name):
                return False
            if any("metaclass" in [k.name for k in cls.node.keywords] for cls in self._classes(mapper)):
                return False
        if site.way in ("values", "update"):
            return all(
                table is not None and not table.open and site.name not in (*table.columns, *_column_names(table))
                for table in site.mapper.tables()
            )
        return site.way != "constructor" or self._takes_attributes(site.mapper)

    def _classes(self, mapper: Mapper) -> tuple[ClassSymbol, ...]:
        return self.project.tables.declarative.lineages.of(mapper.symbol).classes()

    def _takes_attributes(self, mapper: Mapper) -> bool:
        """Whether the constructor is SQLAlchemy's own, which takes any attribute of the class and nothing else."""
        if self._may_change_arguments or mapper.imperative is not None:
            return False
        for element in self.project.tables.declarative.lineages.of(mapper.symbol).order:
            if isinstance(element, ClassSymbol):
                if "__init__" in element.names or "__new__" in element.names or element.node.decorators:
                    return False
            elif isinstance(element, Made):
                if not element.arguments.whole or "constructor" in element.arguments.keywords:
                    return False
            elif isinstance(element, Lib):
                if vocabulary.kind(element.dotted) not in _PLAIN_BASES and not _is_idle(element.dotted):
                    return False
            elif not isinstance(element, Member):
                return False
        return True

    @cached_property
    def _may_change_arguments(self) -> bool:
        """Whether some listener sees what constructors are given, and may take names out."""
        units = [unit for unit in self.project.units() if b"sqlalchemy" in unit.facts.module]
        return any(unit.says("init") and unit.mentions("listen") for unit in units)

    # --- the sites of a file ------------------------------------------------------------------------------------------

    def _sites(self, path: str) -> Iterator[AttributeSite]:
        unit = self.project.unit(path)
        if unit is None or not self.project.uses_sqlalchemy or not self._speaks(path):
            return
        for expr, scope in self.project.flow.unit_points(unit):
            for attr, inner in parts_in(expr, scope, s.Attr):
                if last_name(attr.value) in self._class_names:
                    yield from self._of_class(attr, inner)
            for call, inner in parts_in(expr, scope, s.Call):
                yield from self._of_call(call, inner)

    def _speaks(self, path: str) -> bool:
        unit = self.project.unit(path)
        return unit is not None and (
            unit.mentions("filter_by")
            or any(name in self._class_names for name in unit.names)
            or unit.mentions("model")
        )

    @cached_property
    def _class_names(self) -> frozenset[str]:
        return frozenset(mapper.name for mapper in self.project.tables.mappers)

    def _mapper(self, expr: s.Expr, scope: Scope) -> Mapper | None:
        kind = self.project.flow.expression(scope, expr)
        return self.project.tables.mapper(kind.symbol) if isinstance(kind, ClassType) else None

    def _of_class(self, attr: s.Attr, scope: Scope) -> Iterator[AttributeSite]:
        mapper = self._mapper(attr.value, scope)
        if mapper is not None:
            yield AttributeSite(attr.name, "class", mapper, scope, attr.at)

    def _of_call(self, call: s.Call, scope: Scope) -> Iterator[AttributeSite]:
        name = last_name(call.func)
        if name == "filter_by" and isinstance(call.func, s.Attr):
            first, *others = self._queried(call.func.value, scope) or (None,)
            for site in self._keywords(call, "filter_by", first, scope):
                yield replace(site, others=tuple(each for each in others if each is not None))
        elif name == "update" and isinstance(call.func, s.Attr) and call.args and isinstance(call.args[0], s.Dict):
            found = self._queried(call.func.value, scope)
            yield from self._keys(call.args[0], "update", found[0] if len(found) == 1 else None, scope)
        elif name == "values" and isinstance(call.func, s.Attr):
            mapper = self._written_to(call.func.value, scope)
            yield from self._keywords(call, "values", mapper, scope)
            for row in _rows(call):
                yield from self._keys(row, "values", mapper, scope)
        elif name in self._class_names and call.keywords:
            yield from self._keywords(call, "constructor", self._mapper(call.func, scope), scope)

    def _queried(self, expr: s.Expr, scope: Scope) -> tuple[Mapper, ...]:
        """The classes that a query or statement may speak of; none where they are not known."""
        found: dict[Mapper, None] = {}
        for kind in members(self.project.flow.expression(scope, expr)):
            if not isinstance(kind, LibraryThing) or kind.dotted not in mapped.KINDS:
                written = self._written_to(expr, scope)
                return (written,) if written is not None else ()
            if not kind.entities:
                return ()
            for each in kind.entities:
                found.update(dict.fromkeys(self._classes_of(each)))
        return tuple(found)

    def _classes_of(self, kind: ClassType) -> Iterator[Mapper]:
        mapper = self.project.tables.mapper(kind.symbol)
        if mapper is not None:
            yield mapper
            yield from self.project.tables.subclasses(mapper) if kind.or_subclass else ()

    def _written_to(self, expr: s.Expr, scope: Scope) -> Mapper | None:
        """The class of `insert(User)`, `update(User).where(…)`, `delete(User)`."""
        while isinstance(expr, s.Call):
            if last_name(expr.func) in ("insert", "update", "delete"):
                is_sql = self._is_sql(expr.func, scope)
                return self._mapper(expr.args[0], scope) if is_sql and len(expr.args) == 1 else None
            expr = expr.func.value if isinstance(expr.func, s.Attr) else s.Unknown()
        return None

    def _is_sql(self, func: s.Expr, scope: Scope) -> bool:
        """Whether a function is SQLAlchemy's: `update`, `sa.update`, `db.update`."""
        parts = (func, func.value) if isinstance(func, s.Attr) else (func,)
        kinds = [self.project.flow.expression(scope, part) for part in parts]
        return any(isinstance(k, LibraryThing) and k.dotted.partition(".")[0] in vocabulary.ROOTS for k in kinds)

    def _keywords(self, call: s.Call, way: Way, mapper: Mapper | None, scope: Scope) -> Iterator[AttributeSite]:
        for keyword in call.keywords if mapper is not None else ():
            if keyword.name and mapper is not None:
                yield AttributeSite(keyword.name, way, mapper, scope, keyword.at)

    def _keys(self, row: s.Dict, way: Way, mapper: Mapper | None, scope: Scope) -> Iterator[AttributeSite]:
        for key, _ in row.items:
            if isinstance(key, s.Str) and mapper is not None:
                yield AttributeSite(key.value, way, mapper, scope, key.at, True)


def _rows(call: s.Call) -> Iterator[s.Dict]:
    for argument in call.args:
        items = argument.items if isinstance(argument, s.Seq) else (argument,)
        yield from (item for item in items if isinstance(item, s.Dict))


def _column_names(table: Table) -> set[str]:
    return {column.name for column in table.columns.values() if column.name}


def _is_idle(dotted: str) -> bool:
    """Whether a base of the standard library brings no constructor."""
    return dotted.rpartition(".")[2] in ("ABC", "Generic", "Protocol")


def _is_expected(site: AttributeSite) -> bool:
    activation = site.scope.activation
    return is_expected(activation.unit, site.at, activation.function, _ERRORS)
