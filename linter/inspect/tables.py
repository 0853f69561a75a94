"""`ormlint inspect tables`: every table of the project, and why the index thinks so."""

from __future__ import annotations

from typing import Any

from linter.project import Project
from linter.project.sqlalchemy.index import SqlAlchemy
from linter.project.sqlalchemy.schema import SOME_SCHEMA, Column, Constraint, ForeignKey, Table


def records(project: Project) -> list[dict[str, Any]]:
    index = project.tables
    found = [_table(index, table) for table in index.tables]
    return sorted(found, key=lambda record: (record["path"], record["line"], record["name"]))


def _table(index: SqlAlchemy, table: Table) -> dict[str, Any]:
    return {
        "name": table.name,
        "schema": table.schema if table.schema != SOME_SCHEMA else None,
        "path": table.site.path,
        "line": index.place(table.site).range.line,
        "open": bool(table.open),
        "open_reason": table.open,
        "metadata": table.metadata.label,
        "metadata_open_reason": index.why_open(table.metadata),
        "columns": [_column(index, table, column) for column in table.columns.values()],
        "constraints": [_constraint(constraint) for constraint in table.constraints],
        "constraints_open_reason": table.args_open,
    }


def _constraint(constraint: Constraint) -> dict[str, Any]:
    return {
        "type": constraint.kind,
        "name": constraint.name,
        "columns": [named.column.name if named.column is not None else named.text for named in constraint.columns],
    }


def _column(index: SqlAlchemy, table: Table, column: Column) -> dict[str, Any]:
    return {
        "name": column.name,
        "key": column.key,
        "family": column.family,
        "type": column.type,
        "nullable": column.nullable,
        "primary_key": column.primary_key,
        "index": column.index,
        "unique": column.unique,
        "foreign_keys": [
            {"target": target, "ondelete": key.ondelete}
            for key in column.foreign_keys
            if (target := _target(index, table, column, key)) is not None
        ],
    }


def _target(index: SqlAlchemy, table: Table, column: Column, key: ForeignKey) -> str | None:
    """The target as SQLAlchemy names it."""
    if key.text is not None:
        return key.text
    found = index.resolve(table, column, key)
    if found.table is None or found.column is None:
        return None
    return f"{found.table.full_name}.{found.column.key}"
