from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from linter.check import Check
from linter.finding import Edit, Finding, Fix, Place, Related
from linter.project import Project

if TYPE_CHECKING:
    from linter.project.sqlalchemy.mapping import Mapper, Relationship


class DuplicateClassName(Check):
    """A SQLAlchemy relationship to a class by a name that two mapped classes have.

    A declarative base keeps its classes by name. Where two modules each have a class of a name, a relationship that is given
    this name alone cannot be configured, and with it no mapped class of the process:

    ```text
    sqlalchemy.exc.InvalidRequestError: Multiple classes found for path "Tag" in the registry of this declarative base. Please use a fully module-qualified path.
    ```

    The end of the class's full name is enough to tell them apart: `"shop.Tag"`. The name of a class of the same module is
    no exception.

    ## Bad

    ```python
    # file: app/base.py
    from sqlalchemy.orm import declarative_base

    Base = declarative_base()
    ```

    ```python
    # file: app/shop.py
    from sqlalchemy import Column, Integer

    from app.base import Base


    class Tag(Base):
        __tablename__ = "shop_tags"

        id = Column(Integer, primary_key=True)
    ```

    ```python
    # file: app/blog.py
    from sqlalchemy import Column, ForeignKey, Integer
    from sqlalchemy.orm import relationship

    from app import shop
    from app.base import Base


    class Tag(Base):
        __tablename__ = "blog_tags"

        id = Column(Integer, primary_key=True)


    class Post(Base):
        __tablename__ = "posts"

        id = Column(Integer, primary_key=True)
        tag_id = Column(ForeignKey("blog_tags.id"))

        tag = relationship("Tag")
    ```

    ## Good

    ```python
    # file: app/base.py
    from sqlalchemy.orm import declarative_base

    Base = declarative_base()
    ```

    ```python
    # file: app/shop.py
    from sqlalchemy import Column, Integer

    from app.base import Base


    class Tag(Base):
        __tablename__ = "shop_tags"

        id = Column(Integer, primary_key=True)
    ```

    ```python
    # file: app/blog.py
    from sqlalchemy import Column, ForeignKey, Integer
    from sqlalchemy.orm import relationship

    from app import shop
    from app.base import Base


    class Tag(Base):
        __tablename__ = "blog_tags"

        id = Column(Integer, primary_key=True)


    class Post(Base):
        __tablename__ = "posts"

        id = Column(Integer, primary_key=True)
        tag_id = Column(ForeignKey("blog_tags.id"))

        tag = relationship("blog.Tag")
    ```

    ## Silent when

    - nothing in the project imports the modules together;
    - one of the classes stands under a condition, in a function or in a test;
    - the two have the same table (see `duplicate-table`);
    - the class itself is given, or a function that returns it.

    ## Fix

    The name gets as much of the module as tells the classes apart, where one of them stands in the same module. Safe.
    """

    summary = "a SQLAlchemy relationship to a class by a name that two mapped classes have"
    severity = "error"
    fixable = True

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        if not project.uses_sqlalchemy:
            return
        told: set[Place] = set()  # one in a mixin is in many classes
        for relationship in project.tables.relationships_in(path):
            text = relationship.text("argument")
            if text is None or relationship.verdict not in ("ambiguous", "found"):
                continue
            found = project.tables.same_named(relationship.owner, text)
            if len(found) > 1:
                place = project.tables.place(relationship.given["argument"].site)
                if place not in told:
                    told.add(place)
                    yield self.report(project, place, relationship, text.strip(), found)

    def report(
        self, project: Project, place: Place, relationship: Relationship, text: str, found: list[Mapper]
    ) -> Finding:
        here = [mapper for mapper in found if mapper.symbol.unit is relationship.owner.symbol.unit]
        name = self.qualified(here[0], found) if len(here) == 1 else None
        where = project.tables.text_place(relationship.given["argument"])
        examples = " or ".join(f"`{self.qualified(mapper, found)}`" for mapper in found[:3])
        return self.finding(
            place,
            f"relationship `{relationship.name}` names `{text}`, which is the name of {len(found)} mapped classes",
            runtime=(
                f'Multiple classes found for path "{text}" in the registry of this declarative base. Please use a fully '
                "module-qualified path."
            ),
            help=f"say `{name}`" if name is not None else f"say {examples}",
            related=[Related(project.class_place(m.symbol), f"`{m.symbol.dotted}` is defined here") for m in found[:3]],
            fix=Fix(True, (Edit(where, name),), f"say `{name}`") if name is not None and where is not None else None,
        )

    def qualified(self, mapper: Mapper, found: list[Mapper]) -> str:
        """The shortest end of a class's full name that is that of no other."""
        parts = mapper.symbol.dotted.split(".")
        for count in range(2, len(parts) + 1):
            end = ".".join(parts[-count:])
            if sum(f".{other.symbol.dotted}".endswith(f".{end}") for other in found) == 1:
                return end
        return mapper.symbol.dotted
