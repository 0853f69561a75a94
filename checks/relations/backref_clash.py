from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from linter.check import Check
from linter.finding import Edit, Finding, Fix, Place, Related
from linter.project import Project

if TYPE_CHECKING:
    from linter.project.sqlalchemy.mapping import Mapper, Relationship

# What a mapper counts among its properties, besides columns and relationships.
_PROPERTIES = frozenset({"column_property", "composite", "synonym", "query_expression"})


class BackrefClash(Check):
    """A `backref` of a SQLAlchemy relationship that the other class has already.

    `backref="logs"` makes an attribute `logs` of the class at the other side. It may not have one of that name yet: no
    column, no relationship, and none that the backref of another class has made. The mappers cannot be configured else,
    and every mapped class of the process fails:

    ```text
    sqlalchemy.exc.ArgumentError: Error creating backref 'logs' on relationship 'AuditLog.user': property of that name exists on mapper 'Mapper[User(users)]'
    ```

    Two relationships that are written at both sides are linked with `back_populates` at both. Of `backref` and
    `back_populates` a relationship may have one only: `backref and back_populates keyword arguments are mutually exclusive`.

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

        user = relationship("User", backref="logs")
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

    - the other side is not known, or the backref's name is computed in a way that was not understood;
    - one of the two stands under a condition, or in a test.

    ## Fix

    `backref` becomes `back_populates` where the attribute that is there is a relationship that leads back. Unsafe: it may
    need `back_populates` as well.
    """

    summary = "a `backref` of a SQLAlchemy relationship that the other class has already"
    severity = "error"
    fixable = True

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        if not project.uses_sqlalchemy:
            return
        told: set[Place] = set()  # one in a mixin is in many classes
        for relationship in project.tables.relationships_in(path):
            if not relationship.says("backref"):
                continue
            place = project.tables.place(relationship.given["backref"].site)
            found = None
            if relationship.says("back_populates"):
                found = self.finding(
                    place,
                    f"relationship `{relationship.name}` has a `backref` and `back_populates`",
                    runtime="backref and back_populates keyword arguments are mutually exclusive",
                    help="leave one of them out",
                )
            elif relationship.backref is not None and relationship.target is not None:
                found = self.clash(project, place, relationship, relationship.target, relationship.backref)
            if found is not None and place not in told:
                told.add(place)
                yield found

    def clash(
        self, project: Project, place: Place, relationship: Relationship, target: Mapper, name: str
    ) -> Finding | None:
        from linter.project.sqlalchemy.schema import is_test

        if target.concrete:
            return None
        for mapper in (*target.lineage(), *project.tables.subclasses(target)):
            other = mapper.relationships.get(name)
            refused = relationship
            if mapper.concrete:
                other = None
            elif other in relationship.reverse:  # it made the attribute, another one wants to make it too
                rival = next((r for r in project.tables.rivals(relationship) if r.reverse), None)
                other = rival.reverse[0] if rival is not None else None
                refused = rival or relationship
            has_property = name in mapper.properties and mapper.properties[name].kind in _PROPERTIES
            if other is None and not has_property and name not in mapper.columns:
                continue
            if other is not None:
                what = f"the backref of `{other.origin.name}`" if other.origin is not None else "a relationship"
                site = other.site
            elif name in mapper.columns:
                what, site = "a column", mapper.columns[name].site
            else:
                what, site = f"a {mapper.properties[name].kind}", mapper.properties[name].site
            if any(project.tables.is_guarded(s) for s in (site, relationship.site) if s.function is None):
                return None
            if is_test(site.path) != is_test(relationship.site.path):
                return None
            table = f"({mapper.table.name})" if mapper.table is not None else ""
            return self.finding(
                place,
                f"backref `{name}` of relationship `{relationship.name}` is an attribute of `{mapper.name}` already, {what}",
                runtime=(
                    f"Error creating backref '{name}' on relationship '{refused.name}': property of that name exists "
                    f"on mapper 'Mapper[{mapper.name}{table}]'"
                ),
                help=self.advice(relationship, other),
                related=[Related(project.tables.place(site), f"`{mapper.name}.{name}` is made here")],
                fix=self.fix(project, relationship, other),
            )
        return None

    def leads_back(self, relationship: Relationship, other: Relationship | None) -> bool:
        if other is None or other.origin is not None or other.target is None:
            return False
        return other.target.base is relationship.owner.base and other.text("back_populates") in (None, relationship.key)

    def advice(self, relationship: Relationship, other: Relationship | None) -> str:
        if self.leads_back(relationship, other) and other is not None:
            return f"link the two with `back_populates`, or leave `{other.name}` to the backref"
        return "give the backref another name"

    def fix(self, project: Project, relationship: Relationship, other: Relationship | None) -> Fix | None:
        given = relationship.given["backref"]
        if not self.leads_back(relationship, other) or given.name is None or relationship.text("backref") is None:
            return None
        return Fix(False, (Edit(project.tables.place(given.name), "back_populates"),), "link with `back_populates`")
