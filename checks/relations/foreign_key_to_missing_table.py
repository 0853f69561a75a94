from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from linter.check import Check
from linter.finding import Edit, Finding, Fix, Place, Related
from linter.project import Project

if TYPE_CHECKING:
    from linter.project.sqlalchemy.schema import Column, ForeignKey, Table
    from linter.project.sqlalchemy.suggestions import TableSuggestion


class ForeignKeyToMissingTable(Check):
    """A SQLAlchemy foreign key names a table that its MetaData does not hold.

    The string in `ForeignKey("users.id")` is looked up late: not when the class is defined, but when a table is created, a
    row is written, or a relationship is to be joined. A table that was renamed, a plural too many or a schema that was
    forgotten is therefore found in production. What SQLAlchemy says then depends on who asks. A `create_all()` or the first
    INSERT says

    ```text
    sqlalchemy.exc.NoReferencedTableError: Foreign key associated with column 'audit_logs.user_id' could not find table 'users' with which to generate a foreign key to target column 'id'
    ```

    and where there is a relationship, the first use of *any* mapped class of the process fails with a message that does not
    name the missing table at all (see `undetermined-join`).

    The name must be that of a *table* in the same MetaData: not that of the class, not one of another declarative base, not
    one that only a migration creates. Flask-SQLAlchemy names the table of `UserAddress` `user_address`, SQLModel that of
    `HeroTeam` `heroteam`. With a near name known, or a rename in one of Alembic's migrations, the finding says so.

    ## Bad

    ```python
    # file: app/models.py
    from sqlalchemy import Column, ForeignKey, Integer
    from sqlalchemy.orm import declarative_base

    Base = declarative_base()


    class User(Base):
        __tablename__ = "users_v2"

        id = Column(Integer, primary_key=True)


    class AuditLog(Base):
        __tablename__ = "audit_logs"

        id = Column(Integer, primary_key=True)
        user_id = Column(Integer, ForeignKey("users.id"))
    ```

    ## Good

    ```python
    # file: app/models.py
    from sqlalchemy import Column, ForeignKey, Integer
    from sqlalchemy.orm import declarative_base

    Base = declarative_base()


    class User(Base):
        __tablename__ = "users_v2"

        id = Column(Integer, primary_key=True)


    class AuditLog(Base):
        __tablename__ = "audit_logs"

        id = Column(Integer, primary_key=True)
        user_id = Column(Integer, ForeignKey("users_v2.id", ondelete="SET NULL"))
    ```

    ## Silent when

    - the MetaData may hold tables that were not seen: it is reflected or automapped, a table's name is computed in a way
      that was not understood, a base class was not found, or a library has tables of its own in it;
    - the table is made in a function, or with a MetaData that was not understood;
    - the two tables belong to different bind keys of Flask-SQLAlchemy and the requirements allow a version before 3, in
      which all binds share a MetaData;
    - the target is a Column object, which needs no lookup;
    - the foreign key stands in one of Alembic's migrations.

    ## Fix

    The table's part of the string is replaced where one table can be told to be meant and it has that column. Safe where
    only the schema was missing, or Flask-SQLAlchemy or SQLModel gave the class's table another name than was written;
    unsafe where the name was found by a rename in a migration, by the class's name, by a relationship or by likeness.
    """

    summary = "a SQLAlchemy foreign key to a table that its MetaData does not hold"
    severity = "error"
    fixable = True

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        if not project.uses_sqlalchemy:
            return
        told: set[Place] = set()  # a mixin's foreign key is in many tables
        for table, column, key in project.tables.foreign_keys_in(path):
            if project.tables.resolve(table, column, key).verdict == "no table":
                place = project.tables.place(key.origin or key.site)
                if place not in told:
                    told.add(place)
                    yield self.report(project, place, table, column, key)

    def report(self, project: Project, place: Place, table: Table, column: Column, key: ForeignKey) -> Finding:
        from linter.project.sqlalchemy.schema import split
        from linter.project.sqlalchemy.suggestions import table_meant

        assert key.text is not None
        schema, name, remote = split(key.text)
        full = f"{schema}.{name}" if schema else name
        message = f"the foreign key of `{table.name}.{column.name}` refers to table `{full}`, which {self.why(project, table, name)}"
        runtime = (
            f"Foreign key associated with column '{table.name}.{column.name}' could not find table '{full}' with which to "
            f"generate a foreign key to target column '{remote}'"
        )
        meant = table_meant(project, table, column, key)
        help = f"refer to `{meant.text(key)}`" if meant is not None else "name a table of the same MetaData"
        related = self.related(project, name, meant)
        return self.finding(
            place, message, runtime=runtime, help=help, related=related, fix=self.fix(project, meant, column, key)
        )

    def why(self, project: Project, table: Table, name: str) -> str:
        """What is known of a table that is not there."""
        from linter.project.sqlalchemy.schema import SOME_SCHEMA

        here = table.metadata.named(name)
        if here:
            schemas = sorted(f"`{t.schema}`" for t in here if t.schema not in (None, SOME_SCHEMA))
            return f"is in schema {' and '.join(schemas)}" if schemas else "is in no schema"
        for metadata in project.tables.metadatas.all.values():
            if metadata is not table.metadata and metadata.named(name) and not metadata.local:
                return f"is in another MetaData (`{metadata.label}`)"
        if name in project.alembic_renames.created and project.alembic_renames.table(name) is None:
            return "only a migration creates"
        return "does not exist"

    def related(self, project: Project, name: str, meant: TableSuggestion | None) -> Iterator[Related]:
        if meant is not None and meant.rename is not None:
            place = project.tables.place(meant.rename.site)
            message = f"`{meant.rename.old}` was renamed to `{meant.rename.new}` in revision {meant.rename.revision}"
            yield Related(place, message)
        created = project.alembic_renames.created.get(name)
        if created is not None and (meant is None or meant.rename is None):
            yield Related(project.tables.place(created.site), f"`{name}` is created in revision {created.revision}")
        if meant is not None:
            what = f"`{meant.mapper.name}` has" if meant.mapper is not None else "this is"
            yield Related(project.tables.place(meant.table.site), f"{what} the table `{meant.table.full_name}`")

    def fix(self, project: Project, meant: TableSuggestion | None, column: Column, key: ForeignKey) -> Fix | None:
        if meant is None or key.text is None or not meant.has_column(key, column):
            return None
        place = project.tables.part_of(key, 0, len(key.text))
        if place is None:
            return None
        target = meant.text(key)
        return Fix(meant.safe, (Edit(place, target),), f"refer to {target}")
