"""Findings for people and machines: one module for each format, each with `render(result, style) -> str`."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from linter.finding import Finding

if TYPE_CHECKING:
    from linter.run import Result

FORMATS = ("text", "concise", "json", "sarif", "github")


class Style(msgspec.Struct, frozen=True):
    """How the reader's screen is. `summary`: close with a line of figures; `statistics`: with what was decided, too; `base`
    is the folder that the reader stands in, the current one where it is empty."""

    color: bool = False
    width: int = 120
    summary: bool = True
    statistics: bool = False
    base: str = ""


def render(name: str, result: Result, style: Style) -> str:
    """The whole report as one text."""
    text: str = import_module(f"linter.report.{name}").render(result, style)
    return text


def shown_path(root: Path, path: str, base: str = "") -> str:
    """A project path as somebody standing in `base` (or the current folder) would write it, so that it can be clicked on."""
    base = base or os.getcwd()
    return path if str(root) == base else os.path.relpath(root / path, base).replace(os.sep, "/")


_NOUNS = {"error": "error", "warning": "warning", "info": "note"}


def count(number: int, noun: str) -> str:
    return f"{number:,} {noun if number == 1 else noun + 's'}"


def fix_hint(finding: Finding) -> str:
    if finding.fix is None:
        return ""
    return "safe, --fix" if finding.fix.safe else "unsafe, --unsafe-fixes"


def summary(result: Result, style: Style) -> str:
    """What was found in how much, in one or two sentences."""
    return f"{_found(result.findings)}. {_read(result, style)}"


def _found(findings: Iterable[Finding]) -> str:
    found = list(findings)
    if not found:
        return "no findings"
    by_severity = Counter[str](f.severity for f in found)
    parts = [count(by_severity[key], noun) for key, noun in _NOUNS.items() if by_severity[key]]
    text = f"{', '.join(parts)} in {count(len({f.path for f in found}), 'file')}"
    safe = sum(1 for f in found if f.fix and f.fix.safe)
    unsafe = sum(1 for f in found if f.fix and not f.fix.safe)
    if safe:
        text += f", {safe:,} fixable with --fix"
    if unsafe:
        text += f", {unsafe:,} {'more ' if safe else 'fixable '}with --unsafe-fixes"
    return text


def _read(result: Result, style: Style) -> str:
    figures = result.statistics
    text = f"{count(figures.files, 'Python file')} and {count(figures.templates, 'template')} read"
    if style.statistics:
        decided = [f"{100 * part / whole:.0f} % of {what}" for what, (part, whole) in figures.shares.items() if whole]
        if decided:
            text += f", {' and '.join([', '.join(decided[:-1]), decided[-1]] if decided[1:] else decided)} decided,"
    return f"{text} in {figures.seconds:.1f} s."
