from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from linter.check import Check
from linter.finding import Finding, Place
from linter.project import Project

if TYPE_CHECKING:
    from linter.project.sqlalchemy.schema import Constraint, Table
    from linter.project.sqlalchemy.values import Site


class IndexNameMissing(Check):
    """A SQLAlchemy `Index` whose first argument, which is its name, is a column.

    `Index("user_id", "created")` is an index *called* `user_id` on the column `created` alone. Nothing says so: queries by
    `user_id` are as slow as before. (`UniqueConstraint` and the others take their name by `name=`, and no index has columns
    only.)

    ## Bad

    ```python
    # file: app/models.py
    from sqlalchemy import Column, DateTime, Index, Integer
    from sqlalchemy.orm import declarative_base

    Base = declarative_base()


    class Visit(Base):
        __tablename__ = "visits"
        __table_args__ = (Index("user_id", "created"),)

        id = Column(Integer, primary_key=True)
        user_id = Column(Integer)
        created = Column(DateTime)
    ```

    ## Good

    ```python
    # file: app/models.py
    from sqlalchemy import Column, DateTime, Index, Integer
    from sqlalchemy.orm import declarative_base

    Base = declarative_base()


    class Visit(Base):
        __tablename__ = "visits"
        __table_args__ = (Index("ix_visits_user_id_created", "user_id", "created"),)

        id = Column(Integer, primary_key=True)
        user_id = Column(Integer)
        created = Column(DateTime)
    ```

    ## Silent when

    - the column of that name is among those of the index, too: `Index("email", "email")` is only oddly called;
    - not all of the index's columns were understood.

    ## Fix

    None: how the project calls its indexes is its own affair, and a table that is there needs a migration.
    """

    summary = "a SQLAlchemy `Index` whose name is one of the columns, which it leaves out"
    severity = "error"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        if not project.uses_sqlalchemy:
            return
        told: set[Place] = set()
        for table in project.tables.tables_in(path):
            for index in table.constraints:
                site = self.misnamed(table, index)
                if site is not None and site.path == path:
                    place = project.tables.place(site)
                    if place not in told:
                        told.add(place)
                        yield self.report(place, index)

    def misnamed(self, table: Table, index: Constraint) -> Site | None:
        keys = index.keys if index.kind == "Index" else None
        if keys is None or index.first is None or index.name not in table.columns or index.name in keys:
            return None
        return index.first.site

    def report(self, place: Place, index: Constraint) -> Finding:
        columns = ", ".join(f"`{key}`" for key in index.keys or ())
        return self.finding(
            place,
            f"`{index.name}` is the name of this index, which is on {columns} only"
            if columns
            else f"`{index.name}` is the name of this index, which is on no column",
            help="put a name for the index before it",
        )
