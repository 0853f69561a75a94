from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from linter.check import Check
from linter.finding import Finding, Fix, Place, Related
from linter.project import Project

if TYPE_CHECKING:
    from linter.project.sqlalchemy.mapping import Relationship

# Arguments by which a relationship says that it knows what it does.
_DELIBERATE = ("viewonly", "overlaps", "sync_backref")


class OneSidedBackPopulates(Check):
    """A SQLAlchemy relationship that does not name the one that names it in `back_populates`.

    `back_populates` works in one direction: who changes the attribute that has it sees the other side change with it, at
    once. The other direction needs its own. Where only `log.user` has one, `log.user = user` adds the log to `user.logs`;
    but after `user.logs.append(log)` is `log.user` still None, until the session has been flushed and the log read again.
    Nothing is raised.

    The same goes for one that names a third relationship instead, as happens when a line is copied.

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

        user = relationship("User", back_populates="logs")
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

    - one of the two has `viewonly`, `overlaps` or `sync_backref`, or arguments that were not understood;
    - what `back_populates` names is not there at all (see `missing-back-populates`).

    ## Fix

    `back_populates` is added to the relationship that has none. Safe where one other relationship names it.
    """

    summary = "a SQLAlchemy relationship that does not name the one that names it in `back_populates`"
    severity = "warning"
    fixable = True

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        if not project.uses_sqlalchemy:
            return
        told: set[Place] = set()  # one in a mixin is in many classes
        for relationship in project.tables.relationships_in(path):
            if relationship.target is None or self.is_deliberate(relationship):
                continue
            place = project.tables.place(relationship.site)
            if not relationship.says("back_populates"):
                found = self.lacking(project, place, relationship)
            else:
                found = self.crossed(project, relationship)
            if found is not None and place not in told:
                told.add(place)
                yield found

    def is_deliberate(self, relationship: Relationship) -> bool:
        return not relationship.whole or any(relationship.says(name) for name in _DELIBERATE)

    def lacking(self, project: Project, place: Place, relationship: Relationship) -> Finding | None:
        """One that has no `back_populates`, and is named by another."""
        assert relationship.target is not None
        if relationship.says("backref"):
            return None
        partners = [
            other
            for other in relationship.target.relationships.values()
            if other.text("back_populates") == relationship.key
            and other.origin is None
            and other.target is not None
            and other.target.relationships.get(relationship.key) is relationship
            and relationship.target.base is other.owner.base
            and not self.is_deliberate(other)
        ]
        if not partners:
            return None
        other = partners[0]
        declared = relationship.declared
        fix = None
        if len(partners) == 1 and declared is not None and not declared.is_declared_attr:
            edit = project.tables.added_argument(relationship.site, f'back_populates="{other.key}"')
            fix = Fix(True, (edit,), f'add back_populates="{other.key}"') if edit is not None else None
        return self.finding(
            place,
            f"relationship `{relationship.name}` does not populate `{other.name}`, which populates it",
            help=f'say back_populates="{other.key}"',
            related=[Related(project.tables.place(other.given["back_populates"].site), f"`{other.name}` names it")],
            fix=fix,
        )

    def crossed(self, project: Project, relationship: Relationship) -> Finding | None:
        """One that names another, which names a third."""
        assert relationship.target is not None
        other = relationship.target.relationships.get(relationship.text("back_populates") or "")
        if other is None or other.origin is not None or other.target is None or self.is_deliberate(other):
            return None
        name = other.text("back_populates")
        third = other.target.relationships.get(name or "")
        if (
            name in (None, relationship.key)
            or third is None
            or self.is_deliberate(third)
            or other.target.base is not relationship.owner.base
        ):
            return None
        return self.finding(
            project.tables.place(relationship.given["back_populates"].site),
            f"relationship `{relationship.name}` populates `{other.name}`, which populates `{third.name}` instead",
            help=f"let `{relationship.key}` have an other side of its own, or none",
            related=[
                Related(project.tables.place(other.given["back_populates"].site), f"`{other.name}` names `{name}`")
            ],
        )
