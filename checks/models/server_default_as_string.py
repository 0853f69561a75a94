from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.facts.syntax import Name
from linter.finding import Edit, Finding, Fix
from linter.project import Project
from linter.project.sqlalchemy.server_defaults import TextDefault
from linter.span import Span


class ServerDefaultAsString(Check):
    """A `server_default` that calls a function of the database, written as a string.

    SQLAlchemy takes a string for a value and quotes it. PostgreSQL works out `DEFAULT 'now()'` once, when the table is made,
    and every row gets that moment; other texts it refuses:

    ```text
    invalid input syntax for type uuid: "gen_random_uuid()"
    ```

    SQLite stores the text itself, and what reads the row fails:

    ```text
    ValueError: Invalid isoformat string: 'now()'
    ```

    ## Bad

    ```python
    # file: app/models.py
    from sqlalchemy import Column, DateTime, Integer, text
    from sqlalchemy.orm import declarative_base

    Base = declarative_base()


    class Post(Base):
        __tablename__ = "posts"

        id = Column(Integer, primary_key=True)
        created = Column(DateTime, server_default="now()")
        changed = Column(DateTime, server_default=text("CURRENT_TIMESTAMP"))
    ```

    ## Good

    ```python
    # file: app/models.py
    from sqlalchemy import Column, DateTime, Integer, text
    from sqlalchemy.orm import declarative_base

    Base = declarative_base()


    class Post(Base):
        __tablename__ = "posts"

        id = Column(Integer, primary_key=True)
        created = Column(DateTime, server_default=text("now()"))
        changed = Column(DateTime, server_default=text("CURRENT_TIMESTAMP"))
    ```

    ## Silent when

    - the column's type is not known, or may hold such a text (`String`, `JSON`);
    - the text is not plainly a call, or a word such as `CURRENT_TIMESTAMP`.

    ## Fix

    `text(…)` is put around the string, where it is imported. A table that is there already needs a migration.
    """

    summary = "a `server_default` with a function of the database in a string"
    severity = "error"
    fixable = True

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        if project.uses_sqlalchemy:
            for found in project.server_defaults.as_texts(path):
                yield self.report(project, path, found)

    def report(self, project: Project, path: str, found: TextDefault) -> Finding:
        unit, text = found.scope.unit, found.given.value.strip()
        span = unit.span(found.given.at, found.scope.function)
        fix = None
        if project.names.full_name(unit, Name("text")).startswith("sqlalchemy"):
            start, end = Span(span.start, span.start), Span(span.end, span.end)
            edits = Edit(project.place(path, start), "text("), Edit(project.place(path, end), ")")
            fix = Fix(True, edits, "make it an expression")
        return self.finding(
            project.place(path, span),
            f"the `{found.keyword}` of this column is the text `{text}`, not what it gives",
            runtime=f"DEFAULT '{text}'",
            help=f'write `text("{text}")`',
            fix=fix,
        )
