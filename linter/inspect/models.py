"""`ormlint inspect models`: every Django model class of the project as the index understands it."""

from __future__ import annotations

from typing import Any

from linter.project import Project
from linter.project.models import Field, Model


def records(project: Project) -> list[dict[str, Any]]:
    return [_record(project, model) for model in project.models]


def _record(project: Project, model: Model) -> dict[str, Any]:
    return {
        "label": model.label,
        "class": model.symbol.dotted,
        "path": model.symbol.unit.path,
        "line": project.class_place(model.symbol).range.line,
        "abstract": model.abstract,
        "proxy": model.proxy,
        "open": model.open,
        "open_reason": model.open_reason,
        "open_attributes": model.has_open_attributes,
        "db_table": model.db_table,
        "pk": model.pk,
        "fields": [_field(project, field) for field in model.fields.values()],
        "reverse": [
            {"accessor": r.accessor or r.query_name, "query_name": r.query_name, "model": r.model.label}
            for r in model.reverse
        ],
        "lookup_names": sorted(model.lookup_names()),
        "attributes": sorted(model.attributes() | model.accessors.keys()),
        "managers": list(model.managers),
    }


def _field(project: Project, field: Field) -> dict[str, Any]:
    own = not field.owner.unit.is_library
    return {
        "name": field.name,
        "attname": field.attname,
        "column": field.column,
        "type": field.type if field.is_type_sure else None,
        "null": field.null,
        "unique": field.unique,
        "related": field.related_label,
        "path": field.path if own else None,
        "line": field.place.range.line if own else None,
    }
