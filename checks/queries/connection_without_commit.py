from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Edit, Finding, Fix, Related
from linter.project import Project
from linter.project.sessions.connections import Uncommitted
from linter.span import Span


class ConnectionWithoutCommit(Check):
    """Something is written in `with engine.connect() as connection:` and the connection is never told to commit.

    SQLAlchemy 2 begins a transaction with the first statement and rolls it back when the connection is closed. Nothing is
    raised, and nothing is written. All that is to be seen is a line in the log of an engine with `echo=True`:

    ```text
    ROLLBACK
    ```

    SQLAlchemy 1.4 committed after each such statement, so this comes with the new version.

    ## Bad

    ```python
    # file: app/names.py
    from sqlalchemy import create_engine, text
    from sqlalchemy.orm import DeclarativeBase

    engine = create_engine("sqlite:///names.db")


    class Base(DeclarativeBase):
        pass


    def add(name):
        with engine.connect() as connection:
            connection.execute(text("INSERT INTO names (name) VALUES (:name)"), {"name": name})
    ```

    ## Good

    ```python
    # file: app/names.py
    from sqlalchemy import create_engine, text
    from sqlalchemy.orm import DeclarativeBase

    engine = create_engine("sqlite:///names.db")


    class Base(DeclarativeBase):
        pass


    def add(name):
        with engine.begin() as connection:
            connection.execute(text("INSERT INTO names (name) VALUES (:name)"), {"name": name})
    ```

    ## Silent when

    - the project may run on SQLAlchemy 1.4;
    - the connection is used in any other way than to execute statements: passed on, told to begin, given an isolation level;
    - one of the statements was not understood.

    ## Fix

    `engine.connect()` becomes `engine.begin()`, which commits at the end of the block.
    """

    summary = "something written in `with engine.connect()` and never committed"
    severity = "error"
    fixable = True

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        if project.uses_sqlalchemy:
            for found in project.connections.uncommitted(path):
                yield self.report(project, path, found)

    def report(self, project: Project, path: str, found: Uncommitted) -> Finding:
        unit, function = found.scope.unit, found.scope.function
        span = unit.span(found.connect.at, function)
        before = len(b"connect()")
        fix = None
        if project.source(path).data[span.end - before : span.end] == b"connect()":
            place = project.place(path, Span(span.end - before, span.end))
            fix = Fix(False, (Edit(place, "begin()"),), "commit at the end of the block")
        return self.finding(
            project.place(path, span),
            "what is written on this connection is rolled back: nothing commits it",
            runtime="ROLLBACK",
            help="use `engine.begin()`, or call `commit()`",
            related=[Related(project.place(path, unit.span(found.write.at, function)), "it is written here")],
            fix=fix,
        )
