"""What Django says of a wrong name when the query is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.project.models.model import Field, Reverse
from linter.project.queries.kinds import PATHS
from linter.project.queries.verdicts import Vocabulary

if TYPE_CHECKING:
    from linter.project.models.model import Model
    from linter.project.queries import Site

MOST_CHOICES = 24  # a longer list is no help
_TRANSFORMED = {"date": "DateField", "time": "TimeField"}


def runtime(site: Site) -> str:
    """The error's text, as far as it is the same in all versions of Django."""
    verdict, wrong = site.verdict, site.wrong
    if site.vocabulary in PATHS:
        return _of_path(site, site.name.removeprefix("-").split("__"))
    if site.vocabulary in (Vocabulary.ONLY, Vocabulary.UPDATE) and verdict.model is not None:
        return f"{verdict.model.name} has no field named '{wrong}'"
    if site.vocabulary is Vocabulary.SELECT:
        plain = verdict.field is not None and not verdict.field.is_relation
        start = "Non-relational field" if plain else "Invalid field name(s)"
        return f"{start} given in select_related: '{wrong}'."
    if site.vocabulary is Vocabulary.PREFETCH and verdict.field is not None:
        return (
            f"'{site.name}' does not resolve to an item that supports prefetching - this is an invalid parameter to "
            "prefetch_related()."
        )
    if site.vocabulary is Vocabulary.PREFETCH and verdict.model is not None:
        return (
            f"Cannot find '{wrong}' on {verdict.model.name} object, '{site.name}' is an invalid parameter to "
            "prefetch_related()"
        )
    return ""


def _of_path(site: Site, parts: list[str]) -> str:
    verdict, wrong = site.verdict, site.wrong
    tail = "__".join(parts[verdict.part :])
    field = verdict.model.fields.get(wrong) if verdict.model is not None else None
    if field is not None and field.is_generic:
        if site.vocabulary is Vocabulary.VALUE:
            return ""  # not the same for values() and F()
        return f"Field '{wrong}' does not generate an automatic reverse relation"
    if site.vocabulary is Vocabulary.FILTER and verdict.part > 0:
        return f"Unsupported lookup '{tail}' for {_before(site, parts)} or join on the field not permitted"
    if verdict.model is None:
        return f"Cannot resolve keyword '{wrong}' into field. Join on '{parts[verdict.part - 1]}' not permitted."
    said = f"Cannot resolve keyword '{wrong}' into field."
    choices = _choices(verdict.model) if site.is_exact else []
    return f"{said} Choices are: {', '.join(choices)}" if 0 < len(choices) <= MOST_CHOICES else said


def _choices(model: Model) -> list[str]:
    return sorted((set(model.lookup_names()) - {"pk"}) | {f.name for f in model.fields.values() if f.is_generic})


def _before(site: Site, parts: list[str]) -> str:
    """The class of field that a lookup was looked for on."""
    verdict = site.verdict
    before = verdict.before
    if isinstance(before, Reverse):
        if before.field.many_to_many:
            return "ForeignKey"
        return "OneToOneRel" if before.is_single else "ManyToOneRel"
    if not isinstance(before, Field):
        return "the field"
    if before.many_to_many:
        return "ForeignKey"
    if before.field_class.kind == "generic_relation":
        return "GenericRel"
    previous = parts[verdict.part - 1]
    if before.is_relation or previous in (before.name, before.attname, "pk"):
        return before.type
    return _TRANSFORMED.get(previous, "IntegerField")
