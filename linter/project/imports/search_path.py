"""Folders that a project's entry points put on `sys.path`, packages among them: `site.addsitedir("apps")` in manage.py."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from posixpath import dirname

import msgspec

from linter.facts import syntax as s
from linter.facts.files import Facts, PythonFile
from linter.project.control import parts
from linter.project.names import last_name
from linter.project.units import walk

_ENTRIES = ("manage.py", "wsgi.py", "asgi.py", "settings.py", "base.py", "common.py")
_WORDS = (b"addsitedir", b"insert", b"append")
_module = msgspec.msgpack.Decoder(s.Module)


def added_folders(files: Mapping[str, Facts]) -> set[str]:
    """Those that hold Python files of the project."""
    folders = {dirname(path) for path in files if path.endswith(".py")}
    found: set[str] = set()
    for path, file in files.items():
        if path.endswith(_ENTRIES) and isinstance(file, PythonFile) and any(word in file.module for word in _WORDS):
            found.update(
                folder for said in _said(bytes(file.module)) for folder in _below(path, said) if folder in folders
            )
    return found


def _said(module: bytes) -> Iterator[str]:
    """The relative paths in `site.addsitedir(…)`, `sys.path.insert(0, …)`, `sys.path.append(…)`."""
    for node, _ in walk(_module.decode(module).body):
        for part in parts(node):
            if isinstance(part, s.Call) and _is_adding(part.func) and part.args:
                texts = list(_texts(part.args[-1]))
                if texts:
                    yield "/".join(texts).strip("/")


def _is_adding(func: s.Expr) -> bool:
    match func:
        case s.Attr(value=s.Attr(value=s.Name(id="sys"), name="path"), name="insert" | "append"):
            return True
    return last_name(func) == "addsitedir"


def _texts(expr: s.Expr) -> Iterator[str]:
    """The parts of `os.path.join(ROOT, "apps")`, `str(ROOT / "apps")`, `path("apps")`."""
    if isinstance(expr, s.Str):
        yield expr.value
    elif isinstance(expr, s.Call):
        for argument in expr.args:
            yield from _texts(argument)
    elif isinstance(expr, s.Op) and expr.op == "/":
        for operand in expr.operands:
            yield from _texts(operand)


def _below(path: str, said: str) -> Iterable[str]:
    """The folder, below that of the file or one around it."""
    folder = dirname(path)
    while folder:
        yield f"{folder}/{said}"
        folder = dirname(folder)
    yield said
