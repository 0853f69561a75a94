"""Edits of the calls that declare columns and relationships; None wherever one is not written plainly."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from linter.finding import Edit
from linter.span import Span

if TYPE_CHECKING:
    from linter.project import Project
    from linter.project.sqlalchemy.values import Given, Site

_COMMA = re.compile(rb"\s*,\s*")


def span(site: Site) -> Span:
    return site.unit.span(site.at, site.function)


def replaced(project: Project, given: Given, old: str, new: str) -> Edit | None:
    """The value of a keyword that is written as `old` becomes `new`."""
    if given.name is None:
        return None
    path, word = given.name.path, span(given.name)
    value = re.compile(rb"(\w+\s*=\s*)" + re.escape(old.encode()) + rb"(?!\w)").match(
        project.source(path).data, word.start
    )
    return Edit(project.place(path, Span(value.end(1), value.end())), new) if value is not None else None


def without_argument(project: Project, call: Site, argument: Site) -> Edit | None:
    """A call without one of its positional arguments, which is not its last."""
    whole, part = span(call), span(argument)
    if call.path != argument.path or not whole.start < part.start < part.end < whole.end:
        return None  # the value of a variable
    comma = _COMMA.match(project.source(call.path).data, part.end)
    return Edit(project.place(call.path, Span(part.start, comma.end())), "") if comma is not None else None


def with_argument(project: Project, call: Site, argument: str) -> Edit | None:
    """A call with one argument more."""
    whole = span(call)
    data = project.source(call.path).data[whole.start : whole.end]
    before = data[:-1].rstrip()
    if not data.endswith(b")") or b"#" in data:
        return None
    glue = "" if before.endswith(b"(") else " " if before.endswith(b",") else ", "
    end = whole.start + len(before)
    return Edit(project.place(call.path, Span(end, end)), glue + argument)


def renamed(project: Project, site: Site, old: str, new: str) -> Edit | None:
    """A string, or a part of one, that is written plainly, with another text."""
    at = span(site)
    literal = project.source(site.path).data[at.start : at.end]
    if literal[:1] not in (b'"', b"'") or literal.count(old.encode()) != 1 or b"\\" in literal:
        return None
    start = at.start + literal.index(old.encode())
    return Edit(project.place(site.path, Span(start, start + len(old.encode()))), new)
