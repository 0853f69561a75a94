"""The attributes of a mapped class: which of them it gets from which class body, and what each is to its mapper."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from linter.facts import syntax as s
from linter.project.names import callee, choose, last_name
from linter.project.sqlalchemy import sqlmodel, vocabulary
from linter.project.sqlalchemy.annotations import Annotation, Annotations
from linter.project.sqlalchemy.columns import Columns
from linter.project.sqlalchemy.evaluate import Evaluator
from linter.project.sqlalchemy.families import Family, family_of
from linter.project.sqlalchemy.lineage import Lineage, Lineages
from linter.project.sqlalchemy.mapping import Declared, Mapper, Property, Relationship
from linter.project.sqlalchemy.metadata import Root
from linter.project.sqlalchemy.relationships import Reader
from linter.project.sqlalchemy.schema import Column
from linter.project.sqlalchemy.values import (
    Arguments,
    Const,
    Function,
    Lambda,
    Lib,
    Made,
    Mapping,
    Member,
    UnknownValue,
    Value,
)
from linter.project.units import Binding, ClassSymbol, FunctionSymbol


class Attributes:
    """`mapper_of(class)` tells mapped classes, which hand their attributes down, from mixins, whose are copied."""

    def __init__(
        self,
        values: Evaluator,
        lineages: Lineages,
        columns: Columns,
        mapper_of: Callable[[ClassSymbol], Mapper | None],
    ) -> None:
        self.values = values
        self.lineages = lineages
        self.columns = columns
        self.mapper_of = mapper_of
        self.annotations = Annotations(values)
        self.relationships = Reader(values)
        self.drafts: list[Relationship] = []
        self.why_backrefs_open = ""  # why any class may have an attribute that some backref gives it

    def attach(self, mapper: Mapper, name: str, made: Made) -> None:
        """`User.posts = relationship(…)` after the class statement."""
        found: dict[str, Column] = {}
        node = s.Assign((s.Name(name),), None)
        self._made(Declared(name, mapper.symbol, node), made, Annotation(), mapper, found)
        for attribute, column in found.items():
            mapper.columns[attribute] = column
            if mapper.table is not None:
                mapper.table.columns.setdefault(column.key, column)

    def collect(self, symbol: ClassSymbol, mapper: Mapper, lineage: Lineage, root: Root) -> dict[str, Column]:
        """The columns that a class brings to its table, by attribute; relationships and the rest go to the mapper."""
        found: dict[str, Column] = {}
        for declared in self._declared(symbol, lineage, root):
            mapper.declared[declared.name] = declared
            self._attribute(declared, mapper, root, found)
        return found

    def _declared(self, symbol: ClassSymbol, lineage: Lineage, root: Root) -> Iterator[Declared]:
        seen: set[str] = set()
        for cls in lineage.classes():
            inherited = self.mapper_of(cls) if cls is not symbol else None
            if inherited is not None:
                seen |= inherited.attributes()
            for name, bindings in cls.names.items():
                if name.startswith("__"):
                    continue
                bindings = [b for b in bindings if b.guard != "typing"]  # only type checkers see those
                node = choose(bindings)
                decorators = _decorators(bindings)
                repeated = "cascading" in decorators and name not in symbol.names  # run for every subclass anew
                if node is None:
                    continue
                known = name in seen or inherited is not None
                seen.add(name)
                if known and not repeated:
                    continue
                is_declared = not decorators.isdisjoint(vocabulary.DECLARED | {"classproperty"})
                is_hybrid = any("hybrid" in decorator for decorator in decorators)
                yield Declared(name, cls, node.node, is_declared, is_hybrid)

    def _attribute(self, declared: Declared, mapper: Mapper, root: Root, found: dict[str, Column]) -> None:
        node, definer = declared.node, declared.definer
        scope = self.values.inside(definer)
        if declared.is_declared_attr and isinstance(node, s.FunctionDef):
            function = Function(FunctionSymbol(definer.unit, node, definer), scope, mapper.symbol)
            value: Value | None = self.values.run(function, Arguments())
            annotation = Annotation()
            if node.returns is not None and definer is not mapper.symbol:  # in the class itself it says nothing
                annotation = self.annotations.read(node.returns, scope)
            self._property(declared, value, annotation, mapper, found)
        elif isinstance(node, s.Assign):
            value = self.values.bound(node, declared.name, scope) if node.value is not None else None
            annotation = self.annotations.read(node.annotation, scope) if node.annotation is not None else Annotation()
            if annotation.class_variable:
                return
            value = _in_field(value, self.values)
            if root.style == "sqlmodel" and node.annotation is not None and self._is_field(declared, value):
                column = sqlmodel.column_of(declared.name, annotation, value, scope.site(node.at), self.columns)
                found[declared.name] = column
            elif not isinstance(value, Made) or value.kind != "Relationship" or definer is mapper.symbol:
                self._property(declared, value, annotation, mapper, found)
        elif declared.is_hybrid:
            kind = (
                "hybrid_method"
                if "hybrid_method" in _decorators(declared.definer.names[declared.name])
                else "hybrid_property"
            )
            mapper.properties[declared.name] = Property(declared.name, kind, declared.site)

    def _is_field(self, declared: Declared, value: Value | None) -> bool:
        """Whether an annotated name is a field of a SQLModel class."""
        if declared.name.startswith("_") or declared.name == "model_config":
            return False
        return not (
            isinstance(value, Made)
            and value.kind in vocabulary.RELATIONSHIPS | vocabulary.COLUMNS | vocabulary.ATTRIBUTES
        )

    def _property(
        self, declared: Declared, value: Value | None, annotation: Annotation, mapper: Mapper, found: dict[str, Column]
    ) -> None:
        name = declared.name
        if isinstance(value, Made):
            self._made(declared, value, annotation, mapper, found)
        elif value is None:
            if annotation.wrapper == "Mapped":
                self._bare(declared, annotation, mapper, found)
        elif isinstance(value, UnknownValue):
            if _may_be_property(declared.node) or declared.is_declared_attr:
                mapper.open = mapper.open or f"its attribute `{name}` was not understood"
            if isinstance(declared.node, s.FunctionDef) and _mentions_backref(declared):
                self.why_backrefs_open = f"`{mapper.name}.{name}` may have a backref"
        elif isinstance(value, Member) and not isinstance(value.base, Const):
            if isinstance(value.base, ClassSymbol) and self._is_column_of(value.base, value.name):
                mapper.open = mapper.open or f"its attribute `{name}` was not understood"

    def _is_column_of(self, symbol: ClassSymbol, name: str) -> bool:
        value = self.values.member(symbol, name)
        return isinstance(value, Made) and value.kind in vocabulary.COLUMNS

    def _bare(self, declared: Declared, annotation: Annotation, mapper: Mapper, found: dict[str, Column]) -> None:
        """`name: Mapped[str]` with nothing behind it."""
        node = declared.node
        assert isinstance(node, s.Assign)
        column = Column(declared.name, declared.name, self.values.inside(declared.definer).site(node.at))
        column.nullable = annotation.optional
        self._annotated(column, annotation, declared.name, mapper.symbol)
        found[declared.name] = column

    def _annotated(self, column: Column, annotation: Annotation, attribute: str, symbol: ClassSymbol) -> None:
        """What a column takes from its annotation, and from a `mapped_column()` in an `Annotated`."""
        column.annotation = annotation
        if not column.says_nullable:
            column.nullable = annotation.optional
        if column.type is None and not column.foreign_keys:
            column.type, column.family = self._type_of(annotation.target, symbol)
        for extra in annotation.extras:
            if isinstance(extra, UnknownValue):  # a choice of two columns, perhaps
                column.vague = True
            if not isinstance(extra, Made) or extra.kind not in vocabulary.COLUMNS:
                continue
            base = self.columns.read(extra, attribute)
            if base is None:
                column.vague = True
                continue
            column.primary_key = column.primary_key or base.primary_key
            column.index = column.index or base.index
            column.unique = column.unique or base.unique
            if column.type is None:
                column.type, column.family = base.type, base.family
            column.given = {**base.given, **column.given}
            column.foreign_keys.extend(base.foreign_keys)
            column.vague = column.vague or base.vague
            if base.says_nullable and not column.says_nullable:
                column.nullable = base.nullable

    def _type_of(self, target: Value | None, symbol: ClassSymbol) -> tuple[str | None, Family | None]:
        """The type that a Python type stands for, in `type_annotation_map` or by default."""
        for cls in self.lineages.of(symbol).classes():
            binding = choose(cls.names.get("type_annotation_map", []))
            if binding is not None and isinstance(binding.node, s.Assign):
                display, scope = binding.node.value, self.values.inside(cls)
                if not isinstance(display, s.Dict):
                    return None, None
                for key, value in display.items:
                    if key is None:
                        return None, None
                    if self.values.value(key, scope) == target:
                        found = self.values.value(value, scope)
                        return self.columns.type_name(found), self.columns.family(found)
        name: str | None = None
        if isinstance(target, Lib):
            name = vocabulary.PYTHON_TYPES.get(target.dotted.removeprefix("builtins."))
        elif isinstance(target, ClassSymbol):
            behind = [e.dotted for e in self.lineages.of(target).order if isinstance(e, Lib)]
            name = "Enum" if any(name.startswith("enum.") for name in behind) else None
        return name, family_of(name) if name is not None else None

    def _or_existing(self, made: Made) -> Made:
        """`Parent.__table__.c.get("status", Column(String))`: the column that a sibling may have made already."""
        func, positional = made.func, made.arguments.positional
        if isinstance(func, Member) and func.name == "get" and len(positional) == 2:
            if isinstance(func.base, Member) and func.base.name in ("c", "columns"):
                given = self.values.arg(positional[1])
                return given if isinstance(given, Made) else made
        return made

    def _unwrapped(self, made: Made) -> Made:
        """`with_roles(Column(…), read={"all"})` of a library that was not read: in the body of a mapped class a function
        that is given a column can only mark it and hand it on."""
        if made.kind or not isinstance(made.func, Lib) or not self._is_foreign(made.func):
            return made
        given = self.values.arg(made.arguments.positional[0]) if made.arguments.positional else None
        if not isinstance(given, Made) or len(made.arguments.positional) > 1:
            return made
        inner = self._unwrapped(given)
        return inner if inner.kind in vocabulary.COLUMNS | vocabulary.RELATIONSHIPS | vocabulary.ATTRIBUTES else made

    def _made(
        self, declared: Declared, made: Made, annotation: Annotation, mapper: Mapper, found: dict[str, Column]
    ) -> None:
        name = declared.name
        made = self._unwrapped(self._or_existing(made))
        if made.kind in vocabulary.COLUMN_WRAPPERS:
            inner = self.values.arg(made.arguments.positional[0]) if made.arguments.positional else None
            if isinstance(inner, Made) and inner.kind in vocabulary.COLUMNS:
                made = inner
        if made.kind in vocabulary.COLUMNS:
            column = self.columns.read(made, name)
            if column is None:
                mapper.open = mapper.open or f"the column of `{name}` was not understood"
                return
            if annotation.wrapper and made.kind != "Column":
                self._annotated(column, annotation, name, mapper.symbol)
            found[name] = column
        elif made.kind in vocabulary.RELATIONSHIPS:
            found_one = self.relationships.read(name, mapper, made, annotation, declared)
            mapper.relationships[name] = found_one
            self.drafts.append(found_one)
        elif made.kind in vocabulary.ATTRIBUTES:
            mapper.properties[name] = Property(name, made.kind, made.site, made)
            if made.kind in ("composite", "Composite", "CompositeProperty"):
                self._composite(declared, made, mapper, found)
        elif not made.kind and self._is_foreign(made.func):
            mapper.open = mapper.open or f"its attribute `{name}` was not understood"

    def _composite(self, declared: Declared, made: Made, mapper: Mapper, found: dict[str, Column]) -> None:
        """`composite(Point, mapped_column("x"), mapped_column("y"))` brings columns of its own."""
        for arg in made.arguments.positional:
            value = self.values.arg(arg)
            if isinstance(value, Made) and value.kind in vocabulary.COLUMNS:
                column = self.columns.read(value)
                if column is None:
                    mapper.open = mapper.open or f"a column of `{declared.name}` was not understood"
                else:
                    found[column.key] = column

    def _is_foreign(self, func: Value) -> bool:
        """Whether a call may give a column or a relationship although nothing here says so."""
        while isinstance(func, Member):
            inner = func.base
            if isinstance(inner, Made):
                if inner.kind:
                    return False  # a method of something of SQLAlchemy's
                inner = inner.func
            func = inner
        if isinstance(func, Lib):
            return not vocabulary.is_harmless_call(func.dotted)
        return isinstance(func, ClassSymbol) and bool(self.lineages.of(func).strangers())


def _in_field(value: Value | None, values: Evaluator) -> Value | None:
    """Dataclass mappings hide the column: `field(metadata={"sa": Column(…)})`."""
    if isinstance(value, Made) and value.func == Lib("dataclasses.field"):
        metadata = values.arg(value.arguments.keywords.get("metadata"))
        if isinstance(metadata, Mapping):
            for inner in metadata.entries.values():
                if isinstance(inner, Lambda):
                    inner = values.value(inner.node.body, inner.scope)
                if isinstance(inner, Made) and inner.kind:
                    return inner
    return value


def _may_be_property(node: s.Stmt) -> bool:
    """Whether what is assigned is the result of a call, a name, or another attribute: an unknown column perhaps."""
    value = getattr(node, "value", None)
    return isinstance(value, (s.Call, s.Name, s.Attr, s.Cond, s.Unknown, s.Sub))


def _decorators(bindings: list[Binding]) -> set[str]:
    return {last_name(callee(d)) for b in bindings if isinstance(b.node, s.FunctionDef) for d in b.node.decorators}


def _mentions_backref(declared: Declared) -> bool:
    assert isinstance(declared.node, s.FunctionDef)
    return b"backref" in msgspec.msgpack.encode(declared.definer.unit.body(declared.node).statements)
