from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from linter.check import Check
from linter.finding import Finding, Place, Related
from linter.project import Project

if TYPE_CHECKING:
    from linter.project.sqlalchemy.misled import Misled
    from linter.project.sqlalchemy.schema import Column, Table


class ForeignKeyToOtherTable(Check):
    """A SQLAlchemy foreign key that leads to another table than the one its column is named after.

    `forum_id` refers to `topics.id`, copied from the line above. Both tables exist, so nothing is said when the mappers are
    configured. SQLite does not look at foreign keys unless it is told to, and the tests pass. Every other database refuses
    a row whose number is not that of some topic, and takes one whose number happens to be:

    ```text
    sqlalchemy.exc.IntegrityError: (sqlite3.IntegrityError) FOREIGN KEY constraint failed
    ```

    Where a relationship of the same name leads to the right class, there is nothing that it could join on:

    ```text
    sqlalchemy.exc.NoForeignKeysError: Could not determine join condition between parent/child tables on relationship
    ```

    ## Bad

    ```python
    # file: app/models.py
    from sqlalchemy import Column, ForeignKey, Integer
    from sqlalchemy.orm import declarative_base

    Base = declarative_base()


    class Forum(Base):
        __tablename__ = "forums"

        id = Column(Integer, primary_key=True)


    class Topic(Base):
        __tablename__ = "topics"

        id = Column(Integer, primary_key=True)
        forum_id = Column(ForeignKey("forums.id"), index=True)


    class Moderator(Base):
        __tablename__ = "moderators"

        id = Column(Integer, primary_key=True)
        forum_id = Column(ForeignKey("forums.id"), index=True)


    class Visit(Base):
        __tablename__ = "visits"

        id = Column(Integer, primary_key=True)
        topic_id = Column(ForeignKey("topics.id"), index=True)
        forum_id = Column(ForeignKey("topics.id"), index=True)
    ```

    ## Good

    ```python
    # file: app/models.py
    from sqlalchemy import Column, ForeignKey, Integer
    from sqlalchemy.orm import declarative_base

    Base = declarative_base()


    class Forum(Base):
        __tablename__ = "forums"

        id = Column(Integer, primary_key=True)


    class Topic(Base):
        __tablename__ = "topics"

        id = Column(Integer, primary_key=True)
        forum_id = Column(ForeignKey("forums.id"), index=True)


    class Moderator(Base):
        __tablename__ = "moderators"

        id = Column(Integer, primary_key=True)
        forum_id = Column(ForeignKey("forums.id"), index=True)


    class Visit(Base):
        __tablename__ = "visits"

        id = Column(Integer, primary_key=True)
        topic_id = Column(ForeignKey("topics.id"), index=True)
        forum_id = Column(ForeignKey("forums.id"), index=True)
    ```

    ## Silent when

    - the name alone says so: either a relationship of that name leads to another class, or two more columns of that name, and
      all there are, refer to one other table that is called so;
    - the table that it refers to has the word in its name, or a class that is mapped to it has: `forum_id` of `old_forums`;
    - the key is one of several columns, or the relationship of that name joins on it;
    - the two tables are those of one class (joined inheritance).

    ## Fix

    None: a column that is named badly wants another name.
    """

    summary = "a SQLAlchemy foreign key to another table than the one its column is named after"
    severity = "warning"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        if not project.uses_sqlalchemy:
            return
        told: set[Place] = set()
        for table, column, key in project.tables.foreign_keys_in(path):
            misled = project.misled_keys.of(table, column, key)
            if misled is not None:
                place = project.tables.place(key.origin or key.site)
                if place not in told:
                    told.add(place)
                    yield self.report(project, place, table, column, misled)

    def report(self, project: Project, place: Place, table: Table, column: Column, misled: Misled) -> Finding:
        relationship = misled.relationship
        if relationship is not None:
            why = f"relationship `{relationship.name}` leads to `{misled.meant.name}`"
            related = [Related(project.tables.place(relationship.site), f"`{relationship.name}` is here")]
        else:
            why = f"`{column.name}` of {len(misled.others)} other tables refers to `{misled.meant.name}`"
            related = [
                Related(project.tables.place(other.origin or other.site), f"`{home.name}.{local.name}` is here")
                for home, local, other in misled.others[:2]
            ]
        return self.finding(
            place,
            f"`{table.name}.{column.name}` refers to `{misled.target.name}`, but {why}",
            help=f"let it refer to `{misled.meant.name}`, or give the column another name",
            related=related,
        )
