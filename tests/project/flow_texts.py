"""Types as short texts, and the types that a piece of code asks to be shown."""

from __future__ import annotations

import re

from linter.facts import syntax as s
from linter.project import Project
from linter.project.types import (
    NEVER,
    ClassType,
    Constant,
    DictType,
    Function,
    Instance,
    LibraryThing,
    Method,
    ModelInstance,
    QuerySet,
    Scalar,
    Sequence,
    TupleType,
    Type,
    Union_,
    UnknownType,
)

EXPECTED = re.compile(r"reveal\(.*\)\s*#\s*(?P<text>.+)$")


def text(kind: Type) -> str:
    if kind == NEVER:
        return "never"
    if isinstance(kind, UnknownType):
        return "?"
    if isinstance(kind, Union_):
        return " | ".join(sorted(map(text, kind.members)))
    if isinstance(kind, ModelInstance):
        return kind.model.name + _extra(kind.extra, kind.is_open)
    if isinstance(kind, QuerySet):
        name = "Manager" if kind.is_manager else "QuerySet"
        rows = "" if kind.rows == "instance" else f":{kind.rows}"
        return f"{name}[{kind.model.name}{_extra(kind.extra, kind.is_open)}{rows}]"
    if isinstance(kind, Constant):
        return repr(kind.value)
    if isinstance(kind, Scalar):
        return kind.name
    if isinstance(kind, Sequence):
        return "[]" if kind.element == NEVER else f"[{text(kind.element)}]"
    if isinstance(kind, TupleType):
        return f"({', '.join(map(text, kind.items))})"
    if isinstance(kind, DictType):
        items = [f"{name}: {text(value)}" for name, value in kind.items]
        return "{" + ", ".join([*items, "..."] if kind.is_open else items) + "}"
    return _thing(kind)


def _extra(names: frozenset[str], is_open: bool) -> str:
    return "".join(f"+{name}" for name in sorted(names)) + ("~" if is_open else "")


def _thing(kind: Type) -> str:
    if isinstance(kind, Instance):
        return f"{kind.symbol.name}()"
    if isinstance(kind, ClassType):
        return f"type {kind.symbol.name}"
    if isinstance(kind, Function):
        return f"def {kind.symbol.node.name}"
    if isinstance(kind, Method):
        return f"method {kind.name}"
    if isinstance(kind, LibraryThing):
        return kind.dotted.rpartition(".")[2] + ("()" if kind.called else "")
    return type(kind).__name__


def revealed(project: Project, path: str) -> dict[int, str]:
    """What stands in each `reveal(…)` of a file, by its line."""
    unit = project.unit(path)
    assert unit is not None
    found = {}
    for call, scope in project.flow.unit_calls(unit):
        if isinstance(call.func, s.Name) and call.func.id == "reveal":
            line = project.place(path, scope.span(call.at)).range.line
            found[line] = text(project.flow.expression(scope, call.args[0]))
    return found


def expected(project: Project, path: str) -> dict[int, str]:
    """What the comments after them say."""
    lines = project.source(path).text.splitlines()
    matches = {number: EXPECTED.search(line) for number, line in enumerate(lines, 1)}
    found = {number: match["text"].strip() for number, match in matches.items() if match}
    assert found, "nothing is revealed"
    return found
