from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from linter.check import Check
from linter.facts import syntax as s
from linter.finding import Finding
from linter.project import Project

if TYPE_CHECKING:
    from linter.project.sqlalchemy.criteria import Condition, Criteria

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
    """

    summary = "conditions of a query joined with Python's `and` or `or`"
    severity = "error"

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
                yield self.report(project, path, condition, expr.op, truths)

    def report(
        self, project: Project, path: str, condition: Condition, op: str, truths: list[bool | str | None]
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
        )


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
