from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from linter.check import Check
from linter.finding import Finding, Fix, Place
from linter.project import Project
from linter.project.near import near
from linter.project.sqlalchemy.edits import renamed

if TYPE_CHECKING:
    from linter.project.sqlalchemy.mapping import Relationship

WORDS = frozenset({
    "all", "delete", "delete-orphan", "expunge", "merge", "none", "refresh-expire", "save-update",
})  # fmt: skip


class InvalidCascade(Check):
    """A cascade of a SQLAlchemy relationship that does not exist, or that does not go with its direction.

    The words of `cascade="…"` are looked at when the class is made, so the module cannot be imported:

    ```text
    sqlalchemy.exc.ArgumentError: Invalid cascade option(s): 'delete_orphan'
    ```

    `delete-orphan` deletes what has lost its parent. On the side of the child, where the foreign key is, it would delete the
    parent, and SQLAlchemy wants to be told that no other child has the same one (`single_parent=True`). It says so when the
    mappers are configured, at the first use of any mapped class:

    ```text
    sqlalchemy.exc.ArgumentError: For many-to-one relationship Page.book, delete-orphan cascade is normally configured only on the "one" side of a one-to-many relationship, and not on the "many" side of a many-to-one or many-to-many relationship.
    ```

    ## Bad

    ```python
    # file: app/models.py
    from sqlalchemy import Column, ForeignKey, Integer
    from sqlalchemy.orm import declarative_base, relationship

    Base = declarative_base()


    class Book(Base):
        __tablename__ = "books"

        id = Column(Integer, primary_key=True)
        pages = relationship("Page", cascade="all, delete_orphan")


    class Page(Base):
        __tablename__ = "pages"

        id = Column(Integer, primary_key=True)
        book_id = Column(ForeignKey("books.id"))
    ```

    ## Good

    ```python
    # file: app/models.py
    from sqlalchemy import Column, ForeignKey, Integer
    from sqlalchemy.orm import declarative_base, relationship

    Base = declarative_base()


    class Book(Base):
        __tablename__ = "books"

        id = Column(Integer, primary_key=True)
        pages = relationship("Page", cascade="all, delete-orphan")


    class Page(Base):
        __tablename__ = "pages"

        id = Column(Integer, primary_key=True)
        book_id = Column(ForeignKey("books.id"))
    ```

    ## Silent when

    - the cascade is computed in a way that was not understood;
    - the direction or `single_parent` is not known.

    ## Fix

    A word that is nearly one of the words is replaced by it.
    """

    summary = "a cascade of a SQLAlchemy relationship that does not exist, or goes the wrong way"
    severity = "error"
    fixable = True

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        if not project.uses_sqlalchemy:
            return
        told: set[Place] = set()
        for relationship in project.tables.relationships_in(path):
            given = relationship.given.get("cascade")
            words = relationship.words("cascade") if given is not None else None
            if given is None or words is None or given.site.path != path:
                continue
            place = project.tables.place(given.site)
            if place in told:
                continue
            unknown = sorted(words - WORDS)
            if unknown:
                told.add(place)
                yield self.report(project, place, relationship, unknown)
            elif "delete-orphan" in words and self.is_backward(relationship):
                told.add(place)
                yield self.report_direction(place, relationship)

    def is_backward(self, relationship: Relationship) -> bool:
        return (
            relationship.direction in ("many-to-one", "many-to-many")
            and relationship.pairs is not None
            and relationship.whole
            and relationship.flag("single_parent") is False
        )

    def report(self, project: Project, place: Place, relationship: Relationship, unknown: list[str]) -> Finding:
        meant = next(iter(near(unknown[0], WORDS)), None) if len(unknown) == 1 else None
        edit = renamed(project, relationship.given["cascade"].site, unknown[0], meant) if meant is not None else None
        names = ", ".join(f"`{word}`" for word in unknown)
        return self.finding(
            place,
            f"there is no cascade {names}",
            runtime=f"Invalid cascade option(s): {', '.join(repr(word) for word in unknown)}",
            help=f"did you mean `{meant}`?" if meant is not None else f"the words are {', '.join(sorted(WORDS))}",
            fix=Fix(True, (edit,), f"write {meant}") if edit is not None else None,
        )

    def report_direction(self, place: Place, relationship: Relationship) -> Finding:
        return self.finding(
            place,
            f"`{relationship.name}` is {relationship.direction}, and `delete-orphan` is for the one that has many",
            runtime=(
                f"For {relationship.direction} relationship {relationship.name}, delete-orphan cascade is normally configured "
                'only on the "one" side of a one-to-many relationship, and not on the "many" side of a many-to-one or '
                "many-to-many relationship."
            ),
            help="move it to the other side, or say `single_parent=True`",
        )
