from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from linter.check import Check
from linter.finding import Finding, Related
from linter.project import Project

if TYPE_CHECKING:
    from linter.project.sqlalchemy.deletions import Nulled


class ParentDeleteNullsChild(Check):
    """A row is deleted whose relationship sets a column of other rows to NULL that must not be null.

    Before SQLAlchemy deletes a row, it takes the rows of its relationships from it: their foreign key becomes NULL, unless
    the relationship says that they are deleted as well. `ondelete="CASCADE"` does not help, for the database is asked last:

    ```text
    sqlalchemy.exc.IntegrityError: (sqlite3.IntegrityError) NOT NULL constraint failed: api_keys.user_id
    ```

    Where the key is part of the primary key, SQLAlchemy itself refuses: `Dependency rule on column 'users.id' tried to
    blank-out primary key column 'api_keys.user_id'`. Rows without such others can be deleted, so tests often do not see it.

    ## Bad

    ```python
    # file: app/models.py
    from sqlalchemy import Column, ForeignKey, Integer
    from sqlalchemy.orm import declarative_base, relationship

    Base = declarative_base()


    class User(Base):
        __tablename__ = "users"

        id = Column(Integer, primary_key=True)
        keys = relationship("ApiKey", back_populates="user")


    class ApiKey(Base):
        __tablename__ = "api_keys"

        id = Column(Integer, primary_key=True)
        user_id = Column(ForeignKey("users.id", ondelete="CASCADE"), nullable=False, index=True)
        user = relationship("User", back_populates="keys")


    def close_account(session, key):
        user = session.get(User, key)
        session.delete(user)
        session.commit()
    ```

    ## Good

    ```python
    # file: app/models.py
    from sqlalchemy import Column, ForeignKey, Integer
    from sqlalchemy.orm import declarative_base, relationship

    Base = declarative_base()


    class User(Base):
        __tablename__ = "users"

        id = Column(Integer, primary_key=True)
        keys = relationship("ApiKey", back_populates="user", cascade="all, delete-orphan", passive_deletes=True)


    class ApiKey(Base):
        __tablename__ = "api_keys"

        id = Column(Integer, primary_key=True)
        user_id = Column(ForeignKey("users.id", ondelete="CASCADE"), nullable=False, index=True)
        user = relationship("User", back_populates="keys")


    def close_account(session, key):
        user = session.get(User, key)
        session.delete(user)
        session.commit()
    ```

    ## Silent when

    - the program deletes no such row with `session.delete(…)`, or only where it speaks of the other rows, too (it may delete
      them first, or have seen that there are none), or deletes only rows in a certain state (`if user.is_pending: …`),
      or expects the error;
    - the cascade holds `delete`, `passive_deletes` is given, or the relationship is `viewonly`;
    - it is not known which columns the relationship writes, or whether they may be null.

    ## Fix

    None. Where the other rows are to go, `cascade="all, delete-orphan"`, with `passive_deletes=True` where the database deletes
    them; where they are to stay, the column must take NULL.
    """

    summary = "a deleted row whose relationship sets required columns of other rows to NULL"
    severity = "warning"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        if project.uses_sqlalchemy:
            for found in project.tables.deletions.nulled(path):
                yield self.report(project, found)

    def report(self, project: Project, found: Nulled) -> Finding:
        relationship, column = found.relationship, found.column
        table = project.tables.table_of(column)
        name = f"{table.full_name if table is not None else '?'}.{column.name}"
        primary = "is part of the primary key" if column.primary_key else "must not be null"
        refused = f"tried to blank-out primary key column '{name}'"
        return self.finding(
            project.tables.place((relationship.origin or relationship).site),
            f"deleting a `{relationship.owner.name}` sets `{name}` to NULL for the rows of `{relationship.name}`, and it {primary}",
            runtime=refused if column.primary_key else f"NOT NULL constraint failed: {name}",
            help='say `cascade="all, delete-orphan"` where the rows are to be deleted as well',
            related=[Related(found.deleted, f"a `{relationship.owner.name}` is deleted here")],
        )
