"""Source -> facts, one module for each kind of file. Pure functions of the bytes."""

from __future__ import annotations

import msgspec

from linter.facts.files import Code, Facts, FixtureFile, Kind, LockFile, PythonFile, TemplateFile, TextFile, UnreadFile
from linter.source import Source, Unreadable, decode

# A parser takes some 400 bytes of memory, and 3 microseconds, for each of these. A megabyte of hand-written code holds
# 100,000; who holds more is a table of numbers. A long string is no such thing, however long it is.
MARKS = (b",", b";", b"\n", b"(", b"[", b"{", b".", b"=", b"+")
MOST_MARKS = 300_000

_encode = msgspec.msgpack.Encoder().encode


def facts_of(path: str, kind: Kind, raw: bytes) -> Facts:
    """What a file says. `path` only serves the messages and the coding rules: equal bytes give equal facts."""
    if kind == "bytecode":
        return TextFile("")
    if kind == "fixture":
        from linter.extract.fixtures import models_in

        return FixtureFile(models_in(raw))
    try:
        source = decode(path, raw)
        if kind == "lock":
            from linter.extract.lock import locked

            return LockFile(locked(source.text))
        if len(raw) > MOST_MARKS and sum(map(source.data.count, MARKS)) > MOST_MARKS:
            raise Unreadable("is data, not source: too large to be parsed")
        return _facts(kind, source)
    except Unreadable as problem:
        return UnreadFile(str(problem))
    except RecursionError:
        return UnreadFile("nests deeper than can be followed")


def _facts(kind: Kind, source: Source) -> Facts:
    if kind == "python":
        from linter.extract.python import extract

        read = extract(source.data)
        bodies = tuple(_encode(body) for body in read.bodies)
        code = Code(read.spans, bodies, read.starts)
        return PythonFile(_encode(read.module), _encode(code))
    if kind == "template":
        from linter.extract.templates import extract_template

        return TemplateFile(_encode(extract_template(source.data)))
    return TextFile(source.text)
