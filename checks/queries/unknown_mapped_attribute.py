from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

from linter.check import Check
from linter.finding import Edit, Finding, Fix, Related
from linter.project import Project
from linter.project.near import near

if TYPE_CHECKING:
    from linter.project.sqlalchemy.attribute_sites import AttributeSite


class UnknownMappedAttribute(Check):
    """A mapped class of SQLAlchemy is asked for an attribute that it does not have.

    Columns, relationships, backrefs and whatever else a class has are known; a name that is none of them fails when the
    line runs:

    ```text
    AttributeError: type object 'User' has no attribute 'nme'
    ```

    The same goes for the names that `filter_by()`, the constructor, `values()` and `update()` take as keywords or keys, which
    no type checker looks at:

    ```text
    sqlalchemy.exc.InvalidRequestError: Entity namespace for "users" has no property "nme"
    TypeError: 'nme' is an invalid keyword argument for User
    sqlalchemy.exc.CompileError: Unconsumed column names: nme
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
        name = Column(String(50))


    def named(name):
        return select(User).where(User.nme == name)
    ```

    ## Good

    ```python
    # file: app/models.py
    from sqlalchemy import Column, Integer, String, select
    from sqlalchemy.orm import declarative_base

    Base = declarative_base()


    class User(Base):
        __tablename__ = "users"

        id = Column(Integer, primary_key=True)
        name = Column(String(50))


    def named(name):
        return select(User).where(User.name == name)
    ```

    ## Silent when

    - a base class was not read, the table is reflected, or some relationship may add a backref to the class;
    - anything in the project gives an object an attribute of that name;
    - which class is meant is not known, or another one that the query selects or has joined has the name;
    - the class has a constructor or a metaclass of its own, or is a dataclass or a SQLModel (for keywords);
    - the code expects the error.

    ## Fix

    Where one name is near, it is put in its place: unsafe, for it is a guess.
    """

    summary = "an attribute that the mapped class does not have"
    severity = "error"
    fixable = True

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        if project.uses_sqlalchemy:
            for site in project.tables.attribute_sites.wrong(path):
                yield self.report(project, site)

    def report(self, project: Project, site: AttributeSite) -> Finding:
        mapper = site.mapper
        place = project.place(site.scope.unit.path, site.span)
        meant = near(site.name, chain.from_iterable(map(project.tables.names.of, (mapper, *site.others))))
        fix = None
        if len(meant) == 1:
            text = f'"{meant[0]}"' if site.is_key else meant[0]
            fix = Fix(False, (Edit(place, text),), f"write `{meant[0]}`")
        return self.finding(
            place,
            _told(site),
            runtime=_runtime(site) if not site.others else "",
            help=f"did you mean `{meant[0]}`?" if meant else "",
            related=[Related(project.class_place(mapper.symbol), f"`{mapper.name}` is defined here")],
            fix=fix,
        )


def _told(site: AttributeSite) -> str:
    if not site.others:
        return f"`{site.mapper.name}` has no attribute `{site.name}`"
    names = [f"`{mapper.name}`" for mapper in (site.mapper, *site.others)]
    return f"none of {', '.join(names)} has an attribute `{site.name}`"


def _runtime(site: AttributeSite) -> str:
    mapper, name = site.mapper, site.name
    if site.way == "class":
        return f"type object '{mapper.name}' has no attribute '{name}'"
    if site.way == "constructor":
        return f"'{name}' is an invalid keyword argument for {mapper.name}"
    if site.way == "filter_by":
        table = mapper.table.name if mapper.table is not None else mapper.name
        return f'Entity namespace for "{table}" has no property "{name}"'
    return f"Unconsumed column names: {name}"
