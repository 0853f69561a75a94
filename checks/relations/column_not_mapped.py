from __future__ import annotations

import re
from collections.abc import Iterator

from linter.check import Check
from linter.finding import Edit, Finding, Fix
from linter.project import Project
from linter.project.sqlalchemy.bodies import InTuple
from linter.project.sqlalchemy.edits import span
from linter.span import Span

_COMMA = re.compile(rb"[ \t]*,")


class ColumnNotMapped(Check):
    """A column or relationship of a mapped class with a comma behind it, which makes it a tuple.

    A tuple is no column: the table has none of that name, and the attribute is a tuple for whoever reads it. SQLAlchemy
    only warns, and where warnings are not shown, the column is missing from the next migration without a word.

    ```text
    SAWarning: Ignoring declarative-like tuple value of attribute 'name': possibly a copy-and-paste error with a comma accidentally placed at the end of the line?
    ```

    ## Bad

    ```python
    # file: app/models.py
    from sqlalchemy import Column, Integer, String
    from sqlalchemy.orm import declarative_base

    Base = declarative_base()


    class User(Base):
        __tablename__ = "users"

        id = Column(Integer, primary_key=True)
        name = Column(String(80)),
    ```

    ## Good

    ```python
    # file: app/models.py
    from sqlalchemy import Column, Integer, String
    from sqlalchemy.orm import declarative_base

    Base = declarative_base()


    class User(Base):
        __tablename__ = "users"

        id = Column(Integer, primary_key=True)
        name = Column(String(80))
    ```

    ## Silent when

    - the tuple holds more than the column;
    - the class is not mapped.

    ## Fix

    The comma is taken away. The column then needs a migration, if the table is there without it.
    """

    summary = "a column with a comma behind it, which is a tuple and no column"
    severity = "error"
    fixable = True

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        if project.uses_sqlalchemy:
            for found in project.tables.bodies.in_tuples(path):
                yield self.report(project, path, found)

    def report(self, project: Project, path: str, found: InTuple) -> Finding:
        name = found.declared.name
        return self.finding(
            project.tables.place(found.declared.site),
            f"`{name}` is a tuple with a {found.made.kind} in it, which is not mapped",
            runtime=f"Ignoring declarative-like tuple value of attribute '{name}': possibly a copy-and-paste error "
            "with a comma accidentally placed at the end of the line?",
            help="take away the comma",
            fix=self.fix(project, path, found),
        )

    def fix(self, project: Project, path: str, found: InTuple) -> Fix | None:
        if found.made.site.path != path or found.made.site.function is not None:
            return None
        inner = span(found.made.site)
        whole = found.declared.definer.unit.span(found.expr.at, found.declared.definer.function)
        data = project.source(path).data
        comma = _COMMA.match(data, inner.end)
        if comma is None or data[whole.start : whole.start + 1] == b"(":
            return None
        return Fix(True, (Edit(project.place(path, Span(inner.end, comma.end())), ""),), "take away the comma")
