"""One JSON array of findings; docs/json.md says what every key means."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from linter.finding import Finding, Fix, Place
from linter.report import Style

if TYPE_CHECKING:
    from linter.run import Result


def render(result: Result, style: Style) -> str:
    return rows(_record(finding) for finding in result.findings)


def rows(records: Any) -> str:
    """A JSON array with one record to a line: for programs, and for the eye and diff too."""
    lines = [json.dumps(record, ensure_ascii=False) for record in records]
    text = "[\n" + ",\n".join(lines) + "\n]\n" if lines else "[]\n"
    # A file name that is not UTF-8 comes as a lone surrogate, which no UTF-8 output can hold: JSON's own escape can.
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _record(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "group": finding.group,
        "severity": finding.severity,
        **_place(finding.place),
        "message": finding.message,
        "runtime": finding.runtime,
        "help": finding.help,
        "related": [{**_start(related.place), "message": related.message} for related in finding.related],
        "fix": _fix(finding.fix) if finding.fix else None,
    }


def _start(place: Place) -> dict[str, Any]:
    return {"path": place.path, "line": place.range.line, "column": place.range.column}


def _place(place: Place) -> dict[str, Any]:
    return {**_start(place), "end_line": place.range.end_line, "end_column": place.range.end_column}


def _fix(fix: Fix) -> dict[str, Any]:
    edits = [{**_place(edit.place), "text": edit.text} for edit in fix.edits]
    return {"safe": fix.safe, "title": fix.title, "edits": edits}
