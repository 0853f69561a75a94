"""What a wrong name in a query was meant to be, and which part of the source it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.project.near import near
from linter.project.queries.kinds import PATHS
from linter.project.queries.lookups import COMMON, RELATED, TRANSFORMS
from linter.project.queries.verdicts import Vocabulary
from linter.span import Span

if TYPE_CHECKING:
    from linter.project import Project
    from linter.project.models.model import Field, Model
    from linter.project.queries import Site


def meant(site: Site) -> list[str]:
    """What may stand in the place of the wrong part, the likeliest first."""
    model, field = site.verdict.model, site.verdict.field
    if model is None:
        return near(site.wrong, _after(field)) if field is not None else []
    if site.vocabulary is Vocabulary.SELECT and any(f.attname == site.wrong for f in model.fields.values()):
        return [f.name for f in model.fields.values() if f.attname == site.wrong and f.is_relation]
    known = _names(model, site.vocabulary)
    split = _single_underscore(site.wrong, known) if site.vocabulary is Vocabulary.FILTER else ""
    return [split] if split else near(site.wrong, known)


def _after(field: Field) -> frozenset[str]:
    """What may stand behind a field, as far as Django goes."""
    return RELATED if field.is_relation else COMMON.union(*TRANSFORMS.values())


def _names(model: Model, vocabulary: Vocabulary) -> frozenset[str]:
    if vocabulary in PATHS:
        return model.lookup_names()
    if vocabulary is Vocabulary.PREFETCH:
        return frozenset(model.accessors) | {f.name for f in model.fields.values() if f.is_relation}
    if vocabulary is Vocabulary.SELECT:
        single = {f.name for f in model.fields.values() if f.is_relation and not f.many_to_many and not f.is_generic}
        return frozenset(single | {r.query_name for r in model.reverse if r.is_single})
    if vocabulary in (Vocabulary.UPDATE, Vocabulary.COLUMNS):
        return frozenset(f.name for f in model.fields.values() if f.field_class.has_column and not f.many_to_many)
    return frozenset(model.fields)


def _single_underscore(wrong: str, known: frozenset[str]) -> str:
    """`name__icontains` for `name_icontains`."""
    head, _, tail = wrong.rpartition("_")
    return f"{head}__{tail}" if tail in COMMON and head in known else ""


def elsewhere(site: Site) -> str:
    """A path to a field of the wrong name on the only model that a forward relation leads to and that has one."""
    model = site.verdict.model
    if model is None or site.vocabulary not in PATHS:
        return ""
    found = [
        f"{field.name}__{site.wrong}"
        for field in model.fields.values()
        if field.related is not None and not field.is_parent_link and site.wrong in field.related.fields
    ]
    return found[0] if len(found) == 1 else ""


def part_span(project: Project, site: Site) -> Span | None:
    """Where the wrong part itself stands; None where the text is not simply the name."""
    span = site.span
    text = project.source(site.path).data[span.start : span.end]
    name = site.name.encode()
    start = text.find(name)
    if start < 0 or (start > 0 and text[:start] not in (b'"', b"'")) or len(text) - len(name) > 2 * start:
        return None
    signs = len(site.name) - len(site.name.removeprefix("-"))
    before = site.name.removeprefix("-").split("__")[: site.verdict.part]
    first = span.start + start + signs + sum(len(part.encode()) + 2 for part in before)
    return Span(first, first + len(site.wrong.encode()))


def did_you_mean(names: list[str]) -> str:
    return f"did you mean {' or '.join(f'`{name}`' for name in names)}?" if names else ""


def missing(site: Site) -> str:
    """What is wrong with a name, in words."""
    model, field = site.verdict.model, site.verdict.field
    if model is not None:
        return f"`{model.name}` has no field `{site.wrong}`"
    assert field is not None
    what = "lookup" if site.vocabulary is Vocabulary.FILTER else "transform"
    return f"`{field.model.name}.{field.name}` has no {what} `{site.wrong}`"


def is_one_letter_off(wrong: str, right: str) -> bool:
    """Whether one letter was added, left out, exchanged or swapped with its neighbour."""
    if len(wrong) > len(right):
        return any(wrong[:i] + wrong[i + 1 :] == right for i in range(len(wrong)))
    if len(wrong) < len(right):
        return any(right[:i] + right[i + 1 :] == wrong for i in range(len(right)))
    unlike = [i for i in range(len(right)) if wrong[i] != right[i]]
    if len(unlike) == 2:
        first, second = unlike
        return second == first + 1 and wrong[first] == right[second] and wrong[second] == right[first]
    return len(unlike) == 1
