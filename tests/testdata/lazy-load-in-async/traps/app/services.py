from fastapi import Depends
from sqlalchemy import inspect, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session, defaultload, joinedload, noload, selectinload

from app.models import Author, Book, Publisher

_FULL = (selectinload(Author.books), joinedload(Author.profile))


async def loaded(session: AsyncSession):
    statement = select(Author).options(selectinload(Author.books).joinedload(Book.publisher))
    return [book.publisher.name for author in await session.scalars(statement) for book in author.books]


async def by_branches(session: AsyncSession, full: bool):
    statement = select(Author)
    if full:
        statement = statement.options(*_FULL)
    authors = (await session.execute(statement)).scalars().all()
    return [author.books if full else author for author in authors]


async def unknown_options(session: AsyncSession, options):
    author = await session.scalar(select(Author).options(*options))
    return author.books


async def eager(session: AsyncSession, key: int):
    author = await session.get(Author, key)
    return author.prizes


async def refreshed(session: AsyncSession, key: int):
    author = await session.get(Author, key)
    await session.refresh(author, ["books"])
    return author.books


async def awaited(session: AsyncSession, key: int):
    author = await session.get(Author, key)
    await author.awaitable_attrs.books
    return author.books


async def given(session: AsyncSession, key: int):
    author = await session.get(Author, key, options=[selectinload(Author.books)])
    return author.books


async def in_a_greenlet(session: AsyncSession, key: int):
    author = await session.get(Author, key)
    return await session.run_sync(lambda _: author.books)


async def asked_first(session: AsyncSession, key: int):
    author = await session.get(Author, key)
    return None if "books" in inspect(author).unloaded else author.books


async def assigned(session: AsyncSession, key: int, books):
    author = await session.get(Author, key)
    author.profile = None
    return author.profile


async def primed(session: AsyncSession, key: int):
    await session.execute(select(Author).options(selectinload(Author.books)))
    author = await session.get(Author, key)
    return author.books


async def fill(session: AsyncSession, author: Author):
    await session.refresh(author, ["books"])


async def filled(session: AsyncSession, key: int):
    author = await session.get(Author, key)
    await fill(session, author)
    return author.books


async def same_parent(session: AsyncSession, author: Author):
    """The author is in the session already: no query is made for it."""
    books = await session.scalars(select(Book).where(Book.author_id == author.id))
    return [book.author.name for book in books]


async def current_publisher(session: AsyncSession = Depends()) -> Publisher:
    return await session.scalar(select(Publisher))


async def of_current(session: AsyncSession = Depends(), owner=Depends(current_publisher)):
    """A dependency may have loaded it."""
    return [book.publisher.name for book in await session.scalars(select(Book))]


async def parents(session: AsyncSession):
    """What is loaded as a collection knows its parent."""
    author = await session.scalar(select(Author).options(selectinload(Author.books)))
    return [book.author.name for book in author.books]


async def never(session: AsyncSession, key: int):
    author = await session.scalar(select(Author).options(noload(Author.books)))
    return author.books


def synchronous(session: Session, key: int):
    author = session.get(Author, key)
    return author.books


async def without_a_row(session: AsyncSession, author: Author):
    return author.books


async def options_of_options(session: AsyncSession):
    statement = select(Book).options(joinedload(Book.author).options(selectinload(Author.books), defaultload(Author.notes)))
    return [book.author.books for book in await session.scalars(statement)]


async def nested_function(session: AsyncSession, key: int):
    author = await session.get(Author, key)

    def work(_):
        return author.books

    return work
