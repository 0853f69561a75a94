"""Defaults of the database that are written as texts: a string is a literal to SQLAlchemy, not an expression."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from linter.facts import syntax as s
from linter.project.control import all_parts
from linter.project.imports.modules import is_test
from linter.project.names import callee, last_name
from linter.project.scopes import Scope, full_name, functions
from linter.project.sqlalchemy.families import Family, family_of
from linter.project.sqlalchemy.vocabulary import kind
from linter.project.trace import memo

if TYPE_CHECKING:
    from linter.project import Project

_MAKERS = frozenset({"Column", "mapped_column"})
_KEYWORDS = ("server_default", "server_onupdate")
_CALL = re.compile(r"\s*[a-z_][\w.]*\(.*\)\s*\Z", re.I | re.S)
_WORD = re.compile(r"\s*(?:current_(?:timestamp|date|time)|localtime(?:stamp)?|sysdate|systimestamp)\s*\Z", re.I)
# What a database can only mean as an expression.
_EXPRESSION: frozenset[Family] = frozenset({
    "integer", "uuid", "boolean", "float", "numeric", "date", "datetime", "time", "interval",
})  # fmt: skip


class TextDefault(msgspec.Struct, frozen=True):
    """`server_default="now()"` of a column in `scope`; `given` is the string."""

    scope: Scope
    keyword: str
    given: s.Str
    family: Family


class ServerDefaults:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.names = project.names

    @memo
    def as_texts(self, path: str) -> tuple[TextDefault, ...]:
        unit = self.project.unit(path)
        if unit is None or is_test(path) or not any(map(unit.mentions, _KEYWORDS)):
            return ()
        blocks = [(Scope(unit), unit.module.body)]
        blocks += [(Scope(unit, (), cls), cls.node.body) for cls in self.names.classes(unit)]
        blocks += [(scope, scope.statements) for scope in functions(self.names, unit, _KEYWORDS)]
        return tuple(found for scope, block in blocks for found in self._in_block(scope, block))

    def _in_block(self, scope: Scope, block: tuple[s.Stmt, ...]) -> Iterator[TextDefault]:
        for part in all_parts(block):
            if isinstance(part, s.Call) and last_name(part.func) in _MAKERS:
                yield from self._of_column(scope, part)

    def _of_column(self, scope: Scope, call: s.Call) -> Iterator[TextDefault]:
        for keyword in call.keywords:
            if keyword.name in _KEYWORDS and isinstance(keyword.value, s.Str):
                text = keyword.value.value
                if _CALL.match(text) or _WORD.match(text):
                    family = self._family(scope, call)
                    if family in _EXPRESSION and kind(full_name(self.names, scope, call.func)) in _MAKERS:
                        yield TextDefault(scope, keyword.name, keyword.value, family)

    def _family(self, scope: Scope, call: s.Call) -> Family | None:
        """The family of the type that a column is given as an argument."""
        for arg in call.args:
            func = callee(arg)
            family = family_of(last_name(func))
            if family is not None and kind(full_name(self.names, scope, func)):
                return family
        return None
