"""Names that are moved from `select_related()` to `prefetch_related()`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from linter.finding import Edit
from linter.project.queries.members import field_of
from linter.project.queries.verdicts import Names, Status
from linter.span import Span

if TYPE_CHECKING:
    from linter.project import Project
    from linter.project.queries import Site

_CALL = re.compile(rb"select_related\(\s*((?:(?P<q>[\"'])\w+(?P=q)\s*,?\s*)+)\)")
_NAME = re.compile(rb"[\"'](\w+)[\"']")
FARTHEST = 2_000  # bytes from the call's name to the wrong one


def as_prefetch(project: Project, site: Site) -> str:
    """The path by which `prefetch_related()` knows what a name in `select_related()` means, "" where it does not."""
    model = site.verdict.model
    parts = site.name.split("__")
    if model is None or len(site.models) != 1:
        return ""
    wrong = parts[site.verdict.part]
    reverse = model.query_names.get(wrong)
    if field_of(model, wrong) is None and reverse is not None and reverse.accessor:
        parts[site.verdict.part] = reverse.accessor
    path = "__".join(parts)
    verdict = project.queries.paths.prefetch(site.models[0], path, Names())
    return path if verdict.status is Status.VALID else ""


def moved_to_prefetch(project: Project, site: Site, path: str) -> Edit | None:
    """The call's end, rewritten; None where there is more in it than names."""
    span, data = site.span, project.source(site.path).data
    start = data.rfind(b"select_related(", max(0, span.start - FARTHEST), span.start)
    call = _CALL.match(data, start) if start >= 0 else None
    if call is None or call.end() < span.end or b"iterator(" in data[call.end() : call.end() + 200]:
        return None
    quote = data[span.start : span.start + 1].decode()
    kept = [name for name in _NAME.findall(call[1]) if name != site.name.encode()]
    text = f"prefetch_related({quote}{path}{quote})"
    if kept:
        text = f"select_related({', '.join(f'{quote}{name.decode()}{quote}' for name in kept)}).{text}"
    return Edit(project.place(site.path, Span(start, call.end())), text)
