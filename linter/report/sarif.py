"""SARIF 2.1.0: what code-scanning services read. Columns count code points, and from 1."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from linter import __version__
from linter.check import documentation_sections
from linter.finding import Finding, Fix, Place
from linter.registry import load
from linter.report import Style
from linter.span import Range

if TYPE_CHECKING:
    from linter.run import Result

_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_ROOT = "PROJECTROOT"


def render(result: Result, style: Style) -> str:
    rules = sorted({finding.rule for finding in result.findings})
    log = {
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "ormlint",
                        "semanticVersion": __version__,
                        "rules": [_rule(name) for name in rules],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": {_ROOT: {"uri": f"{result.root.as_uri()}/"}},
                "results": [_result(finding, rules.index(finding.rule)) for finding in result.findings],
            }
        ],
    }
    return json.dumps(log, indent=1) + "\n"


def _rule(name: str) -> dict[str, Any]:
    rule = load(name)
    introduction = next(text for _, text in documentation_sections(rule.documentation()))
    return {
        "id": name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": introduction or rule.summary},
        "help": {"text": rule.documentation(), "markdown": rule.documentation()},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [rule.group]},
    }


def _result(finding: Finding, index: int) -> dict[str, Any]:
    text = [finding.message]
    if finding.runtime:
        text.append(f"At run time: {finding.runtime}")
    if finding.help:
        text.append(f"Help: {finding.help}")
    related = [
        {"id": number, "message": {"text": other.message}, **_location(other.place)}
        for number, other in enumerate(finding.related, 1)
    ]
    result = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": "\n".join(text)},
        "locations": [_location(finding.place)],
    }
    if related:
        result["relatedLocations"] = related
    if finding.fix:
        result["fixes"] = [_fix(finding.fix)]
    return result


def _location(place: Place) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": _artifact(place.path), "region": _region(place.range)}}


def _artifact(path: str) -> dict[str, str]:
    return {"uri": quote(path), "uriBaseId": _ROOT}


def _region(at: Range) -> dict[str, int]:
    return {
        "startLine": at.line,
        "startColumn": at.column + 1,
        "endLine": at.end_line,
        "endColumn": at.end_column + 1,
    }


def _fix(fix: Fix) -> dict[str, Any]:
    changes: dict[str, list[dict[str, Any]]] = {}
    for edit in fix.edits:
        replacement = {"deletedRegion": _region(edit.place.range), "insertedContent": {"text": edit.text}}
        changes.setdefault(edit.place.path, []).append(replacement)
    return {
        "description": {"text": f"{fix.title or 'repair'} ({'safe' if fix.safe else 'unsafe'})"},
        "artifactChanges": [
            {"artifactLocation": _artifact(path), "replacements": replacements}
            for path, replacements in changes.items()
        ],
    }
