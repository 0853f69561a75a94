"""What is said of a name that a template asks of something that does not have it: for the rules about fields and forms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import ClassVar

from linter.check import Check
from linter.finding import Edit, Finding, Fix, Related
from linter.project import Project
from linter.project.near import near
from linter.project.templates.forms import shape
from linter.project.templates.missing import Missing, title
from linter.project.types import Instance, ModelInstance, QuerySet
from linter.project.units import ClassSymbol
from linter.span import Span

MOST_RELATED = 2  # of each kind
MOST_RENDERS = 20  # that are looked at for it
_MOMENT = re.compile(r"(?:_at|_on|_date|_time|^date|^time|timestamp)$|^(?:date|time)_|^(?:created|updated|modified)$")


class MissingName(Check):
    """`of_forms`: whether a rule speaks of forms, or of everything else."""

    kinds = frozenset({"template"})
    fixable = True
    of_forms: ClassVar[bool]

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        for missing in project.templates.missing.in_template(path):
            if all(_is_form(project, owner) for owner in missing.owners) == self.of_forms:
                yield self.report(project, path, missing)

    def report(self, project: Project, path: str, missing: Missing) -> Finding:
        meant = _near(project, missing)
        is_field = all(isinstance(o, ModelInstance) or _is_form(project, o) for o in missing.owners)
        message = f"{_listed(missing)} no {'field' if is_field else 'attribute'} `{missing.name}`"
        return self.finding(
            project.place(path, missing.span),
            message + _CONSEQUENCES[missing.outcome],
            help=_help(project, path, missing, meant),
            related=[*_definitions(project, missing), *_renders(project, path, missing)],
            fix=_fix(project, path, missing, meant[0]) if len(meant) == 1 else None,
        )


_CONSEQUENCES = {"": "", "never": ", so this condition is never true", "always": ", so this condition is always true"}


def _listed(missing: Missing) -> str:
    names = list(dict.fromkeys(title(owner) for owner in missing.owners))
    if len(names) > 3:
        names[3:] = [f"{len(names) - 3} more"]
    return f"{' and '.join(names)} {'has' if len(names) == 1 else 'have'}"


def _is_form(project: Project, owner: object) -> bool:
    return isinstance(owner, Instance) and shape(project.flow, owner.symbol) is not None


# --- what was meant --------------------------------------------------------------------------------------------------


def _near(project: Project, missing: Missing) -> list[str]:
    """Names like the missing one that all of its owners have, the likeliest first."""
    sets = [project.templates.missing.names(owner) for owner in missing.owners]
    return near(missing.name, frozenset.intersection(*sets))


def _moment(project: Project, missing: Missing) -> str:
    """The only date or time of the model, where the missing name is that of one."""
    if not _MOMENT.search(missing.name):
        return ""
    found = [project.templates.missing.moments(owner) for owner in missing.owners]
    return found[0][0] if all(len(names) == 1 and names == found[0] for names in found) else ""


def _help(project: Project, path: str, missing: Missing, meant: list[str]) -> str:
    if meant:
        return f"did you mean {' or '.join(f'`{name}`' for name in meant)}?"
    moment = _moment(project, missing)
    if moment:
        return f"did you mean `{moment}`?"
    if all(project.templates.missing.row_has(owner, missing.name) for owner in missing.owners):
        return f"ask each of its rows for `{missing.name}`, in a loop"
    return ""


def _fix(project: Project, path: str, missing: Missing, name: str) -> Fix:
    end = missing.span.end
    segment = Span(end - len(missing.name.encode()), end)
    return Fix(False, (Edit(project.place(path, segment), name),), f"use `{name}`")


# --- where it comes from -----------------------------------------------------------------------------------------------


def _definitions(project: Project, missing: Missing) -> Iterator[Related]:
    classes = list(dict.fromkeys(_class(owner) for owner in missing.owners))
    for cls in [c for c in classes if c is not None and not c.unit.is_library][:MOST_RELATED]:
        yield Related(project.class_place(cls), f"`{cls.name}` is defined here")


def _class(owner: object) -> ClassSymbol | None:
    if isinstance(owner, (ModelInstance, QuerySet)):
        return owner.model.symbol
    return owner.symbol if isinstance(owner, Instance) else None


def _renders(project: Project, path: str, missing: Missing) -> Iterator[Related]:
    """Places that render the template, those first that give it the variable by this very name."""
    finder = project.templates.missing
    origin = finder.origin(path, missing.root)
    renders = list(islice(finder.renders(path), MOST_RENDERS))
    giving = [render for render in renders if render.context.get(origin) is not None]
    for render in (giving or renders)[:MOST_RELATED]:
        yield Related(render.place, f"rendered from here with `{origin}`" if giving else "rendered from here")
