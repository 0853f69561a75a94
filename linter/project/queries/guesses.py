"""Rows of unknown type: what a variable's name and the names that are asked of it tell together."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from linter.project.queries.members import field_of

if TYPE_CHECKING:
    from linter.project.models import Model
    from linter.project.models.index import Models


def refusing(models: Models, variable: str, names: Collection[str]) -> Model | None:
    """The only model that a variable is named after, where it has some of the names, and no model has all of them."""
    alike = [m for m in models.own if m.registered and m.name.lower() == variable.replace("_", "").lower()]
    if len(alike) != 1 or alike[0].open or not any(field_of(alike[0], name) for name in names):
        return None
    others = (m for m in models.everything if not m.abstract)
    return None if any(_has_all(other, names) for other in others) else alike[0]


def _has_all(model: Model, names: Collection[str]) -> bool:
    return all(field_of(model, name) is not None for name in names)
