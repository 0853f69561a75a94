"""Moments that stay as they were: fields with `auto_now` that `save(update_fields=…)` leaves out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from linter.facts import syntax as s
from linter.project.control import evaluated, own, steps
from linter.project.imports.modules import is_test
from linter.project.models.arguments import Argument
from linter.project.queries.members import field_of
from linter.project.queries.name_lists import items
from linter.project.queries.saving import saves_as_told

if TYPE_CHECKING:
    from linter.project import Project
    from linter.project.models.model import Field, Model
    from linter.project.queries import OrmCall


class Stale(msgspec.Struct, frozen=True):
    made: OrmCall
    model: Model
    fields: tuple[Field, ...]


def stale(project: Project, path: str) -> Iterator[Stale]:
    for made in project.queries.calls(path):
        if made.method == "save" and made.asked and not is_test(path):
            found = _left_out(project, made)
            if found:
                yield Stale(made, found[0].model, found)


def _left_out(project: Project, made: OrmCall) -> tuple[Field, ...]:
    """The fields that none of the rows that may be meant gets, where every name of the list is known."""
    given = made.call.keyword("update_fields")
    listed = [item.name for item in items(project.flow, given, made.scope)] if given is not None else []
    names = [name for name in listed if name is not None]
    if not names or len(names) != len(listed):
        return ()
    found = [_of_model(kind.model, names) for kind in made.asked]
    return found[0] if all(found) and not _is_saved_whole(made) else ()


def _of_model(model: Model, names: list[str]) -> tuple[Field, ...]:
    listed = [field_of(model, name) for name in names]
    if any(field is None or _tells_time(field) for field in listed) or not saves_as_told(model):
        return ()
    return tuple(field for field in model.fields.values() if _is_auto(field) and field not in listed)


def _tells_time(field: Field) -> bool:
    """A row that is told a moment of its own, or a count, is not thereby changed: `last_seen`, `views_count`."""
    return field.field_class.is_date or field.name.endswith(("count", "counter"))


def _is_auto(field: Field) -> bool:
    given = field.option("auto_now")
    return isinstance(given, Argument) and field.model.index.truth(given) is True


def _is_saved_whole(made: OrmCall) -> bool:
    """Whether the function saves the same variable without a list too."""
    func, function = made.call.func, made.scope.activation.function
    row = func.value if isinstance(func, s.Attr) else None
    if function is None or not isinstance(row, s.Name):
        return False
    for step in steps(made.scope.unit.body(function).statements):
        for expr in own(step.node):
            for part, _ in evaluated(expr):
                if isinstance(part, s.Call) and isinstance(part.func, s.Attr) and part.func.name in ("save", "asave"):
                    other = part.func.value
                    if isinstance(other, s.Name) and other.id == row.id and part.keyword("update_fields") is None:
                        return True
    return False
