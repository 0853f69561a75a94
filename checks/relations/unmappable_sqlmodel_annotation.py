from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from linter.check import Check
from linter.finding import Finding
from linter.project import Project

if TYPE_CHECKING:
    from linter.project.sqlalchemy.sqlmodels import Refused


class UnmappableSqlmodelAnnotation(Check):
    """An annotation in a SQLModel table that it can make nothing of.

    A field becomes a column, whose type comes from the annotation. A list or a dict has none, and the module cannot be
    imported:

    ```text
    ValueError: <class 'list'> has no matching SQLAlchemy type
    ```

    A relationship takes the class at its other side from the annotation. After `from __future__ import annotations` that is a
    text, of which SQLModel takes the whole for a name, and the first query fails:

    ```text
    sqlalchemy.exc.InvalidRequestError: When initializing mapper Mapper[Team(team)], expression "relationship("list['Hero']")" seems to be using a generic class as the argument to relationship(); please state the generic argument using an annotation, e.g. "heroes: Mapped[list['Hero']] = relationship()"
    ```

    ## Bad

    ```python
    # file: app/models.py
    from sqlmodel import Field, SQLModel


    class Hero(SQLModel, table=True):
        id: int | None = Field(default=None, primary_key=True)
        powers: list[str] = []
    ```

    ## Good

    ```python
    # file: app/models.py
    from sqlalchemy import JSON
    from sqlmodel import Field, SQLModel


    class Hero(SQLModel, table=True):
        id: int | None = Field(default=None, primary_key=True)
        powers: list[str] = Field(default_factory=list, sa_type=JSON)
    ```

    ## Silent when

    - the field says its type (`sa_type`, `sa_column`), or its arguments are not all seen;
    - the class is no table, and none is made from it;
    - the relationship is annotated with a plain class.

    ## Fix

    None: a column type, or a table of its own, is for its author to choose. Relationships need the future import gone.
    """

    summary = "an annotation in a SQLModel table that it cannot map"
    severity = "error"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        if not project.uses_sqlalchemy:
            return
        told = set()
        for found in project.tables.sqlmodels.refused(path):
            place = project.tables.place(found.declared.site)
            if place not in told:
                told.add(place)
                yield self.report(project, found)

    def report(self, project: Project, found: Refused) -> Finding:
        name = f"{found.declared.definer.name}.{found.declared.name}"
        if found.kind == "type":
            return self.finding(
                project.tables.place(found.declared.site),
                f"no column type fits `{name}`, which is a {found.name}",
                runtime=f"<class '{found.name}'> has no matching SQLAlchemy type",
                help="say one: `Field(sa_type=JSON)`",
            )
        return self.finding(
            project.tables.place(found.declared.site),
            f"SQLModel cannot read the annotation of relationship `{name}`, which is a text here",
            runtime="seems to be using a generic class as the argument to relationship()",
            help="take `from __future__ import annotations` out of this module",
        )
