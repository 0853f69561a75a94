"""`path:line:column: severity[rule] message`, one line for each finding: for editors and grep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.report import Style, shown_path, summary
from linter.report.lines import printable

if TYPE_CHECKING:
    from linter.run import Result


def render(result: Result, style: Style) -> str:
    lines = []
    for finding in result.findings:
        at = finding.place.range
        place = f"{printable(shown_path(result.root, finding.path, style.base))}:{at.line}:{at.column + 1}"
        lines.append(f"{place}: {finding.severity}[{finding.rule}] {printable(finding.message)}")
    if style.summary:
        lines.append(summary(result, style))
    return "".join(f"{line}\n" for line in lines)
