from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Finding, Place, Related
from linter.project import Project
from linter.project.sqlalchemy.mapping import Relationship
from linter.project.units import ClassSymbol


class ContradictoryCardinality(Check):
    """The annotation of a relationship says something else than what SQLAlchemy makes of it.

    Where the foreign key is in the class's own table, the relationship is to one row, whatever the annotation says:
    `Mapped[list["Author"]]` is an `Author` or None, no list. And of a class that is given as an argument and another in the
    annotation the argument counts. SQLAlchemy says nothing; what believes the annotation fails:

    ```text
    TypeError: 'Author' object is not iterable
    ```

    ```text
    AttributeError: 'Author' object has no attribute 'append'
    ```

    ## Bad

    ```python
    # file: app/models.py
    from sqlalchemy import ForeignKey
    from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


    class Base(DeclarativeBase):
        pass


    class Author(Base):
        __tablename__ = "authors"

        id: Mapped[int] = mapped_column(primary_key=True)


    class Book(Base):
        __tablename__ = "books"

        id: Mapped[int] = mapped_column(primary_key=True)
        author_id: Mapped[int] = mapped_column(ForeignKey("authors.id"), index=True)
        authors: Mapped[list["Author"]] = relationship()
    ```

    ## Good

    ```python
    # file: app/models.py
    from sqlalchemy import ForeignKey
    from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


    class Base(DeclarativeBase):
        pass


    class Author(Base):
        __tablename__ = "authors"

        id: Mapped[int] = mapped_column(primary_key=True)


    class Book(Base):
        __tablename__ = "books"

        id: Mapped[int] = mapped_column(primary_key=True)
        author_id: Mapped[int] = mapped_column(ForeignKey("authors.id"), index=True)
        author: Mapped["Author"] = relationship()
    ```

    ## Silent when

    - the relationship says `uselist`, or how it joins was not understood;
    - the annotation is a single row at the "many" side: the foreign key may be unique in fact;
    - one of the two classes inherits from the other.

    ## Fix

    None: which of the two is meant is not known.
    """

    summary = "a relationship whose annotation contradicts what it gives"
    severity = "error"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        if not project.uses_sqlalchemy:
            return
        told: set[Place] = set()
        for relationship in project.tables.relationships_in(path):
            annotation, declared = relationship.annotation, relationship.declared
            if annotation is None or annotation.wrapper != "Mapped" or declared is None or not relationship.whole:
                continue
            if declared.is_declared_attr or declared.definer.unit.path != path or relationship.target is None:
                continue
            place = project.tables.place(declared.site)
            if place in told:
                continue
            told.add(place)
            if annotation.many and self.is_single(relationship):
                yield self.report_single(project, place, relationship)
            elif self.is_other(project, relationship):
                yield self.report_other(project, place, relationship)

    def is_single(self, relationship: Relationship) -> bool:
        return (
            relationship.direction == "many-to-one"
            and bool(relationship.pairs)
            and not relationship.joined
            and not relationship.says("uselist")
            and not relationship.says("collection_class")
            and relationship.verdict == "found"
        )

    def is_other(self, project: Project, relationship: Relationship) -> bool:
        target, annotation = relationship.target, relationship.annotation
        if target is None or annotation is None or not relationship.says("argument"):
            return False
        said = annotation.target
        other = project.tables.mapper(said) if isinstance(said, ClassSymbol) else None
        return (
            other is not None and relationship.verdict == "found" and not other.is_a(target) and not target.is_a(other)
        )

    def report_single(self, project: Project, place: Place, relationship: Relationship) -> Finding:
        assert relationship.target is not None
        assert relationship.pairs
        return self.finding(
            place,
            f"`{relationship.name}` is annotated as a collection, and is one `{relationship.target.name}` or None",
            runtime=f"'{relationship.target.name}' object is not iterable",
            help=f'annotate it with `Mapped["{relationship.target.name}"]`',
            related=[
                Related(project.tables.place(relationship.pairs[0].foreign.site), "the foreign key is in its own table")
            ],
        )

    def report_other(self, project: Project, place: Place, relationship: Relationship) -> Finding:
        assert relationship.target is not None
        assert relationship.annotation is not None
        return self.finding(
            place,
            f"`{relationship.name}` is annotated with `{relationship.annotation.target_name}`, "
            f"and is a relationship to `{relationship.target.name}`",
            help="name one class",
        )
