from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from linter.check import Check
from linter.finding import Edit, Finding, Fix, Place, Related
from linter.project import Project

if TYPE_CHECKING:
    from linter.project.sqlalchemy.mapping import Mapper, Relationship
    from linter.project.sqlalchemy.values import Given

# Attributes that SQLAlchemy does not count among a mapper's properties, and those that are properties but no relationships.
_UNMAPPED = frozenset({"hybrid_property", "hybrid_method", "association_proxy"})
_NO_RELATIONSHIP = frozenset({"column", "column_property", "composite", "synonym", "query_expression"})


class MissingBackPopulates(Check):
    """`back_populates` of a SQLAlchemy relationship names nothing that leads back.

    `back_populates` names the relationship at the other side, which must be there, be a relationship, and lead to the class
    where this one stands. All that is looked up when the mappers are configured, at the first use of *any* mapped class of
    the process; from then on every one of them fails:

    ```text
    sqlalchemy.exc.InvalidRequestError: Mapper 'Mapper[User(users)]' has no property 'audit_logs'.  If this property was indicated from other mappers or configure events, ensure registry.configure() has been called.
    ```

    The same goes for the name of a column (`back_populates on relationship 'AuditLog.user' refers to attribute 'User.logs'
    that is not a relationship`), and for that of a relationship to a third class (`reverse_property 'logs' on relationship
    AuditLog.user references relationship User.logs, which does not reference mapper Mapper[AuditLog(audit_logs)]`).

    ## Bad

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

        user = relationship("User", back_populates="audit_logs")
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

    - the other side is not known, or may have attributes that were not seen: a base class or a mixin was not found, something
      sets attributes of it, a backref of an unknown name may lead to it;
    - the name is computed, or given as an attribute or a function (SQLAlchemy 2.1).

    ## Fix

    The name is replaced by that of the one relationship of the other side that leads back and has no partner yet, or of the
    one that is called nearly so. Unsafe: the relationship may be missing instead.
    """

    summary = "`back_populates` of a SQLAlchemy relationship that names nothing that leads back"
    severity = "error"
    fixable = True

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        if not project.uses_sqlalchemy:
            return
        told: set[Place] = set()  # one in a mixin is in many classes
        for relationship in project.tables.relationships_in(path):
            name, target = relationship.text("back_populates"), relationship.target
            if not name or target is None or relationship.says("backref"):  # not both: see `backref-clash`
                continue
            wrong = self.wrong(project, relationship, target, name)
            if wrong is not None:
                given = relationship.given["back_populates"]
                place = project.tables.place(given.site)
                if place not in told:
                    told.add(place)
                    yield self.report(project, place, relationship, target, given, name, wrong)

    def wrong(self, project: Project, relationship: Relationship, target: Mapper, name: str) -> tuple[str, str] | None:
        """What is said of the name, and what SQLAlchemy says; None where nothing is known to be wrong."""
        table = f"({target.table.name})" if target.table is not None else ""
        absent = (
            f"Mapper 'Mapper[{target.name}{table}]' has no property '{name}'.  If this property was indicated from other "
            "mappers or configure events, ensure registry.configure() has been called."
        )
        if project.tables.names.lacks(target, name):
            return f"`{target.name}` has no attribute `{name}`", absent
        attribute = project.tables.names.attribute(target, name)
        if attribute is None or project.tables.is_guarded(attribute.site):
            return None
        if attribute.kind in _UNMAPPED:
            return f"`{target.name}.{name}` is no relationship but a `{attribute.kind}`", absent
        if attribute.kind in _NO_RELATIONSHIP:
            what = attribute.kind.replace("_", " ")
            return f"`{target.name}.{name}` is no relationship but a {what}", (
                f"back_populates on relationship '{relationship.name}' refers to attribute '{target.name}.{name}' that is "
                "not a relationship.  The back_populates parameter should refer to the name of a relationship on the "
                "target class."
            )
        other = target.relationships.get(name)
        if attribute.kind != "relationship" or other is None or other.target is None or other.verdict != "found":
            return None
        owner = relationship.owner
        if other.target.base is owner.base or other.target.concrete or owner.concrete:
            return None
        return f"`{other.name}` leads to `{other.target.name}`, not to `{owner.name}`", (
            f"reverse_property '{name}' on relationship {relationship.name} references relationship {other.name}, which "
            f"does not reference mapper Mapper[{owner.name}({owner.table.name})]" if owner.table is not None else ""
        )  # fmt: skip

    def report(
        self,
        project: Project,
        place: Place,
        relationship: Relationship,
        target: Mapper,
        given: Given,
        name: str,
        wrong: tuple[str, str],
    ) -> Finding:
        message, runtime = wrong
        meant = self.meant(relationship, target, name)
        where = project.tables.text_place(given)
        fix = Fix(False, (Edit(where, meant),), f"name `{meant}`") if meant and where is not None else None
        key = relationship.key
        return self.finding(
            place,
            f"relationship `{relationship.name}` names `{name}` as its other side: {message}",
            runtime=runtime,
            help=(
                f"did you mean `{meant}`?"
                if meant
                else f'give `{target.name}` a relationship to `{relationship.owner.name}` with back_populates="{key}"'
            ),
            related=[Related(project.class_place(target.symbol), f"`{target.name}` is defined here")],
            fix=fix,
        )

    def meant(self, relationship: Relationship, target: Mapper, name: str) -> str | None:
        """The relationship of the other side that leads back: the one that names this one, the nearest, or the only one."""
        from linter.project.near import near

        back = [
            r for r in target.relationships.values() if r.target is not None and r.key != name and r is not relationship
        ]
        back = [
            r for r in back if r.origin is None and r.target is not None and r.target.base is relationship.owner.base
        ]
        partners = [r for r in back if r.text("back_populates") == relationship.key]
        if len(partners) == 1:
            return partners[0].key
        free = [r.key for r in back if not r.says("back_populates") and not r.says("backref") and r.whole]
        close = near(name, [r.key for r in partners] or free)
        return close[0] if close else free[0] if len(free) == 1 and not partners else None
