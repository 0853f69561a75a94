"""What Alembic's migrations say happened to names: tables and columns that were renamed, tables that were made.

Only asked once something is known to be wrong, to say what became of a name; so every migration may be read for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from linter.facts import syntax as s
from linter.project.names import last_name
from linter.project.sqlalchemy.values import Scope, Site, text_of
from linter.project.units import Unit

if TYPE_CHECKING:
    from linter.project import Project

_NAME = r"""["`\[]?(?:\w+["`\]]?\.["`\[]?)?(\w+)["`\]]?"""
_RENAME_TABLE = re.compile(rf"ALTER\s+TABLE\s+(?:IF\s+EXISTS\s+)?(?:ONLY\s+)?{_NAME}\s+RENAME\s+TO\s+{_NAME}", re.I)
_RENAME_TABLE_MYSQL = re.compile(rf"RENAME\s+TABLE\s+{_NAME}\s+TO\s+{_NAME}", re.I)
_RENAME_COLUMN = re.compile(
    rf"ALTER\s+TABLE\s+(?:IF\s+EXISTS\s+)?(?:ONLY\s+)?{_NAME}\s+RENAME\s+COLUMN\s+{_NAME}\s+TO\s+{_NAME}", re.I
)


class Rename(msgspec.Struct, frozen=True):
    """A table's name was changed from `old` to `new`; with a `column` it was that column's, of the table `old`."""

    old: str
    new: str
    column: str
    revision: str
    site: Site


class Created(msgspec.Struct, frozen=True):
    table: str
    revision: str
    site: Site


class AlembicRenames:
    def __init__(self, project: Project) -> None:
        self.values = project.tables.values
        self.renames: list[Rename] = []
        self.created: dict[str, Created] = {}
        for unit in project.units():
            if b"down_revision" in unit.facts.module and {"revision", "down_revision"} <= unit.names.keys():
                self._read(unit)

    def table(self, name: str) -> Rename | None:
        """The migration that took a name away from a table."""
        return next((r for r in reversed(self.renames) if r.old == name and not r.column), None)

    def column(self, table: str, name: str) -> Rename | None:
        return next((r for r in reversed(self.renames) if r.old == table and r.column == name), None)

    def _read(self, unit: Unit) -> None:
        revision = text_of(self.values.named("revision", self.values.module(unit))) or "?"
        for node in unit.module.body:
            if isinstance(node, s.FunctionDef) and "downgrade" not in node.name:
                for call, scope, table in self._calls(unit.body(node).statements, Scope(unit, node), ""):
                    self._call(call, scope, table, revision)

    def _calls(self, block: tuple[s.Stmt, ...], scope: Scope, table: str) -> Iterator[tuple[s.Call, Scope, str]]:
        """The calls that stand as statements; `table` is that of an enclosing `with op.batch_alter_table(…)`."""
        for node in block:
            if isinstance(node, s.ExprStmt) and isinstance(node.value, s.Call):
                yield node.value, scope, table
            elif isinstance(node, s.Assign):
                if isinstance(node.value, s.Call):
                    yield node.value, scope, table
                self.values.bind(node, scope)
            elif isinstance(node, s.With):
                yield from self._calls(node.body, scope, self._batch(node, scope) or table)
            elif isinstance(node, (s.If, s.For)):
                yield from self._calls(node.body, scope, table)
                yield from self._calls(node.orelse, scope, table)
            elif isinstance(node, s.Try):
                yield from self._calls(node.body, scope, table)

    def _batch(self, node: s.With, scope: Scope) -> str | None:
        for expr, _ in node.items:
            if isinstance(expr, s.Call) and last_name(expr.func) == "batch_alter_table" and expr.args:
                return self._text(expr.args[0], scope)
        return None

    def _call(self, call: s.Call, scope: Scope, table: str, revision: str) -> None:
        name = last_name(call.func)
        site = scope.site(call.at)
        texts = [self._text(arg, scope) or "" for arg in call.args]
        if name == "rename_table" and len(texts) == 2 and all(texts):
            self.renames.append(Rename(texts[0], texts[1], "", revision, site))
        elif name == "create_table" and texts and texts[0]:
            self.created.setdefault(texts[0], Created(texts[0], revision, site))
        elif name == "alter_column" and texts:
            given = call.keyword("new_column_name")
            new = self._text(given, scope) if given is not None else None
            old = texts[-1] if table else texts[1] if len(texts) > 1 else ""
            if new and old:
                self.renames.append(Rename(table or texts[0], new, old, revision, site))
        elif name == "execute" and call.args:
            inner = call.args[0]
            if isinstance(inner, s.Call) and inner.args:  # sa.text("…")
                inner = inner.args[0]
            self._statement(self._text(inner, scope) or "", revision, site)

    def _statement(self, sql: str, revision: str, site: Site) -> None:
        for pattern in (_RENAME_TABLE, _RENAME_TABLE_MYSQL):
            for old, new in pattern.findall(sql):
                self.renames.append(Rename(old, new, "", revision, site))
        for table, old, new in _RENAME_COLUMN.findall(sql):
            self.renames.append(Rename(table, new, old, revision, site))

    def _text(self, expr: s.Expr, scope: Scope) -> str | None:
        return text_of(self.values.value(expr, scope))
