"""`ormlint inspect queries`: every field name handed to the ORM, and whether it would know it."""

from __future__ import annotations

from typing import Any

from linter.project import Project
from linter.project.queries import Site


def records(project: Project) -> list[dict[str, Any]]:
    found = [_record(project, site) for path in project.python_paths for site in project.queries.sites(path)]
    return sorted(found, key=lambda record: (record["path"], record["line"], record["column"], record["name"]))


def _record(project: Project, site: Site) -> dict[str, Any]:
    place = project.place(site.path, site.span).range
    labels = sorted({model.label or model.symbol.dotted for model in site.models})
    return {
        "path": site.path,
        "line": place.line,
        "column": place.column,
        "name": site.name,
        "method": site.method,
        "model": labels[0] if len(labels) == 1 else None,
        "status": site.verdict.status.value,
    }
