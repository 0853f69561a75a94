from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Finding, Related
from linter.project import Project


class SqlmodelWithoutTable(Check):
    """A query asks for the rows of a SQLModel class that has no table.

    A SQLModel class is a table only with `table=True`; without, it is a model for data such as `HeroCreate`. SQLAlchemy does
    not know it:

    ```text
    sqlalchemy.exc.ArgumentError: Column expression, FROM clause, or other columns clause element expected, got <class 'app.models.Hero'>.
    ```

    ## Bad

    ```python
    # file: app/models.py
    from sqlmodel import Field, SQLModel, select


    class Hero(SQLModel):
        id: int | None = Field(default=None, primary_key=True)
        name: str


    def heroes(session):
        return session.exec(select(Hero)).all()
    ```

    ## Good

    ```python
    # file: app/models.py
    from sqlmodel import Field, SQLModel, select


    class Hero(SQLModel, table=True):
        id: int | None = Field(default=None, primary_key=True)
        name: str


    def heroes(session):
        return session.exec(select(Hero)).all()
    ```

    ## Silent when

    - the class may stand for another (a parameter, `type[Model]`), or has a metaclass or a decorator;
    - one of its bases has `table=True`.

    ## Fix

    None: `table=True` may be missing, or the wrong one of several classes was taken (`HeroRead` for `Hero`).
    """

    summary = "a query for a SQLModel class that has no `table=True`"
    severity = "error"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        if project.uses_sqlalchemy:
            for found in project.tables.sqlmodels.tableless(path):
                yield self.finding(
                    project.place(path, found.span),
                    f"`{found.cls.name}` is no table",
                    runtime=f"Column expression, FROM clause, or other columns clause element expected, got <class '{found.cls.dotted}'>.",
                    help="give the class `table=True`, or ask for another",
                    related=[Related(project.class_place(found.cls), f"`{found.cls.name}` is defined here")],
                )
