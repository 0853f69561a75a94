from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from linter.check import Check
from linter.finding import Finding, Place, Related
from linter.project import Project

if TYPE_CHECKING:
    from linter.project.sqlalchemy.joins import NoJoin
    from linter.project.sqlalchemy.mapping import Mapper, Relationship


class UndeterminedJoin(Check):
    """A SQLAlchemy relationship between tables that no foreign key links.

    Where a relationship does not say itself how to join, SQLAlchemy looks for a foreign key between the two tables. If there
    is none, or the one there is leads to a table that does not exist (which does not count, and is not mentioned either),
    the mappers cannot be configured:

    ```text
    sqlalchemy.exc.NoForeignKeysError: Could not determine join condition between parent/child tables on relationship AuditLog.user - there are no foreign keys linking these tables.  Ensure that referencing columns are associated with a ForeignKey or ForeignKeyConstraint, or specify a 'primaryjoin' expression.
    ```

    That happens at the first use of *any* mapped class in the process, and from then on every one of them fails, with
    `One or more mappers failed to initialize - can't proceed with initialization of other mappers`.

    The same goes for a `secondary` table that lacks a foreign key to one of the sides, and for a class that inherits from a
    mapped class and has a table of its own: `Can't determine the inherit condition between inherited table 'people' and
    inheriting table 'engineers'`.

    ## Bad

    ```python
    # file: app/models.py
    from sqlalchemy import Column, Integer
    from sqlalchemy.orm import declarative_base, relationship

    Base = declarative_base()


    class User(Base):
        __tablename__ = "users"

        id = Column(Integer, primary_key=True)


    class AuditLog(Base):
        __tablename__ = "audit_logs"

        id = Column(Integer, primary_key=True)
        user_id = Column(Integer)

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


    class AuditLog(Base):
        __tablename__ = "audit_logs"

        id = Column(Integer, primary_key=True)
        user_id = Column(Integer, ForeignKey("users.id"))

        user = relationship("User")
    ```

    ## Silent when

    - the relationship has a `primaryjoin` or `secondaryjoin`, or arguments that were not understood;
    - one of the tables may have foreign keys that were not seen: it is reflected, a base class or a mixin was not found;
    - the other side is not known, or several classes have a table of that name;
    - the foreign key that is there misses a column (see `foreign-key-to-missing-column`).

    ## Fix

    None: a foreign key that was never there cannot be told. Where one leads to a missing table, mending that one
    (`foreign-key-to-missing-table`) mends the relationship.
    """

    summary = "a SQLAlchemy relationship between tables that no foreign key links"
    severity = "error"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        if not project.uses_sqlalchemy:
            return
        from linter.project.sqlalchemy import joins

        told: set[Place] = set()  # one in a mixin is in many classes
        for relationship in project.tables.relationships_in(path):
            missing = joins.undetermined(relationship, project.tables.resolve)
            if missing is not None and not self.are_several(relationship):
                place = project.tables.place(relationship.site)
                if place not in told:
                    told.add(place)
                    yield self.report(project, place, relationship, missing)
        for mapper in project.tables.mappers_in(path):
            missing = joins.uninherited(mapper, project.tables.resolve)
            if missing is not None:
                yield self.report_inheritance(project, mapper, missing)

    def are_several(self, relationship: Relationship) -> bool:
        """Whether a table is that of several classes, as where each test has an `Article` of its own: only one is there."""
        sides = (relationship.owner.table, relationship.target.table if relationship.target is not None else None)
        return any(table is not None and len(table.definitions) > 1 for table in sides)

    def report(self, project: Project, place: Place, relationship: Relationship, missing: NoJoin) -> Finding:
        name = f"{relationship.owner.name}.{relationship.key}"
        via = f" via secondary table '{missing.secondary.name}'" if missing.secondary is not None else ""
        cure = "'primaryjoin' and 'secondaryjoin' expressions" if via else "a 'primaryjoin' expression"
        runtime = (
            f"Could not determine join condition between parent/child tables on relationship {name} - there are no foreign "
            f"keys linking these tables{via}.  Ensure that referencing columns are associated with a ForeignKey or "
            f"ForeignKeyConstraint, or specify {cure}."
        )
        return self.finding(
            place,
            f"relationship `{name}` has nothing to join on: {self.reason(missing)}",
            runtime=runtime,
            help=self.advice(project, missing),
            related=self.related(project, missing),
        )

    def report_inheritance(self, project: Project, mapper: Mapper, missing: NoJoin) -> Finding:
        runtime = (
            f"Can't determine the inherit condition between inherited table '{missing.left.full_name}' and inheriting table "
            f"'{missing.right.full_name}'; tables have no foreign key relationships established."
        )
        return self.finding(
            project.class_place(mapper.symbol),
            f"`{mapper.name}` inherits from a mapped class and has nothing to join on: {self.reason(missing)}",
            runtime=runtime,
            help=self.advice(project, missing),
            related=self.related(project, missing),
        )

    def reason(self, missing: NoJoin) -> str:
        from linter.project.sqlalchemy.schema import split

        for table, column, key in missing.dangling[:1]:
            schema, name, _ = split(key.text or "")
            full = f"{schema}.{name}" if schema else name
            return f"the foreign key of `{table.name}.{column.name}` refers to table `{full}`, which does not exist"
        if missing.left is missing.right:
            return f"`{missing.left.full_name}` has no foreign key to itself"
        return f"no foreign key links `{missing.left.full_name}` and `{missing.right.full_name}`"

    def advice(self, project: Project, missing: NoJoin) -> str:
        from linter.project.sqlalchemy.suggestions import table_meant

        for table, column, key in missing.dangling[:1]:
            meant = table_meant(project, table, column, key)
            return (
                f"let it refer to `{meant.text(key)}`" if meant is not None else "let it refer to a table that exists"
            )
        return "add a ForeignKey to one of the tables, or a `primaryjoin` to the relationship"

    def related(self, project: Project, missing: NoJoin) -> Iterator[Related]:
        from linter.project.sqlalchemy.suggestions import table_meant

        for table, column, key in missing.dangling[:1]:
            yield Related(project.tables.place(key.origin or key.site), "this foreign key does not count")
            meant = table_meant(project, table, column, key)
            if meant is not None and meant.rename is not None:
                place = project.tables.place(meant.rename.site)
                message = (
                    f"`{meant.rename.old}` was renamed to `{meant.rename.new}` in revision {meant.rename.revision}"
                )
                yield Related(place, message)
