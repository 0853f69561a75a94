from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import joinedload, selectinload

from app.models import Author, Book
from app.repository import Authors, Books

Session = async_sessionmaker(create_async_engine("sqlite+aiosqlite://"), expire_on_commit=False)


async def titles(session: AsyncSession, name: str) -> list[str]:
    result = await session.execute(select(Author).where(Author.name == name))
    author = result.scalar_one_or_none()
    if author is None:
        raise LookupError(name)
    return [book.title for book in author.books]
    #                              ^^^^^^^^^^^^ lazy-load-in-async


async def publishers(session: AsyncSession) -> list[str]:
    statement = select(Book).options(joinedload(Book.author)).order_by(Book.title)
    books = (await session.scalars(statement)).all()
    return [f"{book.author.name} at {book.publisher.name}" for book in books]
    #                                ^^^^^^^^^^^^^^ lazy-load-in-async


async def profiles(session: AsyncSession) -> list[str]:
    found = await session.scalars(select(Author).options(selectinload(Author.books)))
    texts = []
    for author in found:
        for book in author.books:
            texts.append(book.publisher.name)
            #            ^^^^^^^^^^^^^^ lazy-load-in-async
        texts.append(author.profile.text)
        #            ^^^^^^^^^^^^^^ lazy-load-in-async
    return texts


async def shelved(session: AsyncSession, key: int, book: Book) -> None:
    author = await session.get(Author, key)
    author.books.append(book)
    #^^^^^^^^^^^ lazy-load-in-async
    await session.commit()


async def pairs(session: AsyncSession):
    rows = await session.execute(select(Book, Author).join(Author))
    return [(book.title, len(author.books)) for book, author in rows]
    #                        ^^^^^^^^^^^^ lazy-load-in-async


async def noted(session: AsyncSession, key: int):
    author = await session.get_one(Author, key)
    return author.notes
    #      ^^^^^^^^^^^^ lazy-load-in-async


async def closed(key: int):
    async with Session() as session:
        author = await session.get(Author, key)
    return author.books
    #      ^^^^^^^^^^^^ lazy-load-in-async


class Service:
    def __init__(self, session: AsyncSession):
        self.authors = Authors(session)
        self.books = Books(session)

    async def count(self, key):
        author = await self.authors.get(key)
        return len(author.books)
        #          ^^^^^^^^^^^^ lazy-load-in-async

    async def named(self, name):
        return [author.profile for author in await self.authors.named(name)]
        #       ^^^^^^^^^^^^^^ lazy-load-in-async

    async def page(self):
        authors, total = await self.authors.page(10)
        return total, [author.books for author in authors]
        #              ^^^^^^^^^^^^ lazy-load-in-async
