"""Test functions, taken out of a text before it is parsed: what they do is read only when somebody asks.

They are a third of many a project, and parsing is most of what reading a file costs. A function is emptied up to its last
statement, so that it ends where it ended. Where it ends is told by its indentation, as a reader's eye would: that can be
wrong (in a bracket, in a text), so whoever parses what is left must find each emptied function, and no error.
"""

from __future__ import annotations

import re
from functools import cache

# Where one of these words stands there can be tests, and what functions of these names do is read only when asked for.
_TEST_FILES = (b"unittest", b"pytest", b"TestCase", b".test", b"testing")
TEST_FUNCTIONS = ("test", "setUp", "tearDown")

_HEAD = re.compile(rb"^( *)(?:async +)?def +(?:test|setUp|tearDown)\w* *\([^\n]*: *\n( +)(?=\S)", re.MULTILINE)
_FENCE = re.compile(rb"\"\"\"|'''")
SHORTEST = 200  # bytes that are worth it


def has_tests(data: bytes) -> bool:
    return any(word in data for word in _TEST_FILES)


def emptied(data: bytes) -> tuple[bytes, list[int]]:
    """The text with test functions emptied, and where the names of those functions' `def` lines begin."""
    starts: list[int] = []
    if b"\t" in data or b"\r" in data or b"\f" in data:
        return data, starts
    parts: list[bytes] = []
    done = 0
    for head in _HEAD.finditer(data):
        outer, inner = len(head[1]), len(head[2])
        if head.start() < done or inner <= outer:
            continue
        begin = head.start(2)
        found = _after(inner - 1).search(data, begin)
        if found is not None and len(found[0]) > outer:
            continue  # neither inside nor outside: half-typed, or in a bracket or text
        end = found.start() if found is not None else len(data)
        last = _last_statement(data, begin, end, inner)
        if last - begin < SHORTEST or _cuts_text(data, begin, last, end):
            continue
        parts += (data[done:begin], b" " * (last - begin - 1), b"\n")
        done = last
        starts.append(head.end(1))
    return b"".join((*parts, data[done:])), starts


def _last_statement(data: bytes, begin: int, end: int, indent: int) -> int:
    """Where the last line begins that begins a statement of a block."""
    statement, margin, at = _statement(indent), b"\n" + b" " * indent, end
    while (at := data.rfind(margin, begin, at)) >= 0:
        if statement.match(data, at + 1, end):
            return at + 1
    return begin


def _cuts_text(data: bytes, begin: int, last: int, end: int) -> bool:
    """Whether a text of several lines is open where the emptied part ends, or beyond the function."""
    return _is_open(data, begin, last) or _is_open(data, last, end)


def _is_open(data: bytes, begin: int, end: int) -> bool:
    if data.find(b'"""', begin, end) < 0 and data.find(b"'''", begin, end) < 0:
        return False
    fence = b""
    for mark in _FENCE.finditer(data, begin, end):
        if not fence:
            fence = mark[0]
        elif fence == mark[0]:
            fence = b""
    return bool(fence)


@cache
def _after(indent: int) -> re.Pattern[bytes]:
    """A line of code that is indented no deeper."""
    return re.compile(rb"^ {0,%d}(?=[^\s#])" % indent, re.MULTILINE)


@cache
def _statement(indent: int) -> re.Pattern[bytes]:
    """A line that begins a statement of a block with this indentation."""
    return re.compile(rb"^ {%d}(?!(?:else|elif|except|finally|case)\b)[A-Za-z_@]" % indent, re.MULTILINE)
