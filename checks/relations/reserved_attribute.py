from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Finding, Place
from linter.project import Project


class ReservedAttribute(Check):
    """A column or a relationship of a declarative SQLAlchemy class that is called `metadata`.

    Every declarative class has its MetaData under this name. SQLAlchemy up to 2.0 does not let the module be imported:

    ```text
    sqlalchemy.exc.InvalidRequestError: Attribute name 'metadata' is reserved when using the Declarative API.
    ```

    (1.4: `Attribute name 'metadata' is reserved for the MetaData instance when using a declarative base class.`) Since 2.1
    it is a warning, and `Event.metadata` is the column, wherever the MetaData was meant:

    ```text
    SAWarning: Attribute name 'metadata' should be left reserved
    ```

    ## Bad

    ```python
    # file: app/models.py
    from sqlalchemy import JSON, Column, Integer
    from sqlalchemy.orm import declarative_base

    Base = declarative_base()


    class Event(Base):
        __tablename__ = "events"

        id = Column(Integer, primary_key=True)
        metadata = Column(JSON)
    ```

    ## Good

    ```python
    # file: app/models.py
    from sqlalchemy import JSON, Column, Integer
    from sqlalchemy.orm import declarative_base

    Base = declarative_base()


    class Event(Base):
        __tablename__ = "events"

        id = Column(Integer, primary_key=True)
        metadata_ = Column("metadata", JSON)
    ```

    ## Silent when

    - only the column is called so, as in the good example;
    - `metadata` is a MetaData, as base classes have it;
    - the class is mapped by `map_imperatively()`, which keeps nothing there.

    ## Fix

    None: whoever uses the attribute must use another name.
    """

    summary = "an attribute called `metadata` of a declarative SQLAlchemy class"
    severity = "error"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        if not project.uses_sqlalchemy:
            return
        told: set[Place] = set()
        for mapper in project.tables.mappers_in(path):
            declared = mapper.declared.get("metadata")
            if declared is None or mapper.imperative is not None or declared.site.path != path:
                continue
            if "metadata" in mapper.columns or "metadata" in mapper.relationships:
                place = project.tables.place(declared.site)
                if place not in told:
                    told.add(place)
                    yield self.finding(
                        place,
                        f"`{declared.definer.name}.metadata` takes the place of the MetaData",
                        runtime="Attribute name 'metadata' is reserved when using the Declarative API.",
                        help='call the attribute `metadata_`, and give the column its name: `Column("metadata", …)`'
                        if "metadata" in mapper.columns
                        else "call the attribute otherwise",
                    )
