from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from linter.check import Check
from linter.finding import Finding, Fix, Place, Related
from linter.project import Project
from linter.project.near import near
from linter.project.sqlalchemy.edits import renamed

if TYPE_CHECKING:
    from linter.project.sqlalchemy.schema import Constraint, Named, Table

# Those whose strings are columns and nothing else.
_KINDS = frozenset({"Index", "UniqueConstraint", "PrimaryKeyConstraint", "ForeignKeyConstraint"})


class UnknownConstraintColumn(Check):
    """A SQLAlchemy constraint or index names a column that its table does not have.

    The names in `UniqueConstraint("team_id", "name")`, `Index("ix_name", "name")`, `PrimaryKeyConstraint(…)` and in the first
    list of `ForeignKeyConstraint(…)` are the *keys* of columns: what `Column("ident", …)` says, not the attribute it is
    assigned to, and not a relationship. The table cannot be made otherwise, so the module cannot be imported:

    ```text
    sqlalchemy.exc.ConstraintColumnNotFoundError: Can't create UniqueConstraint on table 'members': no column named 'team' is present.
    ```

    SQLAlchemy 1.4 says `KeyError: 'team'`.

    ## Bad

    ```python
    # file: app/models.py
    from sqlalchemy import Column, Integer, String, UniqueConstraint
    from sqlalchemy.orm import declarative_base

    Base = declarative_base()


    class Member(Base):
        __tablename__ = "members"
        __table_args__ = (UniqueConstraint("team", "name"),)

        id = Column(Integer, primary_key=True)
        team_id = Column(Integer)
        name = Column(String(50))
    ```

    ## Good

    ```python
    # file: app/models.py
    from sqlalchemy import Column, Integer, String, UniqueConstraint
    from sqlalchemy.orm import declarative_base

    Base = declarative_base()


    class Member(Base):
        __tablename__ = "members"
        __table_args__ = (UniqueConstraint("team_id", "name"),)

        id = Column(Integer, primary_key=True)
        team_id = Column(Integer)
        name = Column(String(50))
    ```

    ## Silent when

    - the table may have columns that were not seen: a base class or a mixin was not found, it is reflected, a column's name is
      computed in a way that was not understood;
    - what is named is an expression or a Column object, or the name was not understood.

    ## Fix

    The name is replaced where it is that of an attribute, or nearly that of one column. Unsafe: a likely name is not a certain one.
    """

    summary = "a SQLAlchemy constraint or index on a column that the table does not have"
    severity = "error"
    fixable = True

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        if not project.uses_sqlalchemy:
            return
        told: set[Place] = set()
        for table in project.tables.tables_in(path):
            if table.open or len(table.definitions) > 1:
                continue
            for constraint in table.constraints:
                for named in constraint.columns if constraint.kind in _KINDS else ():
                    if named.text is not None and named.column is None and named.site.path == path:
                        place = project.tables.place(named.site)
                        if place not in told:
                            told.add(place)
                            yield self.report(project, place, table, constraint, named)

    def report(self, project: Project, place: Place, table: Table, constraint: Constraint, named: Named) -> Finding:
        meant = self.meant(project, table, named)
        return self.finding(
            place,
            f"table `{table.full_name}` has no column `{named.text}`",
            runtime=(
                f"Can't create {constraint.kind} on table '{table.name}': no column named '{named.text}' is present."
            ),
            help=f"did you mean `{meant}`?" if meant else "name one of its columns",
            related=[Related(project.tables.place(table.site), f"this is the table `{table.full_name}`")],
            fix=self.fix(project, named, meant),
        )

    def meant(self, project: Project, table: Table, named: Named) -> str | None:
        assert named.text is not None
        for mapper in project.tables.mappers_of(table):
            if named.text in mapper.columns:
                return mapper.columns[named.text].key
            relationship = mapper.relationships.get(named.text)
            pairs = relationship.pairs if relationship is not None else None
            if pairs and len(pairs) == 1 and table.columns.get(pairs[0].foreign.key) is pairs[0].foreign:
                return pairs[0].foreign.key
        if f"{named.text}_id" in table.columns:
            return f"{named.text}_id"
        return next(iter(near(named.text, table.columns)), None)

    def fix(self, project: Project, named: Named, meant: str | None) -> Fix | None:
        if meant is None or named.text is None:
            return None
        edit = renamed(project, named.site, named.text, meant)
        return Fix(False, (edit,), f"name {meant}") if edit is not None else None
