"""What the checks of names in class bodies have in common: where they report, what was meant, the repair."""

from __future__ import annotations

from linter.check import Check
from linter.finding import Edit, Finding, Fix, Place, Related, Severity
from linter.project import Project
from linter.project.declarations.wrong import Wrong
from linter.project.near import near
from linter.span import Span


class NameCheck(Check):
    fixable = True

    def report(
        self, project: Project, wrong: Wrong, message: str, runtime: str = "", help: str = "", severity: Severity | None = None
    ) -> Finding:  # fmt: skip
        meant = near(wrong.part, wrong.known) if wrong.part else []
        if meant:
            help = f"did you mean {' or '.join(f'`{name}`' for name in meant)}?"
        return self.finding(
            project.place(wrong.path, wrong.span),
            message,
            severity=severity,
            runtime=runtime,
            help=help,
            related=_definitions(project, wrong),
            fix=_fix(project, wrong, meant[0]) if len(meant) == 1 else None,
        )


def _definitions(project: Project, wrong: Wrong) -> list[Related]:
    found: list[Related] = []
    if wrong.cls.unit is not wrong.where.unit and not wrong.cls.unit.is_library:
        found.append(Related(project.class_place(wrong.cls), f"`{wrong.cls.name}` is defined here"))
    if wrong.model is not None and not wrong.model.symbol.unit.is_library:
        found.append(Related(project.class_place(wrong.model.symbol), f"`{wrong.model.name}` is defined here"))
    return found


def _fix(project: Project, wrong: Wrong, name: str) -> Fix | None:
    place = _segment(project, wrong)
    return Fix(False, (Edit(place, name),), f"use `{name}`") if place is not None else None


def _segment(project: Project, wrong: Wrong) -> Place | None:
    """Where the wrong part of a plainly written string stands."""
    span = wrong.span
    literal = project.source(wrong.path).data[span.start : span.end].decode("utf-8", "replace")
    for quote in ('"', "'"):
        if literal == f"{quote}{wrong.name}{quote}":
            start = span.start + 1 + len(wrong.name[: wrong.offset].encode())
            return project.place(wrong.path, Span(start, start + len(wrong.part.encode())))
    return None
