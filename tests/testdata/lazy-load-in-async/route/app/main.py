from fastapi import FastAPI
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Author, Book

app = FastAPI()


@app.get("/authors")
async def authors(session: AsyncSession):
    """One mistake, told once: it is no slow loop but a failing one."""
    found = await session.scalars(select(Author).where(Author.name != ""))
    names = []
    for author in found:
        names.append(author.profile.text if author.profile else "")
        #                                   ^^^^^^^^^^^^^^ lazy-load-in-async
    return names
