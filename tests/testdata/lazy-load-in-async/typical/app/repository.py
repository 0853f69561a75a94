from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Author, Book


class Repository:
    model = None

    def __init__(self, session: AsyncSession):
        self.session = session

    async def get(self, key):
        return await self.session.get(self.model, key)

    async def all(self, statement, options=()):
        result = await self.session.execute(statement.options(*options))
        return result.scalars().unique().all()

    async def page(self, size):
        statement = select(self.model)
        total = await self.session.scalar(select(func.count()).select_from(self.model))
        if size:
            statement = statement.limit(size)
        return (await self.session.scalars(statement)).all(), total


class Authors(Repository):
    model = Author

    async def named(self, name):
        return await self.all(select(Author).where(Author.name == name))


class Books(Repository):
    model = Book
