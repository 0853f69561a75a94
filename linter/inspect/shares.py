"""`ormlint check --statistics`: which share of all lookups, template paths and foreign keys could be decided."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from linter.inspect import models, queries, tables, templates
from linter.project import Project

RELATIONS = frozenset({"ForeignKey", "OneToOneField", "ManyToManyField"})


def shares(project: Project) -> dict[str, tuple[int, int]]:
    """(decided, all) of each kind."""
    return {
        "lookups": _decided(queries.records(project)),
        "template paths": _decided(templates.records(project)),
        "foreign keys": _share([*_relations(project), *_foreign_keys(project)]),
    }


def _decided(records: Iterable[dict[str, Any]]) -> tuple[int, int]:
    return _share([record["status"] != "unknown" for record in records])


def _share(verdicts: list[bool]) -> tuple[int, int]:
    return sum(verdicts), len(verdicts)


def _relations(project: Project) -> list[bool]:
    fields = [field for model in models.records(project) for field in model["fields"]]
    return [field["related"] is not None for field in fields if field["type"] in RELATIONS]


def _foreign_keys(project: Project) -> list[bool]:
    """A record names a foreign key's target only where it is known."""
    columns = [column for table in project.tables.tables for column in table.columns.values()]
    keys = sum(len(column.foreign_keys) for column in columns)
    known = sum(len(column["foreign_keys"]) for table in tables.records(project) for column in table["columns"])
    return [True] * known + [False] * (keys - known)
