"""Every dotted path of every template, with what its root can be and whether all of it is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from linter.project.templates.evaluation import Read, dotted
from linter.project.types import (
    NONE,
    ClassType,
    Constant,
    DictType,
    Instance,
    LibraryThing,
    ModelInstance,
    QuerySet,
    Scalar,
    Sequence,
    TupleType,
    Type,
    UnknownType,
    members,
)

if TYPE_CHECKING:
    from linter.project import Project


def records(project: Project) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for path in project.templates.paths:
        # The types that some contexts are known to give are worth showing, the status is for what holds in all of them.
        hopeful = project.templates.evaluation(path, True).reads
        for read in project.templates.reads(path):
            guess = hopeful.get(read.path.at, read)
            found.append(_record(project, path, read, guess.root))
    return found


def _record(project: Project, path: str, read: Read, root: Type) -> dict[str, Any]:
    place = project.place(path, project.templates.span(path, read.path.at)).range
    return {
        "path": path,
        "line": place.line,
        "column": place.column,
        "name": dotted(read.path),
        "types": sorted({name for kind in members(root) if (name := _name(kind))}),
        "status": _status(read),
    }


def _status(read: Read) -> str:
    if read.missing is not None:
        return "invalid"
    return "unknown" if isinstance(read.value, UnknownType) else "valid"


def _name(kind: Type) -> str:
    """A type in a word; "" for nothing that could be said."""
    if isinstance(kind, ModelInstance):
        return kind.model.label or kind.model.symbol.dotted
    if isinstance(kind, (Instance, ClassType)):
        return kind.symbol.dotted
    if isinstance(kind, QuerySet):
        return f"django.db.models.query.QuerySet[{kind.model.label}]"
    if isinstance(kind, (LibraryThing, Scalar)):
        return kind.dotted if isinstance(kind, LibraryThing) else kind.name
    if isinstance(kind, Constant) and kind != NONE:
        return type(kind.value).__name__
    return _CONTAINERS.get(type(kind), "")


_CONTAINERS: dict[type, str] = {Sequence: "list", TupleType: "tuple", DictType: "dict"}
