"""What SQLAlchemy does when a class statement of a mapped class has run: collect columns, make or find the table, map it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from linter.facts import syntax as s
from linter.project.names import choose
from linter.project.sqlalchemy import sqlmodel, vocabulary
from linter.project.sqlalchemy.annotations import Annotation, Annotations
from linter.project.sqlalchemy.columns import Columns
from linter.project.sqlalchemy.core import Tables
from linter.project.sqlalchemy.evaluate import Evaluator
from linter.project.sqlalchemy.lineage import Lineage, Lineages
from linter.project.sqlalchemy.metadata import MetaDatas, Root
from linter.project.sqlalchemy.naming import Naming
from linter.project.sqlalchemy.relationships import Draft, Reader
from linter.project.sqlalchemy.schema import SOME_SCHEMA, Column, Mapper, MetaData, Table
from linter.project.sqlalchemy.values import (
    NONE,
    UNKNOWN,
    Arguments,
    Const,
    Function,
    Lambda,
    Lib,
    Made,
    Mapping,
    Member,
    Site,
    UnknownValue,
    Value,
    text_of,
)
from linter.project.units import Binding, ClassSymbol, FunctionSymbol

# What the body of a decorator or an `__init_subclass__` speaks of when it gives a class columns.
_CHANGES = (b"setattr", b"Column", b"mapped_column", b"relationship", b"add_property")


class Declared(NamedTuple):
    """An attribute that a class gets: from its own body, or copied from that of a mixin."""

    name: str
    definer: ClassSymbol
    node: s.Stmt
    is_declared_attr: bool
    is_hybrid: bool


class Declarative:
    def __init__(
        self, values: Evaluator, lineages: Lineages, metadatas: MetaDatas, columns: Columns, tables: Tables
    ) -> None:
        self.values = values
        self.lineages = lineages
        self.metadatas = metadatas
        self.columns = columns
        self.tables = tables
        self.annotations = Annotations(values)
        self.relationships = Reader(values)
        self.naming = Naming(values, lambda symbol: self.mapper(symbol) is not None)
        self.drafts: list[Draft] = []
        self._mappers: dict[ClassSymbol, Mapper | None] = {}
        self._unions: dict[ClassSymbol, Mapper | None] = {}
        self._names: dict[ClassSymbol, Value] = {}

    # --- classes ---

    def mapper(self, symbol: ClassSymbol) -> Mapper | None:
        """The mapper of a class; None for a class that is not mapped."""
        if symbol not in self._mappers:
            self._mappers[symbol] = None  # what a class that is being read sees of itself
            root = self.metadatas.root(symbol)
            if root is not None and self._is_mapped(symbol, root):
                self._mappers[symbol] = self._mapped(symbol, root)
        return self._mappers[symbol]

    def union(self, symbol: ClassSymbol) -> Mapper | None:
        """The mapper of an AbstractConcreteBase: of all its subclasses' tables together, so no table of its own."""
        if symbol not in self._unions:
            root = self.metadatas.root(symbol) if self._is_union(symbol) else None
            made = Mapper(symbol, root.metadata, open="its table is a union of others") if root is not None else None
            self._unions[symbol] = made
        return self._unions[symbol]

    def mappers(self) -> list[Mapper]:
        every = (*self._mappers.values(), *self._unions.values())
        return [mapper for mapper in every if mapper is not None]

    def of_class(self, symbol: ClassSymbol, name: str) -> Value | None:
        """The attributes that a class gets from SQLAlchemy, for the evaluator."""
        if name == "__tablename__":
            root = self.metadatas.root(symbol)
            return self._table_name(symbol, root) if root is not None else None
        if name == "has_inherited_table()":
            return Const(any(self.mapper(cls) is not None for cls in self.lineages.of(symbol).classes()[1:]))
        return None

    def _is_mapped(self, symbol: ClassSymbol, root: Root) -> bool:
        if self._is_abstract(symbol):
            return False
        if root.style == "sqlmodel":
            return self._is_table_model(symbol)
        for decorator in symbol.node.decorators:
            made = self.values.value(decorator, self.values.around(symbol))
            if isinstance(made, Made) and made.kind in vocabulary.BASE_DECORATORS:
                return False
        for base in self.lineages.bases(symbol):
            if isinstance(base, Lib) and vocabulary.kind(base.dotted) in vocabulary.BASES:
                return False
        return root.metadata.key != ("base", symbol)

    def _is_abstract(self, symbol: ClassSymbol) -> bool:
        binding = choose(symbol.names.get("__abstract__", []))
        if binding is not None and isinstance(binding.node, s.Assign):
            return binding.node.value != s.Lit(False)
        return self._is_union(symbol)

    def _is_union(self, symbol: ClassSymbol) -> bool:
        """Mapped only once all its subclasses are; until then it is a mixin to them."""
        return any(
            isinstance(base, Lib) and vocabulary.kind(base.dotted) == "AbstractConcreteBase"
            for base in self.lineages.bases(symbol)
        )

    def _is_table_model(self, symbol: ClassSymbol) -> bool:
        """SQLModel maps a class with `table=True`, unless a base of it is mapped already."""
        table = next((k.value for k in symbol.node.keywords if k.name == "table"), None)
        if table is None or self.values.value(table, self.values.around(symbol)) != Const(True):
            return False
        return not any(self.mapper(cls) is not None for cls in self.lineages.of(symbol).classes()[1:])

    def _table_name(self, symbol: ClassSymbol, root: Root) -> Value:
        known = self._names.get(symbol)
        if known is None:
            self._names[symbol] = UNKNOWN  # what a name that depends on itself sees
            known = self._names[symbol] = self.naming.table_name(symbol, self.lineages.of(symbol), root.style)
        return known

    # --- mapping one class ---

    def _mapped(self, symbol: ClassSymbol, root: Root) -> Mapper | None:
        lineage = self.lineages.of(symbol)
        parent = next((m for c in lineage.classes()[1:] if (m := self.mapper(c)) is not None), None)
        mapper = Mapper(symbol, root.metadata, None, parent)
        mapper.open = self._why_open(symbol, lineage)
        self._mapper_arguments(mapper, lineage)
        found = self._collected(symbol, mapper, lineage, root)
        if not self._find_table(mapper, lineage, root, found):
            return None
        table = mapper.table
        if table is not None:
            for attribute, column in found.items():
                mapper.columns[attribute] = table.columns.setdefault(column.key, column)
            if mapper.open:
                table.open = table.open or mapper.open
        self._inherit(mapper)
        return mapper

    def _inherit(self, mapper: Mapper) -> None:
        parent = mapper.parent
        if parent is None or mapper.concrete:
            return
        mapper.open = mapper.open or parent.open
        for attribute, column in parent.columns.items():
            mapper.columns.setdefault(attribute, column)
        mapper.others |= parent.others

    def _find_table(self, mapper: Mapper, lineage: Lineage, root: Root, found: dict[str, Column]) -> bool:
        """Give a mapper its table, with the columns; False where the class turns out not to be mapped."""
        symbol, metadata = mapper.symbol, mapper.metadata
        explicit = self._special(symbol, lineage, "__table__")
        if explicit is not None and explicit != NONE:
            mapper.table = self.tables.of(explicit, metadata)
            if mapper.table is None:
                mapper.open = mapper.open or "its table was not understood"
                metadata.open = metadata.open or f"the table of `{symbol.name}` was not understood"
            else:
                mapper.columns.update(mapper.table.columns)
            return True
        name = self._table_name(symbol, root)
        own_key = any(column.primary_key is not False for column in found.values()) or self._has_key_constraint(
            symbol, lineage
        )
        if root.style == "flask" and mapper.parent is not None and not own_key:
            name = NONE  # Flask-SQLAlchemy makes no table for a subclass without a primary key of its own
        text = text_of(name)
        if text is not None:
            mapper.table = self._new_table(mapper, text, lineage, found)
            return True
        if name == NONE and mapper.parent is not None:
            mapper.table = mapper.parent.table
            return True
        if name == NONE and symbol.function is not None:
            return False
        why = f"the table name of `{symbol.name}` is not known"
        metadata.open = metadata.open or why
        mapper.open = mapper.open or why
        return not isinstance(name, Const) or name == NONE

    def _new_table(self, mapper: Mapper, name: str, lineage: Lineage, found: dict[str, Column]) -> Table:
        symbol, metadata = mapper.symbol, mapper.metadata
        site = Site(symbol.unit, symbol.node.at, symbol.function)
        arguments = self._special(symbol, lineage, "__table_args__")
        items, options = self.columns.options(arguments) if arguments is not None else ([], Mapping({}))
        schema = self._schema(options, metadata)
        table = self.tables.add(metadata, name, schema, site)
        if schema == SOME_SCHEMA and metadata.schema != SOME_SCHEMA:
            metadata.open = metadata.open or f"the schema of `{name}` is not known"
        for column in found.values():
            table.columns.setdefault(column.key, column)
        self.columns.apply(table, items)
        if "autoload" in options.entries or "autoload_with" in options.entries:
            table.open = table.open or "its columns are read from the database"
        if isinstance(arguments, UnknownValue):
            table.open = table.open or "its __table_args__ were not understood"
        return table

    def _schema(self, options: Mapping, metadata: MetaData) -> str | None:
        given = options.entries.get("schema")
        if given is None:
            return metadata.schema if options.whole else SOME_SCHEMA
        if given == NONE:
            return metadata.schema
        return text_of(given) or SOME_SCHEMA

    def _has_key_constraint(self, symbol: ClassSymbol, lineage: Lineage) -> bool:
        arguments = self._special(symbol, lineage, "__table_args__")
        items, _ = self.columns.options(arguments) if arguments is not None else ([], None)
        return any(isinstance(item, Made) and item.kind == "PrimaryKeyConstraint" for item in items)

    def _special(self, symbol: ClassSymbol, lineage: Lineage, name: str) -> Value | None:
        """`__table_args__` and its like: the first class that has it counts, a mapped base does not hand it on."""
        for cls in lineage.classes():
            bindings = [b for b in cls.names.get(name, []) if getattr(b.node, "value", b) is not None]
            if not bindings:
                continue
            declared = isinstance(bindings[-1].node, s.FunctionDef)
            if cls is symbol or declared or self.mapper(cls) is None:
                return self.naming.own(cls, bindings, symbol)
        return None

    def _mapper_arguments(self, mapper: Mapper, lineage: Lineage) -> None:
        given = self._special(mapper.symbol, lineage, "__mapper_args__")
        entries = given.entries if isinstance(given, Mapping) else {}
        mapper.concrete = entries.get("concrete") == Const(True)
        mapper.inherits_explicitly = "inherit_condition" in entries or (
            given is not None and not (isinstance(given, Mapping) and given.whole)
        )
        binding = choose(mapper.symbol.names.get("__concrete__", []))
        mapper.concrete = mapper.concrete or binding is not None

    def attach(self, mapper: Mapper, name: str, made: Made) -> None:
        """`User.posts = relationship(…)` after the class statement."""
        found: dict[str, Column] = {}
        node = s.Assign((s.Name(name),), None)
        self._made(Declared(name, mapper.symbol, node, False, False), made, Annotation(), mapper, found)
        for attribute, column in found.items():
            mapper.columns[attribute] = column
            if mapper.table is not None:
                mapper.table.columns.setdefault(column.key, column)

    # --- its attributes ---

    def _why_open(self, symbol: ClassSymbol, lineage: Lineage) -> str:
        """Why a class may have attributes that nobody sees in its body."""
        if not lineage.whole:
            return "a base class was not understood"
        strangers = lineage.strangers()
        known = (*vocabulary.APPBUILDER_MODELS,)
        strangers = [name for name in strangers if name not in known]
        if strangers:
            return f"its base class `{strangers[0]}` was not read"
        for element in lineage.order:
            if isinstance(element, Lib) and vocabulary.kind(element.dotted) in vocabulary.REFLECTING:
                return "its columns are read from the database"
            if isinstance(element, Made) and element.kind == "automap_base":
                return "automap adds to it"
        for cls in lineage.classes():
            if "__versioned__" in cls.names:
                return "SQLAlchemy-Continuum adds to it"
            why = self._why_changed(cls, symbol)
            if why:
                return why
        return ""

    def _why_changed(self, cls: ClassSymbol, symbol: ClassSymbol) -> str:
        """Code that runs when the class is made, and may give it columns."""
        binding = choose(cls.names.get("__init_subclass__", []))
        if binding is not None and isinstance(binding.node, s.FunctionDef) and cls is not symbol:
            if _mentions(cls.unit.body(binding.node), _CHANGES):
                return f"`{cls.name}.__init_subclass__` changes it"
        for keyword in cls.node.keywords:
            if keyword.name == "metaclass":
                meta = self.values.value(keyword.value, self.values.around(cls))
                if self._changes(meta):
                    return "its metaclass may change it"
        if cls is symbol:
            for decorator in cls.node.decorators:
                if not self._is_harmless(decorator, cls):
                    return "a decorator may change it"
        return ""

    def _changes(self, meta: Value) -> bool:
        """Whether a metaclass may add to the classes it makes."""
        if isinstance(meta, ClassSymbol):
            return not {"__new__", "__init__"}.isdisjoint(meta.names) or not self.values.kind(meta)
        return not (isinstance(meta, Lib) and vocabulary.is_harmless(meta.dotted))

    def _is_harmless(self, decorator: s.Expr, symbol: ClassSymbol) -> bool:
        value = self.values.value(decorator, self.values.around(symbol))
        if isinstance(value, Made):
            value = value.func
        if isinstance(value, Function):
            return not _mentions(value.symbol.unit.body(value.symbol.node), _CHANGES)
        if isinstance(value, Lib):
            return vocabulary.is_harmless_decorator(value.dotted)
        return isinstance(value, (Member, ClassSymbol))

    def _collected(self, symbol: ClassSymbol, mapper: Mapper, lineage: Lineage, root: Root) -> dict[str, Column]:
        """The columns that a class brings to its table, by attribute; relationships and the rest go to the mapper."""
        found: dict[str, Column] = {}
        for declared in self._declared(symbol, lineage, root):
            self._attribute(declared, mapper, root, found)
        return found

    def _declared(self, symbol: ClassSymbol, lineage: Lineage, root: Root) -> Iterator[Declared]:
        seen: set[str] = set()
        for cls in lineage.classes():
            inherited = self.mapper(cls) if cls is not symbol else None
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
            mapper.others.add(declared.name)

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
        if not column.says_nullable:
            column.nullable = annotation.optional
        if column.type is None and not column.foreign_keys:
            column.type = self._type_of(annotation.target, symbol)
        for extra in annotation.extras:
            if not isinstance(extra, Made) or extra.kind not in vocabulary.COLUMNS:
                continue
            base = self.columns.read(extra, attribute)
            if base is None:
                column.vague = True
                continue
            column.primary_key = column.primary_key or base.primary_key
            column.index = column.index or base.index
            column.unique = column.unique or base.unique
            column.type = column.type or base.type
            column.foreign_keys.extend(base.foreign_keys)
            column.vague = column.vague or base.vague
            if base.says_nullable and not column.says_nullable:
                column.nullable = base.nullable

    def _type_of(self, target: Value | None, symbol: ClassSymbol) -> str | None:
        """The type that a Python type stands for, in `type_annotation_map` or by default."""
        for cls in self.lineages.of(symbol).classes():
            binding = choose(cls.names.get("type_annotation_map", []))
            if binding is not None and isinstance(binding.node, s.Assign):
                display, scope = binding.node.value, self.values.inside(cls)
                if not isinstance(display, s.Dict):
                    return None
                for key, value in display.items:
                    if key is None or self.values.value(key, scope) == target:
                        return self.columns.type_name(self.values.value(value, scope)) if key is not None else None
        if isinstance(target, Lib):
            return vocabulary.PYTHON_TYPES.get(target.dotted.removeprefix("builtins."))
        if isinstance(target, ClassSymbol):
            behind = [e.dotted for e in self.lineages.of(target).order if isinstance(e, Lib)]
            return "Enum" if any(name.startswith("enum.") for name in behind) else None
        return None

    def _or_existing(self, made: Made) -> Made:
        """`Parent.__table__.c.get("status", Column(String))`: the column that a sibling may have made already."""
        func, positional = made.func, made.arguments.positional
        if isinstance(func, Member) and func.name == "get" and len(positional) == 2:
            if isinstance(func.base, Member) and func.base.name in ("c", "columns"):
                given = self.values.arg(positional[1])
                return given if isinstance(given, Made) else made
        return made

    def _made(
        self, declared: Declared, made: Made, annotation: Annotation, mapper: Mapper, found: dict[str, Column]
    ) -> None:
        name = declared.name
        made = self._or_existing(made)
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
            site = made.site
            draft = self.relationships.read(name, mapper, made, annotation, site)
            mapper.relationships[name] = draft.relationship
            self.drafts.append(draft)
        elif made.kind in vocabulary.ATTRIBUTES:
            mapper.others.add(name)
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


def _last_name(expr: s.Expr) -> str:
    if isinstance(expr, s.Call):
        expr = expr.func
    return expr.name if isinstance(expr, s.Attr) else expr.id if isinstance(expr, s.Name) else ""


def _decorators(bindings: list[Binding]) -> set[str]:
    return {_last_name(d) for b in bindings if isinstance(b.node, s.FunctionDef) for d in b.node.decorators}


def _mentions(body: s.Body, words: tuple[bytes, ...]) -> bool:
    written = msgspec.msgpack.encode(body)
    return any(word in written for word in words)
