from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from linter.check import Check
from linter.facts.syntax import Seq
from linter.finding import Edit, Finding, Fix
from linter.project import Project
from linter.project.sqlalchemy.bodies import TableArgs
from linter.project.sqlalchemy.edits import span
from linter.span import Span

_SAYS = {
    "item": "`__table_args__` is a constraint, not a tuple of constraints: a comma is missing",
    "list": "`__table_args__` is a list or a set, not a tuple",
    "text": "`__table_args__` is a text",
    "dict": "the dict in `__table_args__` is not its last item",
    "nested": "an item of `__table_args__` is no constraint",
}
_REFUSED = "__table_args__ value must be a tuple, dict, or None"


class TableArgsShape(Check):
    """`__table_args__` of a mapped class that is not a tuple of constraints with, at most, a dict as its last item.

    Round brackets make no tuple, a comma does. The module cannot be imported:

    ```text
    sqlalchemy.exc.ArgumentError: __table_args__ value must be a tuple, dict, or None
    ```

    The same goes for a list, and for options that stand before a constraint:

    ```text
    sqlalchemy.exc.ArgumentError: 'SchemaItem' object, such as a 'Column' or a 'Constraint' expected, got {'schema': 'shop'}
    ```

    ## Bad

    ```python
    # file: app/models.py
    from sqlalchemy import Column, Integer, UniqueConstraint
    from sqlalchemy.orm import declarative_base

    Base = declarative_base()


    class Seat(Base):
        __tablename__ = "seats"
        __table_args__ = (UniqueConstraint("row", "number"))

        id = Column(Integer, primary_key=True)
        row = Column(Integer)
        number = Column(Integer)
    ```

    ## Good

    ```python
    # file: app/models.py
    from sqlalchemy import Column, Integer, UniqueConstraint
    from sqlalchemy.orm import declarative_base

    Base = declarative_base()


    class Seat(Base):
        __tablename__ = "seats"
        __table_args__ = (UniqueConstraint("row", "number"),)

        id = Column(Integer, primary_key=True)
        row = Column(Integer)
        number = Column(Integer)
    ```

    ## Silent when

    - the value is computed in a way that was not understood;
    - the class has a `__table__`, is not mapped, or says `__table_args__` twice.

    ## Fix

    The comma is added; a list becomes a tuple.
    """

    summary = "`__table_args__` that is no tuple of constraints, or whose dict is not last"
    severity = "error"
    fixable = True

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        if project.uses_sqlalchemy:
            for wrong in project.tables.bodies.table_args(path):
                yield self.report(project, path, wrong)

    def report(self, project: Project, path: str, wrong: TableArgs) -> Finding:
        site = wrong.special.site
        at = getattr(wrong.expr, "at", -1)
        if wrong.kind in ("dict", "nested") and at >= 0:
            site = replace(site, at=at)
        return self.finding(
            project.tables.place(site),
            _SAYS[wrong.kind],
            runtime=_REFUSED
            if wrong.kind in ("item", "list", "text")
            else "'SchemaItem' object, such as a 'Column' or a 'Constraint' expected",
            help="write a tuple, and options in a dict at its end",
            fix=self.fix(project, path, wrong, span(site)),
        )

    def fix(self, project: Project, path: str, wrong: TableArgs, where: Span) -> Fix | None:
        data = project.source(path).data
        if wrong.kind == "item" and wrong.special.expr is not None:
            closed = re.match(rb"\s*\)", data[where.end :]) and re.search(rb"=\s*\(\s*$", data[: where.start])
            end = project.place(path, Span(where.end, where.end))
            if closed:
                return Fix(True, (Edit(end, ","),), "add the comma")
            start = project.place(path, Span(where.start, where.start))
            return Fix(True, (Edit(start, "("), Edit(end, ",)")), "make it a tuple")
        if wrong.kind == "list" and data[where.start : where.start + 1] == b"[":
            first, last = Span(where.start, where.start + 1), Span(where.end - 1, where.end)
            alone = isinstance(wrong.expr, Seq) and len(wrong.expr.items) == 1
            comma = alone and not data[: where.end - 1].rstrip().endswith(b",")
            edits = Edit(project.place(path, first), "("), Edit(project.place(path, last), ",)" if comma else ")")
            return Fix(True, edits, "make it a tuple")
        return None
