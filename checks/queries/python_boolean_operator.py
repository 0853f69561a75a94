from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from linter.check import Check
from linter.facts import syntax as s
from linter.finding import Edit, Finding, Fix
from linter.project import Project
from linter.span import Span

if TYPE_CHECKING:
    from linter.project.sqlalchemy.criteria import Condition, Criteria

# From the end of one condition to the start of the next, each perhaps in parentheses of its own.
_BETWEEN = re.compile(rb"(?P<closing>\)*)(?P<word>(?P<before>\s*)\band\b(?P<after>\s*))(?P<opening>\(*)")
UNDEFINED = "Boolean value of this clause is not defined"


class PythonBooleanOperator(Check):
    """Conditions of a query that are joined with `and` or `or`: Python keeps one of them, and drops the others.

    Python's operators cannot be given another meaning. `and` asks the first condition whether it is true; for
    `User.name == "ann"` the answer is no, so the whole is that first condition, and the second never reaches the database.
    Nothing is raised:

    ```text
    WHERE users.name = :name_1
    ```

    With `or` the last one is left. Other comparisons do not answer, and fail: `TypeError: Boolean value of this clause is
    not defined`.

    ## Bad

    ```python
    # file: app/models.py
    from sqlalchemy import Boolean, Column, Integer, String, select
    from sqlalchemy.orm import declarative_base

    Base = declarative_base()


    class User(Base):
        __tablename__ = "users"

        id = Column(Integer, primary_key=True)
        name = Column(String(50))
        active = Column(Boolean)


    def active(name):
        return select(User.id).where(User.name == name and User.active == True)
    ```

    ## Good

    ```python
    # file: app/models.py
    from sqlalchemy import Boolean, Column, Integer, String, select
    from sqlalchemy.orm import declarative_base

    Base = declarative_base()


    class User(Base):
        __tablename__ = "users"

        id = Column(Integer, primary_key=True)
        name = Column(String(50))
        active = Column(Boolean)


    def active(name):
        return select(User.id).where(User.name == name, User.active == True)
    ```

    ## Silent when

    - what stands before the `and` or `or` is a value of Python's own: `where(name is None or User.name == name)` is a
      choice that Python makes, and may be meant;
    - it is not known to be a condition about a mapped class or a table;
    - it is not given to a query, nor gathered in a list.

    ## Fix

    Where all that `and` joins are conditions, and they are what `where()`, `filter()`, `having()` or `and_()` is given, each `and`
    becomes a comma. Safe.
    """

    summary = "conditions of a query joined with Python's `and` or `or`"
    severity = "error"
    fixable = True

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        if not project.uses_sqlalchemy:
            return
        from linter.project.sqlalchemy.criteria import flattened

        criteria = project.tables.criteria
        told: set[int] = set()  # operators within one that was told
        for condition in criteria.conditions(path):
            expr = condition.expr
            if not (isinstance(expr, s.Op) and expr.op in ("and", "or")) or id(expr) in told:
                continue
            operands = flattened(expr)
            told.update(_same(expr))
            truths = [_truth(criteria, operand, condition) for operand in operands[:-1]]
            if any(truth is not None for truth in truths):
                yield self.report(
                    project, path, condition, expr.op, truths, self.fix(project, path, condition, operands)
                )

    def report(
        self,
        project: Project,
        path: str,
        condition: Condition,
        op: str,
        truths: list[bool | str | None],
        fix: Fix | None,
    ) -> Finding:
        fails, kept = _outcome(op, truths)
        message = (
            f"Python's `{op}` asks a SQL condition whether it is true"
            if fails
            else f"Python's `{op}` keeps {kept} of these conditions and drops the rest"
        )
        joined = "a comma" if op == "and" and condition.is_joined else f"`{op}_(…)`"
        return self.finding(
            project.place(path, project.tables.criteria.span(condition)),
            message,
            runtime=UNDEFINED if fails else "",
            help=f"join them with {joined}, or with `{'&' if op == 'and' else '|'}` and parentheses",
            fix=fix,
        )

    def fix(self, project: Project, path: str, condition: Condition, operands: list[s.Expr]) -> Fix | None:
        """Commas for each `and`, where nothing else holds the conditions together."""
        criteria, call = project.tables.criteria, condition.call
        if (
            not condition.is_joined
            or call is None
            or not isinstance(condition.expr, s.Op)
            or condition.expr.op != "and"
        ):
            return None
        if any(_truth(criteria, operand, condition) is None for operand in operands):
            return None
        data = project.source(path).data
        spans = [criteria.span(condition._replace(expr=operand)) for operand in operands]
        opening = _opened_before(data, condition.scope.span(getattr(call.func, "at", s.NOWHERE)).end, spans[0].start)
        edits: list[Edit] = []
        for one, other in pairwise(spans):
            between = _BETWEEN.fullmatch(data, one.end, other.start)
            if between is None or len(between["closing"]) != opening:
                return None
            opening = len(between["opening"])
            gap = between["before"] if b"\n" in between["before"] else between["after"] or b" "
            place = project.place(path, Span(between.start("word"), between.end("word")))
            edits.append(Edit(place, f",{gap.decode()}"))
        if not data.startswith(b")" * opening, spans[-1].end):
            return None
        return Fix(True, tuple(edits), "join them with commas")


def _same(expr: s.Op) -> Iterator[int]:
    yield id(expr)
    for operand in expr.operands:
        if isinstance(operand, s.Op) and operand.op == expr.op:
            yield from _same(operand)


def _truth(criteria: Criteria, expr: s.Expr, condition: Condition) -> bool | str | None:
    """What Python takes a condition for: "" where it refuses; None where it is no SQL, or not known to be."""
    scope = condition.scope
    if criteria.is_condition(expr, scope):
        return expr.op == "!=" if isinstance(expr, s.Op) and expr.op in ("==", "!=") else ""
    element = criteria.element(expr, scope)
    if element is None:
        return None
    return True if element.mapper is not None else ""


def _outcome(op: str, truths: list[bool | str | None]) -> tuple[bool, str]:
    """Whether Python raises, and which of the conditions is left if not."""
    for index, truth in enumerate(truths):
        if truth is None:
            return False, "one"
        if truth == "":
            return True, ""
        if truth is (op == "or"):
            return False, "only the first" if index == 0 else "one"
    return False, "only the last"


def _opened_before(data: bytes, called: int, start: int) -> int:
    """How many parentheses are open before an argument that are its own; -1 where something else stands there."""
    before = data[called:start]
    bare = before.rstrip(b"( \t\r\n")
    opened = before[len(bare) :].count(b"(")
    if not bare:
        return opened - 1  # one is that of the call
    return opened if bare.endswith(b",") else -1
