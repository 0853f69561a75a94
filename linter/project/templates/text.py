"""The text of a template, for what no record tells: where a word stands."""

from __future__ import annotations

import re

from linter.span import Span


def blanked(text: str, pattern: re.Pattern[str]) -> str:
    """The text with all that matches blanked out, everything else where it was."""
    return pattern.sub(lambda match: " " * len(match[0]), text)


def bytes_of(text: str, start: int, end: int) -> Span:
    """The span of a range of characters."""
    return Span(len(text[:start].encode()), len(text[:end].encode()))
