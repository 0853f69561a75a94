from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from linter.check import Check
from linter.facts import syntax as s
from linter.finding import Edit, Finding, Fix
from linter.project import Project
from linter.project.requirements.pins import allows, pin
from linter.span import Span

if TYPE_CHECKING:
    from linter.project.sqlalchemy.criteria import Condition, Element

_WRITTEN = re.compile(rb"\s*\bis(\s+not)?\s+(None|True|False)\b")


class IdentityComparison(Check):
    """A query condition made with `is` or `is not`: Python compares the column object, and the database is not asked.

    `User.deleted_at` is an object that is never `None`, so `User.deleted_at is None` is plain `False` before SQLAlchemy
    sees it. Nothing is raised: `where(User.deleted_at is None)` becomes

    ```text
    WHERE false
    ```

    and finds no row, ever; `is not None` becomes `WHERE true` and finds all of them.

    Beware of automatic repairs: ruff's unsafe fixes for `E711` turn the right `User.deleted_at == None` into this mistake.
    `User.deleted_at.is_(None)` says the same and is left alone.

    ## Bad

    ```python
    # file: app/models.py
    from sqlalchemy import Column, DateTime, Integer, select
    from sqlalchemy.orm import declarative_base

    Base = declarative_base()


    class User(Base):
        __tablename__ = "users"

        id = Column(Integer, primary_key=True)
        deleted_at = Column(DateTime)


    def active():
        return select(User).where(User.deleted_at is None)
    ```

    ## Good

    ```python
    # file: app/models.py
    from sqlalchemy import Column, DateTime, Integer, select
    from sqlalchemy.orm import declarative_base

    Base = declarative_base()


    class User(Base):
        __tablename__ = "users"

        id = Column(Integer, primary_key=True)
        deleted_at = Column(DateTime)


    def active():
        return select(User).where(User.deleted_at.is_(None))
    ```

    ## Silent when

    - the value belongs to a row (`user.deleted_at is None`), or it is not known to be a mapped class;
    - the comparison is not given to a query, nor gathered in a list.

    ## Fix

    `is None` becomes `.is_(None)`, `is not None` becomes `.is_not(None)` (`.isnot(None)` where SQLAlchemy 1.3 is allowed).
    Safe for columns. A relationship is compared with `==`, which is left to you.
    """

    summary = "a query condition made with `is`, which Python answers"
    severity = "error"
    fixable = True

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        if not project.uses_sqlalchemy:
            return
        criteria = project.tables.criteria
        for condition in criteria.conditions(path):
            expr = condition.expr
            if not (isinstance(expr, s.Op) and expr.op in ("is", "is not") and len(expr.operands) == 2):
                continue
            column, value = expr.operands
            if not (isinstance(value, s.Lit) and (value.value is None or isinstance(value.value, bool))):
                continue
            element = criteria.element(column, condition.scope)
            if element is not None:
                yield self.report(project, path, condition, element, column, expr.op, value)

    def report(
        self, project: Project, path: str, condition: Condition, element: Element, column: s.Expr, op: str, value: s.Lit
    ) -> Finding:
        span = condition.scope.span(getattr(column, "at", s.NOWHERE))
        written = _WRITTEN.match(project.source(path).data, span.end)
        whole = Span(span.start, written.end()) if written is not None else span
        always = "true" if op == "is not" else "false"
        if element.is_relationship:
            right = f"{element.name} {'!=' if op == 'is not' else '=='} {value.value}"
        else:
            right = f"{element.name}.{_method(project, op)}({value.value})"
        fix = None
        if written is not None and not element.is_relationship:
            place = project.place(path, Span(span.end, written.end()))
            text = f".{_method(project, op)}({value.value})"
            fix = Fix(True, (Edit(place, text),), "let the database compare")
        return self.finding(
            project.place(path, whole),
            f"`{element.name} {op} {value.value}` is always {'True' if op == 'is not' else 'False'}",
            runtime=f"WHERE {always}",
            help=f"write `{right}`",
            fix=fix,
        )


def _method(project: Project, op: str) -> str:
    if op == "is":
        return "is_"
    wanted = pin(project.files, "sqlalchemy")
    return "isnot" if wanted and allows(wanted, "1.3.24") else "is_not"
