from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from linter.check import Check
from linter.facts import syntax as s
from linter.finding import Edit, Finding, Fix, Place, Related
from linter.project import Project

if TYPE_CHECKING:
    from linter.project.sqlalchemy.mapping import Mapper, Relationship
    from linter.project.sqlalchemy.schema import Table
    from linter.project.sqlalchemy.values import Given, Site


class MissingSecondary(Check):
    """`secondary` of a SQLAlchemy relationship is no table.

    `secondary` is the table between the two sides of a many-to-many relationship, or the name of one: not that of a class,
    and not a class either. A name is looked up in the MetaData when the mappers are configured, at the first use of *any*
    mapped class of the process; from then on every one of them fails:

    ```text
    sqlalchemy.exc.InvalidRequestError: When initializing mapper Mapper[Post(posts)], expression 'post_tag' failed to locate a name ('post_tag'). If this is a class name, consider adding this relationship() to the <class 'app.models.Post'> class after both dependent classes have been defined.
    ```

    A class is refused: `secondary argument <class 'PostTag'> passed to to relationship() Post.tags must be a Table object or
    other FROM clause; can't send a mapped class directly as rows in 'secondary' are persisted independently of a class that
    is mapped to that same table.`

    ## Bad

    ```python
    # file: app/models.py
    from sqlalchemy import Column, ForeignKey, Integer, Table
    from sqlalchemy.orm import declarative_base, relationship

    Base = declarative_base()

    post_tags = Table(
        "post_tags",
        Base.metadata,
        Column("post_id", ForeignKey("posts.id"), primary_key=True),
        Column("tag_id", ForeignKey("tags.id"), primary_key=True),
    )


    class Tag(Base):
        __tablename__ = "tags"

        id = Column(Integer, primary_key=True)


    class Post(Base):
        __tablename__ = "posts"

        id = Column(Integer, primary_key=True)
        tags = relationship("Tag", secondary="post_tag")
    ```

    ## Good

    ```python
    # file: app/models.py
    from sqlalchemy import Column, ForeignKey, Integer, Table
    from sqlalchemy.orm import declarative_base, relationship

    Base = declarative_base()

    post_tags = Table(
        "post_tags",
        Base.metadata,
        Column("post_id", ForeignKey("posts.id"), primary_key=True),
        Column("tag_id", ForeignKey("tags.id"), primary_key=True),
    )


    class Tag(Base):
        __tablename__ = "tags"

        id = Column(Integer, primary_key=True)


    class Post(Base):
        __tablename__ = "posts"

        id = Column(Integer, primary_key=True)
        tags = relationship("Tag", secondary="post_tags")
    ```

    ## Silent when

    - the MetaData may hold tables that were not seen;
    - the name is computed, or is an expression;
    - it is SQLModel's `link_model`, which is a class.

    ## Fix

    A class gets `.__table__`, its name is replaced by that of its table; both are safe. A name that is nearly that of a table
    is replaced by it, which is unsafe.
    """

    summary = "`secondary` of a SQLAlchemy relationship that is no table"
    severity = "error"
    fixable = True

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        if not project.uses_sqlalchemy:
            return
        told: set[Place] = set()  # one in a mixin is in many classes
        for relationship in project.tables.relationships_in(path):
            if relationship.secondary_verdict not in ("missing", "class"):
                continue
            given = relationship.given["secondary"]
            place = project.tables.place(given.site)
            if place not in told and not self.is_link_model(project, given):
                told.add(place)
                if relationship.secondary_verdict == "missing":
                    yield self.report_missing(project, place, relationship, given)
                else:
                    yield self.report_class(project, place, relationship, given)

    def is_link_model(self, project: Project, given: Given) -> bool:
        return given.name is not None and self.written(project, given.name) == "link_model"

    def written(self, project: Project, site: Site) -> str:
        span = site.unit.span(site.at, site.function)
        return project.source(site.path).data[span.start : span.end].decode("utf-8", "replace")

    def report_missing(self, project: Project, place: Place, relationship: Relationship, given: Given) -> Finding:
        from linter.project.near import near

        owner, text = relationship.owner, relationship.text("secondary") or ""
        tables = {t.full_name: t for t in owner.metadata.tables.values()}
        close = near(text, tables) or [full for full, t in tables.items() if t.name == text]
        table = f"({owner.table.name})" if owner.table is not None else ""
        where = project.tables.text_place(given)
        others = [m for m in project.tables.metadatas.all.values() if m is not owner.metadata and not m.local]
        elsewhere = any(m.named(text.rpartition(".")[2]) for m in others)
        return self.finding(
            place,
            f"`secondary` of relationship `{relationship.name}` names table `{text}`, which "
            + ("is in another MetaData" if elsewhere else "does not exist"),
            runtime=(
                f"When initializing mapper Mapper[{owner.name}{table}], expression '{text}' failed to locate a name "
                f"('{text}'). If this is a class name, consider adding this relationship() to the <class "
                f"'{owner.symbol.dotted}'> class after both dependent classes have been defined."
            ),
            help=f"did you mean `{close[0]}`?" if close else "name a table of the same MetaData",
            related=[self.defined(project, tables[close[0]])] if close else (),
            fix=Fix(False, (Edit(where, close[0]),), f"name `{close[0]}`") if close and where is not None else None,
        )

    def report_class(self, project: Project, place: Place, relationship: Relationship, given: Given) -> Finding:
        mapper = self.mapper(project, relationship, given)
        table = mapper.table if mapper is not None else None
        text = relationship.text("secondary")
        name = text or (mapper.name if mapper is not None else "")
        dotted = mapper.symbol.dotted if mapper is not None else name
        edit = None
        where = project.tables.text_place(given)
        if where is not None and table is not None:
            edit = Edit(where, table.full_name)
        elif isinstance(given.expr, s.Name) and self.written(project, given.site) == given.expr.id:
            edit = Edit(place, f"{given.expr.id}.__table__")
        cure = f'"{table.full_name}"' if text and table is not None else f"`{name}.__table__`"
        return self.finding(
            place,
            f"`secondary` of relationship `{relationship.name}` is `{name}`, which is a mapped class and no table",
            runtime=(
                f"secondary argument <class '{dotted}'> passed to to relationship() {relationship.name} must be a Table "
                "object or other FROM clause; can't send a mapped class directly as rows in 'secondary' are persisted "
                "independently of a class that is mapped to that same table."
            ),
            help=f"say {cure}",
            related=[self.defined(project, table)] if table is not None else (),
            fix=Fix(True, (edit,), f"say {cure}") if edit is not None else None,
        )

    def mapper(self, project: Project, relationship: Relationship, given: Given) -> Mapper | None:
        from linter.project.units import ClassSymbol

        if isinstance(given.value, ClassSymbol):
            return project.tables.mapper(given.value)
        text = (relationship.text("secondary") or "").rpartition(".")[2]
        named = [m for m in project.tables.classes_named(text) if m.metadata is relationship.owner.metadata]
        return named[0] if len(named) == 1 else None

    def defined(self, project: Project, table: Table) -> Related:
        return Related(project.tables.place(table.site), f"this is the table `{table.full_name}`")
