from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from linter.check import Check
from linter.finding import Edit, Finding, Fix, Place, Related
from linter.project import Project

if TYPE_CHECKING:
    from linter.project.sqlalchemy.schema import Column, ForeignKey, Table
    from linter.project.sqlalchemy.suggestions import ColumnSuggestion


class ForeignKeyToMissingColumn(Check):
    """A SQLAlchemy foreign key names a column that its target table does not have.

    The last part of the string in `ForeignKey("users.uid")` is the *key* of a column, as in `users.c.uid`. That is the
    column's name in the database unless `key=` says otherwise, and not the name of the class's attribute where the two
    differ: for `id = Column("ident", Integer)` it is `users.ident`. A string without a dot, `ForeignKey("users")`, means
    the column that is called like the one it stands in. All this is looked up when a table is created, a row is written or
    a relationship is to be joined, and then

    ```text
    sqlalchemy.exc.NoReferencedColumnError: Could not initialize target column for ForeignKey 'users.uid' on table 'audit_logs': table 'users' has no column named 'uid'
    ```

    ## Bad

    ```python
    # file: app/models.py
    from sqlalchemy import Column, ForeignKey, Integer
    from sqlalchemy.orm import declarative_base

    Base = declarative_base()


    class User(Base):
        __tablename__ = "users"

        id = Column(Integer, primary_key=True)


    class AuditLog(Base):
        __tablename__ = "audit_logs"

        id = Column(Integer, primary_key=True)
        user_id = Column(Integer, ForeignKey("users.uid"))
    ```

    ## Good

    ```python
    # file: app/models.py
    from sqlalchemy import Column, ForeignKey, Integer
    from sqlalchemy.orm import declarative_base

    Base = declarative_base()


    class User(Base):
        __tablename__ = "users"

        id = Column(Integer, primary_key=True)


    class AuditLog(Base):
        __tablename__ = "audit_logs"

        id = Column(Integer, primary_key=True)
        user_id = Column(Integer, ForeignKey("users.id"))
    ```

    ## Silent when

    - the target table may have columns that were not seen: it is reflected, one of its bases or mixins was not found, a
      decorator or a metaclass may add to it, or a column's name is computed in a way that was not understood;
    - the target table itself does not exist (see `foreign-key-to-missing-table`).

    ## Fix

    The column's part of the string is replaced where a column is called nearly so, where the name is that of the attribute,
    or where a migration renamed the column; a string without a column gets the primary key. Unsafe: a likely name is not a certain one.
    """

    summary = "a SQLAlchemy foreign key to a column that its target table does not have"
    severity = "error"
    fixable = True

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        if not project.uses_sqlalchemy:
            return
        told: set[Place] = set()
        for table, column, key in project.tables.foreign_keys_in(path):
            found = project.tables.resolve(table, column, key)
            if found.verdict == "no column" and found.table is not None:
                place = project.tables.place(key.origin or key.site)
                if place not in told:
                    told.add(place)
                    yield self.report(project, place, table, column, key, found.table)

    def report(
        self, project: Project, place: Place, table: Table, column: Column, key: ForeignKey, target: Table
    ) -> Finding:
        from linter.project.sqlalchemy.suggestions import column_meant

        name = key.named(column)
        meant = column_meant(project, target, column, key)
        message = (
            f"the foreign key of `{table.name}.{column.name}` refers to column `{name}` of table `{target.full_name}`, "
            "which has no such column"
        )
        runtime = (
            f"Could not initialize target column for ForeignKey '{key.text}' on table '{table.name}': table "
            f"'{target.name}' has no column named '{name}'"
        )
        keys = [f"`{target.full_name}.{c.key}`" for c in target.columns.values() if c.primary_key]
        if meant is not None:
            help = f"refer to `{target.full_name}.{meant.name}`"
        else:
            help = f"refer to {keys[0]}, its primary key" if len(keys) == 1 else "refer to one of its columns"
        return self.finding(
            place,
            message,
            runtime=runtime if key.text is not None else f"AttributeError: {name}",
            help=help,
            related=self.related(project, target, meant),
            fix=self.fix(project, meant, column, key),
        )

    def related(self, project: Project, target: Table, meant: ColumnSuggestion | None) -> Iterator[Related]:
        if meant is not None and meant.rename is not None:
            rename = meant.rename
            message = f"`{rename.column}` was renamed to `{rename.new}` in revision {rename.revision}"
            yield Related(project.tables.place(rename.site), message)
        if meant is not None and meant.is_attribute:
            yield Related(project.tables.place(meant.column.site), f"foreign keys call this column `{meant.name}`")
        else:
            yield Related(project.tables.place(target.site), f"this is the table `{target.full_name}`")

    def fix(self, project: Project, meant: ColumnSuggestion | None, column: Column, key: ForeignKey) -> Fix | None:
        if meant is None or key.text is None:
            return None
        start, text = len(key.text), f".{meant.name}"
        if "." in key.text:
            start, text = key.text.rindex(".") + 1, meant.name
        place = project.tables.part_of(key, start, len(key.text))
        return Fix(False, (Edit(place, text),), f"refer to {meant.name}") if place is not None else None
