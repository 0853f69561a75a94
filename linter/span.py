"""Places in a text, and the one conversion between the ways the outside world counts columns.

Inside ormlint a place is a pair of byte offsets into the UTF-8 form of a file's text. Python, people and our JSON count
lines from 1 and columns from 0 in code points; an editor (LSP) counts UTF-16 units.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

import msgspec


class Span(NamedTuple):
    """Byte offsets into the UTF-8 text, `end` exclusive."""

    start: int
    end: int


class Range(msgspec.Struct, frozen=True, array_like=True, order=True):
    """The same place for people: lines from 1, columns from 0 in code points, the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Lines:
    """The line table of one text. Lines end at \\n, \\r\\n or a lone \\r, as Python's tokenizer ends them."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        starts = [0]
        at = 0
        # A form feed or U+2028 ends no line for Python, so splitlines() of a str would be wrong here.
        for line in data.splitlines(keepends=True):
            at += len(line)
            starts.append(at)
        if not data.endswith((b"\n", b"\r")) and len(starts) > 1:
            starts.pop()
        self._starts = starts

    def __len__(self) -> int:
        return len(self._starts)

    def _bounds(self, line: int) -> tuple[int, int]:
        start = self._starts[line - 1]
        end = self._starts[line] if line < len(self._starts) else len(self._data)
        return start, end

    def text(self, line: int) -> str:
        """The text of a 1-based line without its line end."""
        start, end = self._bounds(line)
        return self._data[start:end].decode("utf-8", "replace").rstrip("\r\n")

    def position(self, offset: int) -> tuple[int, int]:
        """(line, column in code points) of a byte offset; offsets past the end are the end's."""
        offset = max(0, min(offset, len(self._data)))
        line = bisect_right(self._starts, offset)
        start = self._starts[line - 1]
        return line, len(self._data[start:offset].decode("utf-8", "replace"))

    def offset(self, line: int, column: int) -> int:
        """The byte offset of a line and a column in code points, both clamped to the text."""
        if line < 1:
            return 0
        if line > len(self._starts):
            return len(self._data)
        start, end = self._bounds(line)
        return start + len(self._data[start:end].decode("utf-8", "replace")[: max(column, 0)].encode("utf-8"))

    def range(self, span: Span) -> Range:
        return Range(*self.position(span.start), *self.position(span.end))

    def span(self, place: Range) -> Span:
        return Span(self.offset(place.line, place.column), self.offset(place.end_line, place.end_column))


def utf16_column(text: str, column: int) -> int:
    """A code-point column of a line as UTF-16 units."""
    return len(text[:column].encode("utf-16-le", "surrogatepass")) // 2
