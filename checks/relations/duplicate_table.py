from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from linter.check import Check
from linter.finding import Finding, Related
from linter.project import Project

if TYPE_CHECKING:
    from linter.project.sqlalchemy.schema import Definition, Table


class DuplicateTable(Check):
    """A SQLAlchemy table that is defined twice in one MetaData.

    The second definition, of whichever module is imported later, fails:

    ```text
    sqlalchemy.exc.InvalidRequestError: Table 'users' is already defined for this MetaData instance.  Specify 'extend_existing=True' to redefine options and columns on an existing Table object.
    ```

    A module of models that was copied does this, a `__tablename__` that was not changed in the copy, or a table for a
    many-to-many relationship that was also given a class. `extend_existing=True` only hides it: the two definitions are then
    merged into one table, in the order of the imports.

    ## Bad

    ```python
    # file: app/models.py
    from sqlalchemy import Column, Integer
    from sqlalchemy.orm import declarative_base

    Base = declarative_base()


    class User(Base):
        __tablename__ = "users"

        id = Column(Integer, primary_key=True)


    class Group(Base):
        __tablename__ = "users"

        id = Column(Integer, primary_key=True)
    ```

    ## Good

    ```python
    # file: app/models.py
    from sqlalchemy import Column, Integer
    from sqlalchemy.orm import declarative_base

    Base = declarative_base()


    class User(Base):
        __tablename__ = "users"

        id = Column(Integer, primary_key=True)


    class Group(Base):
        __tablename__ = "groups"

        id = Column(Integer, primary_key=True)
    ```

    ## Silent when

    - one of the definitions has `extend_existing` or `keep_existing`, or options that were not understood;
    - one of them stands under a condition, in a function or in a test;
    - they are in modules that nothing in the project imports together.

    ## Fix

    None: which of the two was meant to be another table is for its author to say.
    """

    summary = "a SQLAlchemy table that is defined twice in one MetaData"
    severity = "error"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        if not project.uses_sqlalchemy:
            return
        for table, first, second in project.tables.redefinitions_in(path):
            yield self.report(project, table, first, second)

    def report(self, project: Project, table: Table, first: Definition, second: Definition) -> Finding:
        return self.finding(
            project.tables.place(second.site),
            f"table `{table.full_name}` is defined already in the same MetaData",
            runtime=(
                f"Table '{table.full_name}' is already defined for this MetaData instance.  Specify 'extend_existing=True' "
                "to redefine options and columns on an existing Table object."
            ),
            help="give one of the tables another name, or leave one out",
            related=[Related(project.tables.place(first.site), "it is defined here too")],
        )
