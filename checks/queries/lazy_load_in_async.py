from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from linter.check import Check
from linter.finding import Finding, Related
from linter.project import Project

if TYPE_CHECKING:
    from linter.project.lazy.unawaited import Unloaded

_GREENLET = "greenlet_spawn has not been called; can't call await_only() here. Was IO attempted in an unexpected place?"
_DETACHED = "Parent instance <{owner} at 0x…> is not bound to a Session; lazy load operation of attribute '{key}' cannot proceed"


class LazyLoadInAsync(Check):
    """A relationship is read in async code although the query did not load it.

    SQLAlchemy loads a relationship by a query of its own when it is first read. With an `AsyncSession` every query must be
    awaited, and an attribute cannot be:

    ```text
    sqlalchemy.exc.MissingGreenlet: greenlet_spawn has not been called; can't call await_only() here. Was IO attempted in an unexpected place?
    ```

    (SQLAlchemy 2.1 says `await_()`, and wraps it in a `StatementError`.) Where the session is closed already, or the
    relationship is `lazy="raise"`, it is one of these:

    ```text
    sqlalchemy.orm.exc.DetachedInstanceError: Parent instance <Author at 0x…> is not bound to a Session; lazy load operation of attribute 'books' cannot proceed
    sqlalchemy.exc.InvalidRequestError: 'Author.books' is not available due to lazy='raise'
    ```

    Tests often miss it: what they made in the same session is loaded already. The query and the read may stand in different
    functions and files, so the finding names both.

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
        name: Mapped[str]
        books: Mapped[list["Book"]] = relationship(back_populates="author")


    class Book(Base):
        __tablename__ = "books"

        id: Mapped[int] = mapped_column(primary_key=True)
        title: Mapped[str]
        author_id: Mapped[int] = mapped_column(ForeignKey("authors.id"), index=True)
        author: Mapped[Author] = relationship(back_populates="books")
    ```

    ```python
    # file: app/crud.py
    from sqlalchemy import select
    from sqlalchemy.ext.asyncio import AsyncSession

    from app.models import Author


    async def titles(session: AsyncSession, name: str) -> list[str]:
        result = await session.execute(select(Author).where(Author.name == name))
        author = result.scalar_one()
        return [book.title for book in author.books]
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
        name: Mapped[str]
        books: Mapped[list["Book"]] = relationship(back_populates="author")


    class Book(Base):
        __tablename__ = "books"

        id: Mapped[int] = mapped_column(primary_key=True)
        title: Mapped[str]
        author_id: Mapped[int] = mapped_column(ForeignKey("authors.id"), index=True)
        author: Mapped[Author] = relationship(back_populates="books")
    ```

    ```python
    # file: app/crud.py
    from sqlalchemy import select
    from sqlalchemy.ext.asyncio import AsyncSession
    from sqlalchemy.orm import selectinload

    from app.models import Author


    async def titles(session: AsyncSession, name: str) -> list[str]:
        statement = select(Author).where(Author.name == name).options(selectinload(Author.books))
        author = (await session.execute(statement)).scalar_one()
        return [book.title for book in author.books]
    ```

    ## Silent when

    - the relationship is loaded with its row (`lazy="selectin"`, `"joined"`, …) or is never a query (`"noload"`, `"dynamic"`);
    - it is not certain where the row comes from, or some of the statement's options are not understood;
    - the function loads it otherwise (`refresh(author, ["books"])`, `awaitable_attrs`, `run_sync()`), assigns it, or hands the
      row to a function that does;
    - the function, one that calls it, or a dependency of FastAPI's has a query that loads the relationship;
    - it leads to one row that the session may hold already: the class of that row is named nearby, or the query is about it;
    - the function knows of the error.

    ## Fix

    Add to the query what the finding says, or `lazy="selectin"` to the relationship.
    """

    summary = "a relationship read in async code that its query did not load (`MissingGreenlet`)"
    severity = "error"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        for found in project.lazy.unawaited.reads(path):
            yield self.report(found)

    def report(self, found: Unloaded) -> Finding:
        relationship = found.relationship
        return self.finding(
            found.place,
            f"nothing has loaded `{relationship.name}`, and async code cannot load it by reading it",
            runtime=_runtime(found),
            help=f"add `{found.remedy}` to the query",
            related=[Related(found.query, "the rows are asked for here")],
        )


def _runtime(found: Unloaded) -> str:
    relationship = found.relationship
    if found.raises:
        return f"'{relationship.name}' is not available due to lazy='{found.raises}'"
    if found.detached:
        return _DETACHED.format(owner=relationship.owner.name, key=relationship.key)
    return _GREENLET
