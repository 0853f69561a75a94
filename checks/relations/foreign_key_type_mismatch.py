from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from linter.check import Check
from linter.finding import Finding, Fix, Place, Related
from linter.project import Project

if TYPE_CHECKING:
    from linter.project.sqlalchemy.schema import Column, ForeignKey, Table


class ForeignKeyTypeMismatch(Check):
    """A SQLAlchemy foreign key whose column has another kind of type than the one it refers to.

    Databases that look at types do not create such a table. PostgreSQL says

    ```text
    psycopg.errors.DatatypeMismatch: foreign key constraint "api_keys_organization_id_fkey" cannot be implemented
    DETAIL:  Key columns "organization_id" and "id" are of incompatible types: character varying and integer.
    ```

    (in version 18 `Key columns "organization_id" of the referencing table and "id" of the referenced table are of
    incompatible types`), and MySQL `Referencing column 'organization_id' and referenced column 'id' in foreign key
    constraint … are incompatible`. SQLite takes it, so tests that run on SQLite pass.

    A column with a foreign key needs no type: it has that of the column that it refers to. The annotation does not count,
    `Mapped[str] = mapped_column(ForeignKey("organizations.id"))` is an integer where `organizations.id` is one.

    ## Bad

    ```python
    # file: app/models.py
    from sqlalchemy import Column, ForeignKey, Integer, String
    from sqlalchemy.orm import declarative_base

    Base = declarative_base()


    class Organization(Base):
        __tablename__ = "organizations"

        id = Column(Integer, primary_key=True)


    class ApiKey(Base):
        __tablename__ = "api_keys"

        id = Column(Integer, primary_key=True)
        organization_id = Column(String(36), ForeignKey("organizations.id"))
    ```

    ## Good

    ```python
    # file: app/models.py
    from sqlalchemy import Column, ForeignKey, Integer, String
    from sqlalchemy.orm import declarative_base

    Base = declarative_base()


    class Organization(Base):
        __tablename__ = "organizations"

        id = Column(Integer, primary_key=True)


    class ApiKey(Base):
        __tablename__ = "api_keys"

        id = Column(Integer, primary_key=True)
        organization_id = Column(ForeignKey("organizations.id"))
    ```

    ## Silent when

    - one of the types is not known: one of a library, a decorated one that depends on the database;
    - the types differ in size only, as `Integer` and `BigInteger` or `String(36)` and `Text` do, or are of kinds that some
      databases compare, such as numbers and dates of several sorts;
    - the foreign key leads nowhere (see `foreign-key-to-missing-table` and `foreign-key-to-missing-column`).

    ## Fix

    The type is taken out, so that the column has the right one. Unsafe: the annotation may want changing, too, and tables
    that are there a migration.
    """

    summary = "a SQLAlchemy foreign key of another kind of type than the column it refers to"
    severity = "error"
    fixable = True

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        if not project.uses_sqlalchemy:
            return
        told: set[Place] = set()
        for table, column, key in project.tables.foreign_keys_in(path):
            target = project.keys.are_apart(table, column, key)
            if target is not None:
                place = self.place(project, column, key, path)
                if place not in told:
                    told.add(place)
                    yield self.report(project, place, table, column, target)

    def place(self, project: Project, column: Column, key: ForeignKey, path: str) -> Place:
        """The type, where it stands in the same file."""
        site = column.given["type_"].site if "type_" in column.given else column.site
        return project.tables.place(site if site.path == path else key.origin or key.site)

    def report(self, project: Project, place: Place, table: Table, column: Column, target: Column) -> Finding:
        home = project.tables.table_of(target)
        other = f"{home.full_name}.{target.name}" if home is not None else target.name
        return self.finding(
            place,
            f"`{table.name}.{column.name}` is of type {column.type}, and `{other}`, which it refers to, of type {target.type}",
            runtime=f'Key columns "{column.name}" and "{target.name}" are of incompatible types',
            help=f"leave the type out, or make it {target.type}"
            if "type_" in column.given
            else f"make it {target.type}",
            related=[Related(project.tables.place(target.site), f"this is `{other}`")],
            fix=self.fix(project, column),
        )

    def fix(self, project: Project, column: Column) -> Fix | None:
        from linter.project.sqlalchemy.edits import without_argument

        given = column.given.get("type_")
        if given is None or given.name is not None or column.maker == "Field":
            return None
        edit = without_argument(project, column.site, given.site)
        return Fix(False, (edit,), f"leave out the type {column.type}") if edit is not None else None
