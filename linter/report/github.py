"""GitHub workflow commands: annotations on the changed lines of a pull request."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from linter.finding import Finding
from linter.report import Style, shown_path, summary

if TYPE_CHECKING:
    from linter.run import Result

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


def render(result: Result, style: Style) -> str:
    # GitHub looks the path up from the top of the checkout, which need not be the project's root.
    base = os.environ.get("GITHUB_WORKSPACE") or str(result.root)
    lines = [_command(finding, shown_path(result.root, finding.path, base)) for finding in result.findings]
    if style.summary:
        lines.append(summary(result, style))
    return "".join(f"{line}\n" for line in lines)


def _command(finding: Finding, path: str) -> str:
    at = finding.place.range
    properties = {"file": path, "line": at.line, "endLine": at.end_line}
    if at.line == at.end_line:  # columns are refused for a range of several lines
        properties |= {"col": at.column + 1, "endColumn": at.end_column + 1}
    properties["title"] = f"ormlint: {finding.rule}"
    text = [finding.message]
    if finding.runtime:
        text.append(f"at run time: {finding.runtime}")
    text += [f"{r.place.path}:{r.place.range.line}: {r.message}" for r in finding.related]
    if finding.help:
        text.append(f"help: {finding.help}")
    written = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return f"::{_COMMANDS[finding.severity]} {written}::{_data(chr(10).join(text))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
