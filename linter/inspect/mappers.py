"""`ormlint inspect mappers`: every mapped class of the project."""

from __future__ import annotations

from typing import Any

from linter.project import Project
from linter.project.sqlalchemy.index import SqlAlchemy
from linter.project.sqlalchemy.mapping import Mapper, Relationship
from linter.project.sqlalchemy.schema import Column


def records(project: Project) -> list[dict[str, Any]]:
    index = project.tables
    found = [_mapper(index, mapper, project.class_place(mapper.symbol).range.line) for mapper in index.mappers]
    return sorted(found, key=lambda record: (record["path"], record["line"], record["class"]))


def _mapper(index: SqlAlchemy, mapper: Mapper, line: int) -> dict[str, Any]:
    return {
        "class": mapper.symbol.dotted,
        "path": mapper.symbol.unit.path,
        "line": line,
        "table": mapper.table.full_name if mapper.table is not None else None,
        "open": bool(mapper.open),
        "open_reason": mapper.open,
        "inheritance": mapper.inheritance,
        "attributes": sorted(mapper.attributes()),
        "columns": {name: column.name for name, column in sorted(mapper.columns.items())},
        "properties": {name: found.kind for name, found in sorted(mapper.properties.items())},
        "relationships": [_relationship(index, key, r) for key, r in sorted(mapper.relationships.items())],
    }


def _relationship(index: SqlAlchemy, key: str, relationship: Relationship) -> dict[str, Any]:
    return {
        "key": key,
        "target": relationship.target.symbol.dotted if relationship.target is not None else None,
        "secondary": relationship.secondary.full_name if relationship.secondary is not None else None,
        "back_populates": relationship.back_populates,
        "uselist": relationship.uselist,
        "direction": relationship.direction,
        "viewonly": relationship.flag("viewonly"),
        "cascade": sorted(relationship.cascade) if relationship.cascade is not None else None,
        "pairs": _pairs(index, relationship),
        "verdict": relationship.verdict,
    }


def _pairs(index: SqlAlchemy, relationship: Relationship) -> list[list[str]] | None:
    """Each foreign column with the one whose value it gets."""
    if relationship.pairs is None:
        return None
    return sorted([_full_name(index, pair.foreign), _full_name(index, pair.referenced)] for pair in relationship.pairs)


def _full_name(index: SqlAlchemy, column: Column) -> str:
    table = index.table_of(column)
    return f"{table.full_name}.{column.name}" if table is not None else column.name
