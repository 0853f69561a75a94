"""Source -> facts, one module for each kind of file. Pure functions of the bytes."""

from __future__ import annotations

import msgspec

from linter.facts.files import Code, Facts, Kind, PythonFile, TemplateFile, TextFile, UnreadFile
from linter.source import Unreadable, decode

_encode = msgspec.msgpack.Encoder().encode


def facts_of(path: str, kind: Kind, raw: bytes) -> Facts:
    """What a file says. `path` only serves the messages and the coding rules: equal bytes give equal facts."""
    try:
        source = decode(path, raw)
    except Unreadable as problem:
        return UnreadFile(str(problem))
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
