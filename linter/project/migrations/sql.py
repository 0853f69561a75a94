"""SQL as text: its statements, without what cannot matter, and the kinds of statement that not every database runs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from linter.project.migrations.rows import SQL, Row
from linter.project.migrations.vendors import Vendor

# Comments, string literals and dollar quotes; quoted names stay as they are.
_SKIPPED = re.compile(
    r"(?P<comment>--[^\n]*|/\*.*?\*/)|(?P<text>'(?:[^']|'')*')|(?P<dollar>\$(?P<tag>\w*)\$.*?\$(?P=tag)\$)|(?P<end>;)",
    re.S,
)

_BLOCK = re.compile(r"\b(BEGIN|DECLARE|DELIMITER)\b", re.I)
_UPDATE = re.compile(r"UPDATE\s+\W?(?P<table>\w+)\W?\s+SET\b(?P<what>.*)", re.I | re.S)
_NUMBERED = re.compile(r"(?:^|,)\s*\W?(\w+)\W?\s*=\s*[01]\s*(?=$|,|\bWHERE\b)", re.I)


def statements(text: str) -> Iterator[str]:
    """The statements of a script; a literal is left as `''`, a dollar quote as `$$`."""
    out: list[str] = []
    at = 0
    for match in _SKIPPED.finditer(text):
        out.append(text[at : match.start()])
        at = match.end()
        if match["text"] is not None:
            out.append("''")
        elif match["dollar"] is not None:
            out.append("$$")
        elif match["end"] is not None:
            yield "".join(out).strip()
            out = []
        else:
            out.append(" ")
    out.append(text[at:])
    yield "".join(out).strip()


def refused(text: str, vendor: Vendor) -> Row | None:
    """The first kind of statement in a script that a database cannot run."""
    for statement in statements(text):
        for sql in SQL if statement else ():
            if vendor in sql.row.fails and _pattern(sql.pattern).search(statement):
                return sql.row
    return None


def is_script(text: str) -> bool:
    """Whether a text holds more than one statement. Where a block begins, a semicolon may stand inside of one."""
    return not _BLOCK.search(text) and sum(bool(statement) for statement in statements(text)) > 1


def sets_to_number(text: str, booleans: Iterable[tuple[str, str]]) -> bool:
    """Whether a statement sets one of some columns, given as (table, name), to 0 or 1."""
    for statement in statements(text) if booleans else ():
        updated = _UPDATE.match(statement)
        if updated is not None:
            table, what = updated["table"].lower(), updated["what"].partition("where")[0]
            if any((table, name.lower()) in booleans for name in _NUMBERED.findall(what)):
                return True
    return False


@cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.I | re.S)
