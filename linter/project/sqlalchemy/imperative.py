"""Classes that are mapped by a call: `registry.map_imperatively(User, users, properties={…})`, and `mapper()` of old."""

from __future__ import annotations

from linter.project.sqlalchemy import vocabulary
from linter.project.sqlalchemy.annotations import Annotation
from linter.project.sqlalchemy.core import Tables
from linter.project.sqlalchemy.evaluate import Evaluator
from linter.project.sqlalchemy.mapping import Mapper, Property, Relationship
from linter.project.sqlalchemy.relationships import Reader
from linter.project.sqlalchemy.schema import MetaData
from linter.project.sqlalchemy.values import (
    NONE,
    Made,
    Mapping,
    Member,
    Scope,
    Value,
)
from linter.project.units import ClassSymbol


class Imperative:
    def __init__(self, values: Evaluator, tables: Tables) -> None:
        self.values = values
        self.tables = tables
        self.reader = Reader(values)
        self.mappers: dict[ClassSymbol, Mapper] = {}
        self.drafts: list[Relationship] = []

    def map(self, made: Made, scope: Scope) -> None:
        positional, given = made.arguments.positional, made.arguments.keywords
        symbol = self.values.arg(positional[0] if positional else given.get("class_"))
        local = self.values.arg(positional[1] if len(positional) > 1 else given.get("local_table"))
        if not isinstance(symbol, ClassSymbol):
            self.tables.classes_open = self.tables.classes_open or "a class that is not known is mapped by a call"
            return
        if symbol in self.mappers:
            return
        table = self.tables.of(local) if local is not None else None
        metadata = (
            table.metadata
            if table is not None
            else MetaData(("unknown",), "some MetaData", open="its table is not known")
        )
        mapper = self.mappers[symbol] = Mapper(symbol, metadata, table)
        mapper.imperative = made.site
        parent = self.values.arg(given.get("inherits"))
        if isinstance(parent, ClassSymbol):
            mapper.parent = self.mappers.get(parent)
        mapper.inherits_explicitly = "inherit_condition" in given
        if table is None:
            mapper.open = "its table is not known"
        else:
            mapper.columns.update(table.columns)
        if not made.arguments.whole:
            mapper.open = mapper.open or "arguments of its mapping were not understood"
        properties = self.values.arg(given.get("properties"))
        if properties is not None and properties != NONE:
            self._properties(mapper, properties, made)

    def _properties(self, mapper: Mapper, properties: Value, mapped: Made) -> None:
        if not isinstance(properties, Mapping) or not properties.whole:
            mapper.open = mapper.open or "its properties were not understood"
        for name, value in properties.entries.items() if isinstance(properties, Mapping) else ():
            if isinstance(value, Made) and value.kind in vocabulary.RELATIONSHIPS:
                found = self.reader.read(name, mapper, value, Annotation())
                mapper.relationships[name] = found
                self.drafts.append(found)
            elif isinstance(value, Member):
                # A column under another name: the old one is no attribute any more.
                column = mapper.columns.pop(value.name, None)
                if column is not None:
                    mapper.columns[name] = column
            else:
                kind, made = (value.kind, value) if isinstance(value, Made) else ("", None)
                mapper.properties[name] = Property(name, kind, made.site if made is not None else mapped.site, made)
