"""The report for people: the place, the source with the exact range underlined, related places, the run-time error, help."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from linter.finding import Finding
from linter.report import Style, fix_hint, shown_path, summary
from linter.report.lines import clip, first_shown, last_shown, printable, underline
from linter.source import Source, Unreadable
from linter.span import Lines, Range

if TYPE_CHECKING:
    from linter.run import Result

BEFORE = 2  # lines of context above
MOST = 6  # lines of a long range

_COLORS = {"error": "1;31", "warning": "1;33", "info": "1;34", "frame": "34", "strong": "1"}


def render(result: Result, style: Style) -> str:
    read = cache(result.source)
    parts = ["\n".join(_Block(result.root, read, style, finding).lines()) + "\n\n" for finding in result.findings]
    if style.summary:
        parts.append(f"{summary(result, style)}\n")
    return "".join(parts)


class _Block:
    """One finding."""

    def __init__(self, root: Path, read: Callable[[str], Source], style: Style, finding: Finding) -> None:
        self.root, self.read, self.style, self.finding = root, read, style, finding
        at = finding.place.range
        self.gutter = len(str(min(at.end_line, at.line + MOST)))

    def paint(self, color: str, text: str) -> str:
        return f"\x1b[{_COLORS[color]}m{text}\x1b[0m" if self.style.color and text else text

    def lines(self) -> Iterator[str]:
        finding = self.finding
        severity = self.paint(finding.severity, f"{finding.severity}[{finding.rule}]")
        yield f"{severity}: {self.paint('strong', printable(finding.message))}"
        yield f"{' ' * self.gutter}{self.paint('frame', '-->')} {self.where(finding.path, finding.place.range)}"
        yield from self.source()
        for related in finding.related:
            yield self.note(f"{self.where(related.place.path, related.place.range)}: {printable(related.message)}")
        if finding.runtime:
            yield self.note(f"{self.paint('strong', 'at run time:')} {printable(finding.runtime)}")
        hint = fix_hint(finding)
        if finding.help or hint:
            help = printable(finding.help or (finding.fix.title if finding.fix else "") or "it can be fixed")
            yield self.note(f"{self.paint('strong', 'help:')} {help}{f'  ({hint})' if hint else ''}")

    def where(self, path: str, at: Range) -> str:
        return f"{printable(shown_path(self.root, path, self.style.base))}:{at.line}:{at.column + 1}"

    def note(self, text: str) -> str:
        return f"{' ' * self.gutter} {self.paint('frame', '=')} {text}"

    def framed(self, number: str, text: str) -> str:
        return f"{self.paint('frame', f'{number:>{self.gutter}} |')} {text}".rstrip()

    def source(self) -> Iterator[str]:
        """The lines of the finding; none where the file cannot be read any more."""
        try:
            lines = self.read(self.finding.path).lines
        except (OSError, Unreadable):  # the file may be gone, or no text any more: the finding stands all the same
            return
        at = self.finding.place.range
        if at.line > len(lines):
            return
        yield self.framed("", "")
        first = max(1, at.line - BEFORE)
        while first < at.line and not lines.text(first).strip():
            first += 1
        last = min(at.end_line, at.line + MOST - 1, len(lines))
        available = max(20, self.style.width - self.gutter - 3)
        left = _first_shown(lines, at, available)
        for number in range(first, last + 1):
            text = lines.text(number)
            shown = (left, last_shown(text, left, available))
            yield self.framed(str(number), clip(text, shown))
            columns = _columns(text, number, at)
            if columns:
                carets = underline(text, columns, shown)
                yield self.framed("", self.paint(self.finding.severity, carets))
        if last < at.end_line:
            yield self.framed("", "\u2026")


def _first_shown(lines: Lines, at: Range, available: int) -> int:
    """Where the lines of a block begin: all at the same code point, so that they stay in line with each other."""
    text = lines.text(at.line)
    end = at.end_column if at.end_line == at.line else len(text)
    return first_shown(text, (at.column, end), available)


def _columns(text: str, number: int, at: Range) -> tuple[int, int] | None:
    """Which columns of a line are meant; None where none are."""
    if not at.line <= number <= at.end_line:
        return None
    indent = len(text) - len(text.lstrip())
    start = at.column if number == at.line else indent
    end = at.end_column if number == at.end_line else len(text.rstrip())
    if number != at.line and end <= start:
        return None
    return start, end
