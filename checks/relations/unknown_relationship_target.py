from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from linter.check import Check
from linter.finding import Edit, Finding, Fix, Place, Related
from linter.project import Project

if TYPE_CHECKING:
    from linter.project.sqlalchemy.mapping import Mapper, Relationship


class UnknownRelationshipTarget(Check):
    """A SQLAlchemy relationship to a class that is not mapped by the same base.

    The name in `relationship("User")`, or in `Mapped["User"]`, is that of a *class*, perhaps with its module before it
    (`"app.models.User"`). It is looked up among the mapped classes of the same declarative base when the mappers are
    configured, at the first use of any of them; from then on every one fails:

    ```text
    sqlalchemy.exc.InvalidRequestError: When initializing mapper Mapper[AuditLog(audit_logs)], expression 'Usr' failed to locate a name ('Usr'). If this is a class name, consider adding this relationship() to the <class 'app.models.AuditLog'> class after both dependent classes have been defined.
    ```

    The name of a table is no class: `relationship 'user' expects a class or a mapper argument (received: <class
    'sqlalchemy.sql.schema.Table'>)`.

    ## Bad

    ```python
    # file: app/models.py
    from sqlalchemy import Column, ForeignKey, Integer
    from sqlalchemy.orm import declarative_base, relationship

    Base = declarative_base()


    class User(Base):
        __tablename__ = "users"

        id = Column(Integer, primary_key=True)


    class AuditLog(Base):
        __tablename__ = "audit_logs"

        id = Column(Integer, primary_key=True)
        user_id = Column(ForeignKey("users.id"))

        user = relationship("Usr")
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


    class AuditLog(Base):
        __tablename__ = "audit_logs"

        id = Column(Integer, primary_key=True)
        user_id = Column(ForeignKey("users.id"))

        user = relationship("User")
    ```

    ## Silent when

    - classes may be mapped that were not seen: by automap, by a base class that was not found, by code that makes classes;
    - the name is computed, or is an expression that was not understood.

    ## Fix

    The name is replaced where one class is called nearly so, or is mapped to the table that was named. Unsafe.
    """

    summary = "a SQLAlchemy relationship to a class that its base does not map"
    severity = "error"
    fixable = True

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        if not project.uses_sqlalchemy:
            return
        told: set[Place] = set()  # one in a mixin is in many classes
        for relationship in project.tables.relationships_in(path):
            if relationship.verdict in ("missing", "table", "none"):
                place = self.place(project, relationship)
                if place not in told:
                    told.add(place)
                    yield self.report(project, place, relationship)

    def place(self, project: Project, relationship: Relationship) -> Place:
        if relationship.says("argument"):
            return project.tables.place(relationship.given["argument"].site)
        return project.tables.place(relationship.declared.site if relationship.declared else relationship.site)

    def report(self, project: Project, place: Place, relationship: Relationship) -> Finding:
        meant = self.meant(project, relationship)
        where = project.tables.text_place(relationship.given["argument"]) if relationship.says("argument") else None
        fix = Fix(False, (Edit(where, meant.name),), f"name `{meant.name}`") if meant and where is not None else None
        return self.finding(
            place,
            self.message(project, relationship),
            runtime=self.runtime(relationship),
            help=f"did you mean `{meant.name}`?" if meant is not None else "name a class that the same base maps",
            related=[Related(project.class_place(meant.symbol), f"`{meant.name}` is defined here")] if meant else (),
            fix=fix,
        )

    def message(self, project: Project, relationship: Relationship) -> str:
        name, written = relationship.name, relationship.target_name
        if relationship.verdict == "none":
            return f"relationship `{name}` does not say to which class it leads"
        if relationship.verdict == "table":
            what = f"`{written}`, which is a table and no class" if written else "a table instead of a class"
            return f"relationship `{name}` names {what}"
        elsewhere = project.tables.classes_named(written.strip().rpartition(".")[2])
        if any(other.metadata is not relationship.owner.metadata for other in elsewhere):
            return f"relationship `{name}` names `{written}`, which another declarative base maps"
        return f"relationship `{name}` names `{written}`, which is no mapped class"

    def runtime(self, relationship: Relationship) -> str:
        owner, written = relationship.owner, relationship.target_name
        if relationship.verdict == "none":
            return (
                f'Python typing annotation is required for attribute "{relationship.name}" when primary argument(s) for '
                '"Relationship" construct are None or not present'
            )
        if relationship.verdict == "table":
            return (
                f"relationship '{relationship.key}' expects a class or a mapper argument (received: <class "
                "'sqlalchemy.sql.schema.Table'>)"
            )
        table = f"({owner.table.name})" if owner.table is not None else ""
        return (
            f"When initializing mapper Mapper[{owner.name}{table}], expression '{written}' failed to locate a name "
            f"('{written}'). If this is a class name, consider adding this relationship() to the <class "
            f"'{owner.symbol.dotted}'> class after both dependent classes have been defined."
        )

    def meant(self, project: Project, relationship: Relationship) -> Mapper | None:
        from linter.project.near import near

        metadata = relationship.owner.metadata
        name = relationship.target_name.strip().rpartition(".")[2]
        mappers = {m.name: m for m in project.tables.mappers if m.metadata is metadata}
        if relationship.verdict == "table":
            table = metadata.find(relationship.target_name.strip().rpartition(".")[0] or None, name)
            mapped = project.tables.mappers_of(table) if table is not None else []
            return mapped[0] if len(mapped) == 1 else None
        if name in mappers:
            return mappers[name]  # only the module before it is wrong
        by_case = [m for other, m in mappers.items() if other.lower() == name.lower()]
        close = near(name, mappers) if name else []
        return by_case[0] if by_case else mappers[close[0]] if close else None
