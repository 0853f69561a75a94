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
    from linter.project.sqlalchemy.criteria import Condition, Criteria, Element

UNDEFINED = "Boolean value of this clause is not defined"
_NOT = re.compile(rb"\bnot\s+$")
_IN = re.compile(rb"\s+(not\s+)?in\s+")


class NegationOrMembership(Check):
    """A query condition made with Python's `not` or `in`, which never become SQL.

    `not User.active` is plain `False`, since the attribute is an object and true as such; `User.name in ["ann", "bob"]`
    compares that object with two texts and is `False` too. Nothing is raised, and the query becomes

    ```text
    WHERE false
    ```

    `not in`, and `not (User.name == "ann")`, are `True`: all rows. For some conditions, such as `not (User.age > 3)`,
    SQLAlchemy refuses instead: `TypeError: Boolean value of this clause is not defined`.

    Beware of automatic repairs: ruff's unsafe fixes for `E712` turn the right `User.active == False` into `not User.active`.

    ## Bad

    ```python
    # file: app/models.py
    from sqlalchemy import Boolean, Column, Integer, select
    from sqlalchemy.orm import declarative_base

    Base = declarative_base()


    class User(Base):
        __tablename__ = "users"

        id = Column(Integer, primary_key=True)
        active = Column(Boolean)


    def inactive():
        return select(User).where(not User.active)
    ```

    ## Good

    ```python
    # file: app/models.py
    from sqlalchemy import Boolean, Column, Integer, select
    from sqlalchemy.orm import declarative_base

    Base = declarative_base()


    class User(Base):
        __tablename__ = "users"

        id = Column(Integer, primary_key=True)
        active = Column(Boolean)


    def inactive():
        return select(User).where(~User.active)
    ```

    ## Silent when

    - the value belongs to a row (`not user.active`), or it is not known to be a mapped class;
    - it is not given to a query, nor gathered in a list.

    ## Fix

    `not X` becomes `~X` and `X in values` becomes `X.in_(values)`. Safe for columns; where more than a plain name follows,
    it is left to you.
    """

    summary = "a query condition made with Python's `not` or `in`"
    severity = "error"
    fixable = True

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        if not project.uses_sqlalchemy:
            return
        criteria = project.tables.criteria
        for condition in criteria.conditions(path):
            expr = condition.expr
            if not isinstance(expr, s.Op):
                continue
            if expr.op == "not":
                yield from self.negation(project, path, criteria, condition, expr.operands[0])
            elif expr.op in ("in", "not in") and len(expr.operands) == 2:
                element = criteria.element(expr.operands[0], condition.scope)
                if element is not None and not element.is_relationship:
                    yield self.membership(project, path, condition, element, expr)

    def negation(
        self, project: Project, path: str, criteria: Criteria, condition: Condition, operand: s.Expr
    ) -> Iterator[Finding]:
        element = criteria.element(operand, condition.scope)
        if element is None and not criteria.is_condition(operand, condition.scope):
            return
        span = criteria.span(condition)
        before = _NOT.search(project.source(path).data, max(0, span.start - 40), span.start)
        fix = None
        if before is not None and element is not None and not element.is_relationship:
            place = project.place(path, Span(before.start(), span.start))
            fix = Fix(True, (Edit(place, "~"),), "let the database negate")
        if element is None and not (isinstance(operand, s.Op) and operand.op in ("==", "!=")):
            message, runtime = "`not` asks a SQL condition whether it is true", UNDEFINED
        elif element is not None and element.mapper is None:
            message, runtime = f"`not` asks the column `{element.name}` whether it is true", UNDEFINED
        else:
            always = isinstance(operand, s.Op) and operand.op == "=="
            shown = f"not {element.name}" if element is not None else "not …"
            message, runtime = f"`{shown}` is always {always}", f"WHERE {str(always).lower()}"
        whole = project.place(path, Span(before.start() if before is not None else span.start, span.end))
        wanted = "`~`" if element is not None and not element.is_relationship else "`~(…)` or `not_(…)`"
        yield self.finding(whole, message, runtime=runtime, help=f"negate it with {wanted}", fix=fix)

    def membership(self, project: Project, path: str, condition: Condition, element: Element, expr: s.Op) -> Finding:
        column, values = expr.operands
        method = _method(project, expr.op)
        fix = None
        at, after = getattr(column, "at", s.NOWHERE), getattr(values, "at", s.NOWHERE)
        if s.NOWHERE not in (at, after):
            start, end = condition.scope.span(at).end, condition.scope.span(after)
            if _IN.fullmatch(project.source(path).data, start, end.start):
                edits = (
                    Edit(project.place(path, Span(start, end.start)), f".{method}("),
                    Edit(project.place(path, Span(end.end, end.end)), ")"),
                )
                fix = Fix(True, edits, "let the database look")
        always = expr.op == "not in"
        return self.finding(
            project.place(path, project.tables.criteria.span(condition)),
            f"`{element.name} {expr.op} …` is always {always}",
            runtime=f"WHERE {str(always).lower()}",
            help=f"write `{element.name}.{method}(…)`",
            fix=fix,
        )


def _method(project: Project, op: str) -> str:
    if op == "in":
        return "in_"
    wanted = pin(project.files, "sqlalchemy")
    return "notin_" if wanted and allows(wanted, "1.3.24") else "not_in"
