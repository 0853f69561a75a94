from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Finding
from linter.project import Project


class RowAttribute(Check):
    """A row of a result is asked for an attribute of the object that it holds.

    `session.execute(select(User))` gives rows, and a row is a tuple, here with one `User` in it:

    ```text
    AttributeError: email
    ```

    (1.4 says `Could not locate column in row for column 'email'`.) `scalars()` takes the first of each row.

    ## Bad

    ```python
    # file: app/models.py
    from sqlalchemy import Column, Integer, String, select
    from sqlalchemy.orm import declarative_base

    Base = declarative_base()


    class User(Base):
        __tablename__ = "users"

        id = Column(Integer, primary_key=True)
        email = Column(String(80))


    def emails(session):
        return [user.email for user in session.execute(select(User))]
    ```

    ## Good

    ```python
    # file: app/models.py
    from sqlalchemy import Column, Integer, String, select
    from sqlalchemy.orm import declarative_base

    Base = declarative_base()


    class User(Base):
        __tablename__ = "users"

        id = Column(Integer, primary_key=True)
        email = Column(String(80))


    def emails(session):
        return [user.email for user in session.execute(select(User)).scalars()]
    ```

    ## Silent when

    - the statement selects more than one whole class, or it is not known what it selects;
    - the result comes from another function;
    - the code expects an `AttributeError`.

    ## Fix

    None: `scalars()` belongs behind `execute(…)`, or `scalars(…)` in its place.
    """

    summary = "a row of a result taken for the object that it holds"
    severity = "error"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        if project.uses_sqlalchemy:
            for read in project.tables.result_rows.reads(path):
                yield self.finding(
                    project.place(path, read.span),
                    f"a row that holds a `{read.mapper.name}` has no attribute `{read.name}`",
                    runtime=read.name,
                    help="take the objects with `scalars()`",
                )
