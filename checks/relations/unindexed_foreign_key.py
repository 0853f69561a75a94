from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from linter.check import Check
from linter.finding import Finding, Fix, Place, Related
from linter.project import Project
from linter.project.imports.modules import is_test

if TYPE_CHECKING:
    from linter.project.sqlalchemy.schema import Column, ForeignKey, Table
    from linter.project.sqlalchemy.values import Site

# From this many foreign keys with an index to one without, an index is the custom.
USUAL = 4


class UnindexedForeignKey(Check):
    """A SQLAlchemy foreign key without an index, in a project that gives its foreign keys one.

    A foreign key is a rule about rows, not an index: PostgreSQL, SQLite, Oracle and SQL Server make none for it. Whoever
    loads the rows of a parent, or joins the tables, then reads the whole table, and so does the database for each parent row
    that is deleted or gets another key, while it holds its locks. Nothing fails; it gets slower with each row.

    Not every foreign key needs an index. Reported is what looks like an oversight: most of the project's foreign keys have one,
    and a relationship looks rows up by this one (`User.conversations`), or nearly all have one.

    An index serves a foreign key that *starts* with its column: a primary key or a unique constraint on `(team_id, user_id)`
    serves `team_id`, and not `user_id`.

    ## Bad

    ```python
    # file: app/models.py
    from sqlalchemy import Column, ForeignKey, Integer
    from sqlalchemy.orm import declarative_base, relationship

    Base = declarative_base()


    class User(Base):
        __tablename__ = "users"

        id = Column(Integer, primary_key=True)
        conversations = relationship("Conversation")


    class Message(Base):
        __tablename__ = "messages"

        id = Column(Integer, primary_key=True)
        author_id = Column(ForeignKey("users.id"), index=True)
        reader_id = Column(ForeignKey("users.id"), index=True)


    class Conversation(Base):
        __tablename__ = "conversations"

        id = Column(Integer, primary_key=True)
        user_id = Column(ForeignKey("users.id"))
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
        conversations = relationship("Conversation")


    class Message(Base):
        __tablename__ = "messages"

        id = Column(Integer, primary_key=True)
        author_id = Column(ForeignKey("users.id"), index=True)
        reader_id = Column(ForeignKey("users.id"), index=True)


    class Conversation(Base):
        __tablename__ = "conversations"

        id = Column(Integer, primary_key=True)
        user_id = Column(ForeignKey("users.id"), index=True)
    ```

    ## Silent when

    - the project does not give most of its foreign keys an index: then one more without is no slip;
    - no relationship looks rows up by the foreign key, and the project leaves more than one in five without an index: it may be
      there for the record (`created_by_id`), or the table be a small one;
    - the project runs on MySQL or MariaDB alone, which make the index themselves, or the table says `mysql_engine`;
    - the table or the column may have an index that was not seen;
    - some column of a composite foreign key has an index: it narrows the rows down;
    - it stands in tests.

    ## Fix

    `index=True` is added to the column. Unsafe: tables that are there need a migration.
    """

    summary = "a SQLAlchemy foreign key without an index, in a project that gives its foreign keys one"
    severity = "warning"
    fixable = True

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        if not project.uses_sqlalchemy or is_test(path):
            return
        told: set[Place] = set()
        for table, column, key in project.tables.foreign_keys_in(path):
            if not project.keys.lacks_index(table, column, key) or project.keys.are_indexed_by_database:
                continue
            given, lacking = project.keys.indexed
            reader = project.keys.reader(column, key)
            if given <= lacking or (reader is None and given < USUAL * lacking):
                continue
            place = project.tables.place(self.site(key))
            if place.path == path and place not in told:
                told.add(place)
                yield self.report(project, place, table, column, key)

    def site(self, key: ForeignKey) -> Site:
        return key.constraint.site if key.constraint is not None else key.origin or key.site

    def report(self, project: Project, place: Place, table: Table, column: Column, key: ForeignKey) -> Finding:
        names = [f"`{table.name}.{own.name}`" for own in project.keys.columns(column, key)]
        reader = project.keys.reader(column, key)
        why = (
            f"so `{reader.name}` reads the whole table"
            if reader is not None
            else f"while {project.keys.indexed[0]} other foreign keys of the project have one"
        )
        return self.finding(
            place,
            f"no index starts with {' or '.join(names)}, {why}",
            help="add an `Index` on these columns" if len(names) > 1 else "add `index=True` to the column",
            related=[Related(project.tables.place(reader.site), "this looks rows up by it")]
            if reader is not None
            else (),
            fix=self.fix(project, column) if len(names) == 1 else None,
        )

    def fix(self, project: Project, column: Column) -> Fix | None:
        from linter.project.sqlalchemy.edits import with_argument

        if column.maker == "" or "index" in column.given:
            return None
        edit = with_argument(project, column.site, "index=True")
        return Fix(False, (edit,), "give the column an index") if edit is not None else None
