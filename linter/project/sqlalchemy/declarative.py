"""What SQLAlchemy does when a class statement of a mapped class has run: collect columns, make or find the table, map it."""

from __future__ import annotations

from linter.facts import syntax as s
from linter.project.names import choose
from linter.project.sqlalchemy import vocabulary
from linter.project.sqlalchemy.attributes import Attributes
from linter.project.sqlalchemy.columns import Columns
from linter.project.sqlalchemy.core import Tables
from linter.project.sqlalchemy.evaluate import Evaluator
from linter.project.sqlalchemy.lineage import Lineage, Lineages
from linter.project.sqlalchemy.mapping import Mapper, Special
from linter.project.sqlalchemy.metadata import MetaDatas, Root
from linter.project.sqlalchemy.naming import Naming
from linter.project.sqlalchemy.openness import Openness
from linter.project.sqlalchemy.schema import SOME_SCHEMA, Column, MetaData, Table
from linter.project.sqlalchemy.values import (
    NONE,
    UNKNOWN,
    Const,
    Given,
    Items,
    Lib,
    Made,
    Mapping,
    Site,
    Value,
    text_of,
)
from linter.project.units import ClassSymbol


class Declarative:
    def __init__(
        self, values: Evaluator, lineages: Lineages, metadatas: MetaDatas, columns: Columns, tables: Tables
    ) -> None:
        self.values = values
        self.lineages = lineages
        self.metadatas = metadatas
        self.columns = columns
        self.tables = tables
        self.attributes = Attributes(values, lineages, columns, self.mapper)
        self.openness = Openness(values)
        self.naming = Naming(values, lambda symbol: self.mapper(symbol) is not None)
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
            why = "its table is a union of others"
            made = Mapper(symbol, root.metadata, open=why, is_union=True) if root is not None else None
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
        mapper.open = self.openness.why(symbol, lineage)
        self._table_name(symbol, root)
        self._specials(mapper, lineage)
        found = self.attributes.collect(symbol, mapper, lineage, root)
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
            if attribute in mapper.columns or not self._is_hidden(mapper, attribute):
                mapper.columns.setdefault(attribute, column)
        mapper.properties = {**parent.properties, **mapper.properties}

    def _is_hidden(self, mapper: Mapper, attribute: str) -> bool:
        """Whether a class has something plain where its parent has a column, which is not mapped then."""
        own = choose(mapper.symbol.names.get(attribute, []))
        if own is None or attribute in mapper.attributes():
            return False
        node = own.node
        return not isinstance(node, s.Assign) or not (node.value is None or node.value in (s.Lit(None), s.Lit(False)))

    def _find_table(self, mapper: Mapper, lineage: Lineage, root: Root, found: dict[str, Column]) -> bool:
        """Give a mapper its table, with the columns; False where the class turns out not to be mapped."""
        symbol, metadata = mapper.symbol, mapper.metadata
        explicit = self._value_of(symbol, lineage, "__table__")
        if explicit is not None and explicit != NONE:
            mapper.table = self.tables.of(explicit, metadata)
            if mapper.table is None:
                mapper.open = mapper.open or "its table was not understood"
                metadata.open = metadata.open or f"the table of `{symbol.name}` was not understood"
            else:
                mapper.columns.update(mapper.table.columns)
            return True
        name = self._table_name(symbol, root)
        own_key = any(c.primary_key is not False for c in found.values()) or self._has_key_constraint(mapper)
        if root.style == "flask" and mapper.parent is not None and not own_key:
            name = NONE  # Flask-SQLAlchemy makes no table for a subclass without a primary key of its own
        text = text_of(name)
        if text is not None:
            mapper.table = self._new_table(mapper, text, found)
            return True
        if name == NONE and mapper.parent is not None:
            mapper.table = mapper.parent.table
            return True
        if name == NONE and symbol.function is not None:
            return False
        why = f"the table name of `{symbol.name}` is not known"
        special = mapper.specials.get("__tablename__")
        if not self.tables.may_be_called(special.expr if special is not None else None):
            metadata.open = metadata.open or why
        mapper.open = mapper.open or why
        return not isinstance(name, Const) or name == NONE

    def _new_table(self, mapper: Mapper, name: str, found: dict[str, Column]) -> Table:
        symbol, metadata = mapper.symbol, mapper.metadata
        site = Site(symbol.unit, symbol.node.at, symbol.function)
        special = mapper.specials.get("__table_args__")
        items, options = self._table_arguments(special) if special is not None else ([], Mapping({}))
        schema = self._schema(options, metadata)
        table = self.tables.add(metadata, name, schema, site)
        if schema == SOME_SCHEMA and metadata.schema != SOME_SCHEMA:
            metadata.open = metadata.open or f"the schema of `{name}` is not known"
        for column in found.values():
            table.columns.setdefault(column.key, column)
        self.tables.parts.apply(table, items)
        table.definitions.append(self.tables.definition(options, site))
        if "autoload" in options.entries or "autoload_with" in options.entries:
            table.open = table.open or "its columns are read from the database"
        if special is not None and not _is_whole(special.value):
            table.args_open = table.args_open or "its __table_args__ were not understood"
        return table

    def _schema(self, options: Mapping, metadata: MetaData) -> str | None:
        given = options.entries.get("schema")
        if given is None:
            return metadata.schema if options.whole else SOME_SCHEMA
        if given == NONE:
            return metadata.schema
        return text_of(given) or SOME_SCHEMA

    def _has_key_constraint(self, mapper: Mapper) -> bool:
        special = mapper.specials.get("__table_args__")
        items = self._table_arguments(special)[0] if special is not None else []
        return any(isinstance(i.value, Made) and i.value.kind == "PrimaryKeyConstraint" for i in items)

    def _table_arguments(self, special: Special) -> tuple[list[Given], Mapping]:
        """`__table_args__`: a dict, or a tuple whose last item may be one."""
        value = special.value
        if isinstance(value, Mapping):
            return [], value
        if isinstance(value, Items):
            given = Given(value, special.expr or s.Unknown(), self.values.inside(special.definer), special.site)
            items = self.values.items(given)
            last = items.pop().value if items and isinstance(items[-1].value, Mapping) else Mapping({})
            assert isinstance(last, Mapping)
            return items, Mapping(last.entries, last.whole and value.whole)
        return [], Mapping({}, value == NONE)

    def _specials(self, mapper: Mapper, lineage: Lineage) -> None:
        """`__table_args__`, `__mapper_args__` and `__tablename__`, and what the second says."""
        for name in ("__table_args__", "__mapper_args__", "__tablename__"):
            known = self._names.get(mapper.symbol) if name == "__tablename__" else None
            found = self._special(mapper.symbol, lineage, name, known)
            if found is not None:
                mapper.specials[name] = found
        self._mapper_arguments(mapper)

    def _value_of(self, symbol: ClassSymbol, lineage: Lineage, name: str) -> Value | None:
        special = self._special(symbol, lineage, name)
        return special.value if special is not None else None

    def _special(self, symbol: ClassSymbol, lineage: Lineage, name: str, known: Value | None = None) -> Special | None:
        """`__table_args__` and its like: the first class that has it counts, a mapped base does not hand it on."""
        for cls in lineage.classes():
            bindings = [b for b in cls.names.get(name, []) if getattr(b.node, "value", b) is not None]
            if not bindings:
                continue
            declared = isinstance(bindings[-1].node, s.FunctionDef)
            if cls is symbol or declared or self.mapper(cls) is None:
                node = bindings[-1].node
                expr = node.value if isinstance(node, s.Assign) else None
                at = getattr(expr, "at", s.NOWHERE)
                site = Site(cls.unit, at if at != s.NOWHERE else getattr(node, "at", s.NOWHERE), cls.function)
                value = known if known is not None else self.naming.own(cls, bindings, symbol)
                return Special(name, value, cls, site, expr)
        return None

    def _mapper_arguments(self, mapper: Mapper) -> None:
        special = mapper.specials.get("__mapper_args__")
        given = special.value if special is not None else Mapping({})
        mapper.arguments = entries = given.entries if isinstance(given, Mapping) else {}
        mapper.arguments_whole = isinstance(given, Mapping) and given.whole
        mapper.concrete = entries.get("concrete") == Const(True)
        mapper.inherits_explicitly = "inherit_condition" in entries or not mapper.arguments_whole
        binding = choose(mapper.symbol.names.get("__concrete__", []))
        mapper.concrete = mapper.concrete or binding is not None


def _is_whole(arguments: Value) -> bool:
    """Whether all that `__table_args__` says was understood."""
    if isinstance(arguments, Items):
        return arguments.whole and all(isinstance(i, (Made, Mapping)) and _is_whole(i) for i in arguments.items)
    return arguments.whole if isinstance(arguments, Mapping) else isinstance(arguments, (Made, Const))
