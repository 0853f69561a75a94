from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from linter.check import Check
from linter.finding import Finding, Related
from linter.project import Project

if TYPE_CHECKING:
    from linter.project.sqlalchemy.computed import Use

_KINDS = {"property": "property", "cached_property": "cached property", "method": "method"}


class PropertyInMappedQuery(Check):
    """A query of SQLAlchemy asks the database for something that only Python computes: a property or method of the class.

    `User.full_name` is the property itself, and no column. Python compares it with the text, which gives False, and that
    is what the database gets to see: no row is found, and nothing is raised.

    ```text
    WHERE false
    ```

    The same comes of `filter_by(full_name=…)`, but SQLAlchemy 2.1 raises `InvalidRequestError` for some. Other uses fail:

    ```text
    AttributeError: 'property' object has no attribute 'ilike'
    TypeError: '<' not supported between instances of 'property' and 'str'
    sqlalchemy.exc.ArgumentError: ORDER BY expression expected, got <property object at 0x…>
    ```

    ## Bad

    ```python
    # file: app/models.py
    from sqlalchemy import Column, Integer, String, select
    from sqlalchemy.orm import declarative_base

    Base = declarative_base()


    class User(Base):
        __tablename__ = "users"

        id = Column(Integer, primary_key=True)
        first_name = Column(String(50))
        last_name = Column(String(50))

        @property
        def full_name(self):
            return self.first_name + " " + self.last_name


    def named(name):
        return select(User.id).where(User.full_name == name)
    ```

    ## Good

    ```python
    # file: app/models.py
    from sqlalchemy import Column, Integer, String, select
    from sqlalchemy.ext.hybrid import hybrid_property
    from sqlalchemy.orm import declarative_base

    Base = declarative_base()


    class User(Base):
        __tablename__ = "users"

        id = Column(Integer, primary_key=True)
        first_name = Column(String(50))
        last_name = Column(String(50))

        @hybrid_property
        def full_name(self):
            return self.first_name + " " + self.last_name


    def named(name):
        return select(User.id).where(User.full_name == name)
    ```

    ## Silent when

    - it is not known which class is asked, or the query has joined another one (for `filter_by()`);
    - the property is made by another decorator than `property` and `cached_property`, or the class has a metaclass;
    - a comparison is not given to a query, nor gathered in a list;
    - the code expects the error.

    ## Fix

    None: ask for the columns that it is computed from, or make it a `hybrid_property`, whose expression the database can compute.
    """

    summary = "a query for a property or method of a mapped class"
    severity = "error"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        if project.uses_sqlalchemy:
            for use in project.tables.computed.uses(path):
                yield self.report(project, path, use)

    def report(self, project: Project, path: str, use: Use) -> Finding:
        name = f"{use.mapper.name}.{use.name}"
        return self.finding(
            project.place(path, use.span),
            f"`{name}` is a {_KINDS[use.kind]}, which only Python computes",
            runtime=use.runtime,
            help="ask for the columns that it is computed from, or make it a `hybrid_property`",
            related=[Related(project.tables.place(use.attribute.site), f"`{name}` is defined here")],
        )
