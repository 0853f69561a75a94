from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from linter.check import Check
from linter.finding import Finding, Related
from linter.project import Project

if TYPE_CHECKING:
    from linter.project.lazy.expired import Expired

_GREENLET = "greenlet_spawn has not been called; can't call await_only() here. Was IO attempted in an unexpected place?"
_DETACHED = "Instance <{name} at 0x…> is not bound to a Session; attribute refresh operation cannot proceed"


class ExpiredRowInAsync(Check):
    """A row is read after `await session.commit()`, which has expired it.

    A commit expires the rows of its session: whatever is read of one next, be it the primary key, is asked for anew.
    With an `AsyncSession` every query must be awaited, and an attribute cannot be:

    ```text
    sqlalchemy.exc.MissingGreenlet: greenlet_spawn has not been called; can't call await_only() here. Was IO attempted in an unexpected place?
    ```

    (SQLAlchemy 2.1 says `await_()`, and wraps it in a `StatementError`.) Where the session is closed already, it is

    ```text
    sqlalchemy.orm.exc.DetachedInstanceError: Instance <Order at 0x…> is not bound to a Session; attribute refresh operation cannot proceed
    ```

    ## Bad

    ```python
    # file: app/models.py
    from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
    from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

    engine = create_async_engine("sqlite+aiosqlite://")
    sessions = async_sessionmaker(engine)


    class Base(DeclarativeBase):
        pass


    class Order(Base):
        __tablename__ = "orders"

        id: Mapped[int] = mapped_column(primary_key=True)
        title: Mapped[str]
    ```

    ```python
    # file: app/crud.py
    from sqlalchemy.ext.asyncio import AsyncSession

    from app.models import Order


    async def create(session: AsyncSession, title: str) -> int:
        order = Order(title=title)
        session.add(order)
        await session.commit()
        return order.id
    ```

    ## Good

    ```python
    # file: app/models.py
    from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
    from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

    engine = create_async_engine("sqlite+aiosqlite://")
    sessions = async_sessionmaker(engine, expire_on_commit=False)


    class Base(DeclarativeBase):
        pass


    class Order(Base):
        __tablename__ = "orders"

        id: Mapped[int] = mapped_column(primary_key=True)
        title: Mapped[str]
    ```

    ```python
    # file: app/crud.py
    from sqlalchemy.ext.asyncio import AsyncSession

    from app.models import Order


    async def create(session: AsyncSession, title: str) -> int:
        order = Order(title=title)
        session.add(order)
        await session.commit()
        return order.id
    ```

    ## Silent when

    - `expire_on_commit` is spoken of anywhere in the project, or it is not seen where its sessions are made;
    - something is awaited in between (`await session.refresh(order)`), or the row is handed to a function or written;
    - it is not certain that the row is one of the session's: neither asked for nor added in the same function;
    - the function knows of the error.

    ## Fix

    Make the sessions with `expire_on_commit=False`, as SQLAlchemy recommends for asyncio, or `await session.refresh(order)`.
    """

    summary = "a row read in async code after a commit has expired it (`MissingGreenlet`)"
    severity = "error"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        for found in project.lazy.expiry.reads(path):
            yield self.report(found)

    def report(self, found: Expired) -> Finding:
        return self.finding(
            found.place,
            f"the commit has expired `{found.variable}`, and async code cannot load `{found.mapper.name}.{found.name}` "
            "again by reading it",
            runtime=_DETACHED.format(name=found.mapper.name) if found.detached else _GREENLET,
            help=f"make the sessions with `expire_on_commit=False`, or `await {found.session}.refresh({found.variable})`",
            related=[Related(found.commit, "all rows of the session expire here")],
        )
