from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from linter.check import Check
from linter.finding import Finding
from linter.project import Project

if TYPE_CHECKING:
    from linter.project.sqlalchemy.mapping import Mapper
    from linter.project.sqlalchemy.schema import Column


class NoPrimaryKey(Check):
    """A mapped SQLAlchemy class whose table has no primary key.

    An object is told from others by its primary key, so there is no mapping without one, and the module cannot be imported:

    ```text
    sqlalchemy.exc.ArgumentError: Mapper Mapper[Visit(visits)] could not assemble any primary key columns for mapped table 'visits'
    ```

    ## Bad

    ```python
    # file: app/models.py
    from sqlalchemy import Column, Integer
    from sqlalchemy.orm import declarative_base

    Base = declarative_base()


    class Visit(Base):
        __tablename__ = "visits"

        page_id = Column(Integer)
        count = Column(Integer)
    ```

    ## Good

    ```python
    # file: app/models.py
    from sqlalchemy import Column, Integer
    from sqlalchemy.orm import declarative_base

    Base = declarative_base()


    class Visit(Base):
        __tablename__ = "visits"

        page_id = Column(Integer, primary_key=True)
        count = Column(Integer)
    ```

    ## Silent when

    - the table may have columns or constraints that were not seen: a base class or a mixin was not found, it is reflected;
    - `__mapper_args__` say a `primary_key`, or were not understood;
    - the class inherits from a mapped one.

    ## Fix

    None: which columns tell the rows apart is not known.
    """

    summary = "a mapped SQLAlchemy class whose table has no primary key"
    severity = "error"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        if not project.uses_sqlalchemy:
            return
        for mapper in project.tables.mappers_in(path):
            if self.lacks_key(mapper) and mapper.table is not None:
                yield self.finding(
                    project.class_place(mapper.symbol),
                    f"the table of `{mapper.name}` has no primary key",
                    runtime=(
                        f"Mapper Mapper[{mapper.name}({mapper.table.name})] could not assemble any primary key columns for "
                        f"mapped table '{mapper.table.full_name}'"
                    ),
                    help="make a column its primary key (`primary_key=True`)",
                )

    def lacks_key(self, mapper: Mapper) -> bool:
        table = mapper.table
        if table is None or table.open or table.args_open or table.primary_key != []:
            return False
        if mapper.parent is not None or mapper.is_union or mapper.open:
            return False
        if "primary_key" in mapper.arguments or not mapper.arguments_whole or len(table.definitions) > 1:
            return False
        return not any(column.vague or self.may_be_key(column) for column in table.columns.values())

    def may_be_key(self, column: Column) -> bool:
        """Whether its annotation may be an alias, not read, of `Annotated[int, mapped_column(primary_key=True)]`."""
        annotation = column.annotation
        return annotation is not None and (annotation.optional is None or column.type is None)
