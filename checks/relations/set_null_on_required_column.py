from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from linter.check import Check
from linter.finding import Finding, Fix, Place, Related
from linter.project import Project

if TYPE_CHECKING:
    from linter.project.sqlalchemy.schema import Column, ForeignKey, Table
    from linter.project.sqlalchemy.values import Site


class SetNullOnRequiredColumn(Check):
    """A SQLAlchemy foreign key with `ondelete="SET NULL"` on a column that must not be null.

    When the row that it refers to is deleted, the database sets the column to NULL, which the column does not take, so the
    row cannot be deleted:

    ```text
    sqlalchemy.exc.IntegrityError: (sqlite3.IntegrityError) NOT NULL constraint failed: api_keys.created_by_id
    ```

    PostgreSQL says `null value in column "created_by_id" of relation "api_keys" violates not-null constraint`; MySQL refuses
    to create the table. SQLite does not notice at all unless `PRAGMA foreign_keys` is on, which it is not by itself.

    A column is required where it says `nullable=False`, is part of the primary key, or, since SQLAlchemy 2.0, where it is
    `Mapped[int]` and neither `Optional` nor `nullable=True`.

    ## Bad

    ```python
    # file: app/models.py
    from sqlalchemy import Column, ForeignKey, Integer
    from sqlalchemy.orm import declarative_base

    Base = declarative_base()


    class User(Base):
        __tablename__ = "users"

        id = Column(Integer, primary_key=True)


    class ApiKey(Base):
        __tablename__ = "api_keys"

        id = Column(Integer, primary_key=True)
        created_by_id = Column(ForeignKey("users.id", ondelete="SET NULL"), nullable=False)
    ```

    ## Good

    ```python
    # file: app/models.py
    from sqlalchemy import Column, ForeignKey, Integer
    from sqlalchemy.orm import declarative_base

    Base = declarative_base()


    class User(Base):
        __tablename__ = "users"

        id = Column(Integer, primary_key=True)


    class ApiKey(Base):
        __tablename__ = "api_keys"

        id = Column(Integer, primary_key=True)
        created_by_id = Column(ForeignKey("users.id", ondelete="SET NULL"), nullable=True)
    ```

    ## Silent when

    - it is not known whether the column may be null;
    - the action names its columns (`SET NULL (user_id)` of PostgreSQL).

    ## Fix

    A `nullable=False` becomes `nullable=True`. Unsafe: the rows may be meant to go, too (`ondelete="CASCADE"`), and either
    needs a migration. Where the annotation or the primary key makes the column required, none is offered.
    """

    summary = '`ondelete="SET NULL"` on a column that must not be null'
    severity = "error"
    fixable = True

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        if not project.uses_sqlalchemy:
            return
        told: set[Place] = set()
        for table, column, key in project.tables.foreign_keys_in(path):
            if " ".join((key.ondelete or "").upper().split()) == "SET NULL" and column.nullable is False:
                place = project.tables.place(self.site(key))
                if place.path == path and place not in told:
                    told.add(place)
                    yield self.report(project, place, table, column)

    def site(self, key: ForeignKey) -> Site:
        """Where the action is written, as far as that is told."""
        if "ondelete" in key.given:
            return key.given["ondelete"].site
        return key.constraint.site if key.constraint is not None else key.site

    def report(self, project: Project, place: Place, table: Table, column: Column) -> Finding:
        primary = " is part of the primary key and" if column.primary_key else ""
        return self.finding(
            place,
            f"`{table.name}.{column.name}`{primary} must not be null, so no row that it refers to can be deleted",
            runtime=f"NOT NULL constraint failed: {table.name}.{column.name}",
            help='use `ondelete="CASCADE"`' if primary else 'let the column be null, or use `ondelete="CASCADE"`',
            related=[Related(project.tables.place(column.site), "the column is required")],
            fix=self.fix(project, column),
        )

    def fix(self, project: Project, column: Column) -> Fix | None:
        from linter.project.sqlalchemy.edits import replaced

        given = column.given.get("nullable")
        if given is None or column.primary_key:
            return None
        edit = replaced(project, given, "False", "True")
        return Fix(False, (edit,), "let the column be null") if edit is not None else None
