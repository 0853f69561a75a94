"""Source lines on a screen: what a character takes there, and where an underline has to stand."""

from __future__ import annotations

import re
from unicodedata import combining, east_asian_width

TAB = 4

# What would move the cursor, change colours or turn the reading direction is shown, never sent.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")


def printable(text: str) -> str:
    """A text that stays on its line of the screen."""
    return _CONTROL.sub(_picture, text)


def _picture(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"


def width(text: str) -> int:
    """Columns of a screen that a printable text takes."""
    if text.isascii():
        return len(text)
    return sum(_cell(character) for character in text)


def _cell(character: str) -> int:
    if combining(character) or character in "\u200b\u200d\ufe0f":
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def expand(text: str) -> str:
    """A printable line with its tabs as spaces."""
    if "\t" in text:
        parts = text.split("\t")
        out = parts[0]
        for part in parts[1:]:
            out += " " * (TAB - width(out) % TAB) + part
        text = out
    return printable(text)


def first_shown(text: str, columns: tuple[int, int], available: int) -> int:
    """The first code point of a line to show on a screen of `available` columns, so that the range `columns` is in sight."""
    start, end = columns
    if last_shown(text, 0, available) >= min(end, len(text)):
        return 0
    return max(0, start - available // 3)


def last_shown(text: str, first: int, available: int) -> int:
    """How far a line that is shown from code point `first` on fits into `available` columns."""
    taken = 0
    for index in range(first, min(len(text), first + available)):
        taken += TAB if text[index] == "\t" else _cell(text[index])
        if taken > available:
            return index
    return min(len(text), first + available)


def clip(text: str, shown: tuple[int, int]) -> str:
    """The part of a line that is shown, with an ellipsis where something was cut off."""
    first, last = shown
    left = "\u2026" if first else ""
    right = "\u2026" if last < len(text) else ""
    return expand(left + text[first:last]) + right


def underline(text: str, columns: tuple[int, int], shown: tuple[int, int]) -> str:
    """The carets under `columns` of a line that is shown clipped."""
    first, last = shown
    start, end = (max(first, min(column, last)) for column in columns)
    left = "\u2026" if first else ""
    before = expand(left + text[first:start])
    upto = expand(left + text[first:end])
    return " " * width(before) + "^" * max(1, width(upto) - width(before))
