from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from linter.check import Check
from linter.finding import Finding, Place, Related
from linter.project import Project
from linter.project.sqlalchemy.values import Made

if TYPE_CHECKING:
    from linter.project.sqlalchemy.mapping import Relationship
    from linter.project.sqlalchemy.overlaps import Overlap
    from linter.project.sqlalchemy.schema import Column


class OverlappingRelationships(Check):
    """Two SQLAlchemy relationships that write the same column and do not know of each other.

    A relationship writes the foreign key that it joins on. Where two of them write the same one, what is in the database
    after a flush depends on which came last: a row that is added to one and taken from the other may end up with either, or
    with NULL. SQLAlchemy warns when the mappers are configured, which is lost in most logs:

    ```text
    SAWarning: relationship 'AuditLog.user' will copy column users.id to column audit_logs.user_id, which conflicts with relationship(s): 'User.logs' (copies users.id to audit_logs.user_id). If this is not the intention, consider if these relationships should be linked with back_populates, or if viewonly=True should be applied to one or more if they are read-only. For the less common case that foreign key constraints are partially overlapping, the orm.foreign() annotation can be used to isolate the columns that should be written towards.   To silence this warning, add the parameter 'overlaps="logs"' to the 'AuditLog.user' relationship.
    ```

    The two sides of one relation are linked with `back_populates`. One that only reads is `viewonly=True`, as is a
    many-to-many relationship beside a class that is mapped to the table between. SQLAlchemy warns since 1.4.

    ## Bad

    ```python
    # file: app/models.py
    from sqlalchemy import Column, ForeignKey, Integer
    from sqlalchemy.orm import declarative_base, relationship

    Base = declarative_base()


    class User(Base):
        __tablename__ = "users"

        id = Column(Integer, primary_key=True)
        logs = relationship("AuditLog")


    class AuditLog(Base):
        __tablename__ = "audit_logs"

        id = Column(Integer, primary_key=True)
        user_id = Column(ForeignKey("users.id"))

        user = relationship("User")
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
        logs = relationship("AuditLog", back_populates="user")


    class AuditLog(Base):
        __tablename__ = "audit_logs"

        id = Column(Integer, primary_key=True)
        user_id = Column(ForeignKey("users.id"))

        user = relationship("User", back_populates="logs")
    ```

    ## Silent when

    - one of the two is `viewonly`, or names the other in `overlaps`;
    - the columns that one of them writes are not known;
    - they are of sibling classes, of which a row is only one.

    SQLAlchemy 1.3 and before write the column twice as well, but do not warn of it.

    ## Fix

    None: whether the two are sides of one relation, or one of them only reads, is for its author to say.
    """

    summary = "two SQLAlchemy relationships that write the same column and do not know of each other"
    severity = "warning"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        if not project.uses_sqlalchemy:
            return
        told: set[Place] = set()
        for overlap in project.tables.overlaps_in(path):
            place = self.place(project, overlap.relationship)
            if place not in told:
                told.add(place)
                yield self.report(project, place, overlap)

    def place(self, project: Project, relationship: Relationship) -> Place:
        """A backref stands in the call at its other side; `backref(…)` is where it has arguments of its own."""
        if relationship.origin is None:
            return project.tables.place(relationship.site)
        given = relationship.origin.given["backref"]
        is_call = isinstance(given.value, Made)
        return project.tables.place(given.site if is_call else relationship.origin.site)

    def report(self, project: Project, place: Place, overlap: Overlap) -> Finding:
        one, other = overlap.relationship, overlap.other
        mine, others = self.copies(project, overlap)
        foreign = self.named(project, overlap.pair.foreign)
        are_sides = one.target is not None and one.target.base is other.owner.base and other.target is not None
        are_sides = are_sides and other.target is not None and other.target.base is one.owner.base
        are_free = one.back_populates is None and other.back_populates is None
        if are_sides and are_free and one.direction != other.direction and not one.has_secondary:
            help = f'link them: back_populates="{other.key}" here, back_populates="{one.key}" there'
        elif project.tables.warns_of_overlaps:
            help = f'say viewonly=True where it only reads, or overlaps="{other.key}"'
        else:
            help = "say viewonly=True where it only reads"
        runtime = (
            f"relationship '{one.name}' will copy column {mine}, which conflicts with relationship(s): '{other.name}' "
            f"(copies {others})."
        )
        return self.finding(
            place,
            f"relationship `{one.name}` writes `{foreign}`, as does `{other.name}`, and neither knows of the other",
            runtime=runtime if project.tables.warns_of_overlaps else "",
            help=help,
            related=[Related(self.place(project, other), f"`{other.name}` is here")],
        )

    def copies(self, project: Project, overlap: Overlap) -> tuple[str, str]:
        texts = [
            f"{self.named(project, pair.referenced)} to {{}}{self.named(project, pair.foreign)}"
            for pair in (overlap.pair, overlap.other_pair)
        ]
        return texts[0].format("column "), texts[1].format("")

    def named(self, project: Project, column: Column) -> str:
        table = project.tables.table_of(column)
        return f"{table.full_name}.{column.name}" if table is not None else column.name
