"""What a check is. Adding one is adding one file below `checks/` and one folder of testdata: nothing is registered."""

from __future__ import annotations

import inspect
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from typing import ClassVar

from linter.facts.files import Kind
from linter.finding import Finding, Fix, Place, Related, Severity
from linter.project import Project


class Rule:
    """What has a name and can be reported, selected and suppressed. The docstring is the documentation."""

    name: ClassVar[str]  # kebab-case noun phrase for the bad thing, the file's name; set by the registry
    group: ClassVar[str]  # the folder's name; set by the registry
    summary: ClassVar[str]  # one line, what is reported
    severity: ClassVar[Severity]
    aliases: ClassVar[tuple[str, ...]] = ()
    fixable: ClassVar[bool] = False

    def finding(
        self,
        place: Place,
        message: str,
        *,
        severity: Severity | None = None,
        runtime: str = "",
        help: str = "",
        related: Iterable[Related] = (),
        fix: Fix | None = None,
    ) -> Finding:
        return Finding(
            self.name, self.group, severity or self.severity, place, message, runtime, help, tuple(related), fix
        )

    @classmethod
    def documentation(cls) -> str:
        return inspect.cleandoc(cls.__doc__ or "")


class Check(Rule, ABC):
    """One question asked of the Project, once for each file it may report in.

    `kinds` are the kinds of file that findings can stand in. A check reports only in the file it was asked about; other
    files belong into `related`.
    """

    kinds: ClassVar[frozenset[Kind]] = frozenset({"python"})

    @abstractmethod
    def check(self, project: Project, path: str) -> Iterable[Finding]:
        """The findings in one file."""


def documentation_sections(text: str) -> Iterator[tuple[str, str]]:
    """(heading, text) of a check's documentation; the first part has an empty heading."""
    heading, lines = "", list[str]()
    for line in text.splitlines():
        if line.startswith("## "):
            yield heading, "\n".join(lines).strip()
            heading, lines = line[3:].strip(), []
        else:
            lines.append(line)
    yield heading, "\n".join(lines).strip()
