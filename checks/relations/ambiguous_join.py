from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from linter.check import Check
from linter.finding import Finding, Fix, Place, Related
from linter.project import Project

if TYPE_CHECKING:
    from linter.project.sqlalchemy.joins import Link
    from linter.project.sqlalchemy.mapping import Relationship


class AmbiguousJoin(Check):
    """A SQLAlchemy relationship between tables that more than one foreign key links.

    Where a relationship does not say itself how to join, SQLAlchemy takes the foreign key between the two tables, whichever
    of them has it. If there is more than one it does not choose, and the mappers cannot be configured:

    ```text
    sqlalchemy.exc.AmbiguousForeignKeysError: Could not determine join condition between parent/child tables on relationship Message.sender - there are multiple foreign key paths linking the tables.  Specify the 'foreign_keys' argument, providing a list of those columns which should be counted as containing a foreign key reference to the parent table.
    ```

    That happens at the first use of *any* mapped class in the process, and from then on every one of them fails. Each of the
    relationships between the tables must say which of the columns it means, those at both sides of a pair: `foreign_keys` at
    the one with the column does not help the other. A foreign key of several columns (`ForeignKeyConstraint`) counts once.

    ## Bad

    ```python
    # file: app/models.py
    from sqlalchemy import Column, ForeignKey, Integer
    from sqlalchemy.orm import declarative_base, relationship

    Base = declarative_base()


    class User(Base):
        __tablename__ = "users"

        id = Column(Integer, primary_key=True)


    class Message(Base):
        __tablename__ = "messages"

        id = Column(Integer, primary_key=True)
        sender_id = Column(ForeignKey("users.id"))
        recipient_id = Column(ForeignKey("users.id"))

        sender = relationship("User")
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


    class Message(Base):
        __tablename__ = "messages"

        id = Column(Integer, primary_key=True)
        sender_id = Column(ForeignKey("users.id"))
        recipient_id = Column(ForeignKey("users.id"))

        sender = relationship("User", foreign_keys="Message.sender_id")
    ```

    ## Silent when

    - the relationship has a `primaryjoin` or `secondaryjoin`, or arguments that were not understood;
    - one of the foreign keys leads to a table or a column that does not exist, or is not known: it may not count.

    ## Fix

    `foreign_keys` is added where one of the columns is called like the relationship, with `_id` behind. Unsafe.
    """

    summary = "a SQLAlchemy relationship between tables that more than one foreign key links"
    severity = "error"
    fixable = True

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        if not project.uses_sqlalchemy:
            return
        from linter.project.sqlalchemy import joins

        told: set[Place] = set()  # one in a mixin is in many classes
        for relationship in project.tables.relationships_in(path):
            found = joins.ambiguous(relationship, project.tables.resolve)
            if found:
                place = project.tables.place(relationship.site)
                if place not in told:
                    told.add(place)
                    yield self.report(project, place, relationship, found)

    def report(self, project: Project, place: Place, relationship: Relationship, found: list[list[Link]]) -> Finding:
        secondary = relationship.secondary
        via = f" via secondary table '{secondary.name}'" if secondary is not None else ""
        which = "from the secondary table to each of the parent and child tables" if via else "to the parent table"
        runtime = (
            f"Could not determine join condition between parent/child tables on relationship {relationship.name} - there "
            f"are multiple foreign key paths linking the tables{via}.  Specify the 'foreign_keys' argument, providing a "
            f"list of those columns which should be counted as containing a foreign key reference {which}."
        )
        firsts = [links[0] for links in found]
        names = " or ".join(f"`{link.table.name}.{link.column.name}`" for link in firsts)
        meant = self.meant(project, relationship, firsts)
        fix = None
        if meant is not None:
            edit = project.tables.added_argument(relationship.site, f'foreign_keys="{meant}"')
            in_body = relationship.declared is not None and not relationship.declared.is_declared_attr
            fix = Fix(False, (edit,), f"join on {meant}") if edit is not None and in_body else None
        cure = "primaryjoin and secondaryjoin" if via else "foreign_keys"
        return self.finding(
            place,
            f"relationship `{relationship.name}` may join on {names}",
            runtime=runtime,
            help=f'say foreign_keys="{meant}"' if meant is not None else f"say which with {cure}",
            related=[
                Related(project.tables.place(link.key.origin or link.key.site), "this is one of the foreign keys")
                for link in firsts[:3]
            ],
            fix=fix,
        )

    def meant(self, project: Project, relationship: Relationship, links: list[Link]) -> str | None:
        """The column that is called like the relationship, as a string in `foreign_keys` names it."""
        if relationship.has_secondary or relationship.says("foreign_keys") or relationship.owner.imperative is not None:
            return None
        owner = relationship.owner
        for link in links:
            attribute = owner.attribute_of(link.column)
            if attribute is not None and attribute.removesuffix("_id") == relationship.key:
                return f"{owner.name}.{attribute}" if len(project.tables.classes_named(owner.name)) == 1 else None
        return None
