"""What lazy-load-in-async says is what an AsyncSession does."""

import pytest

from linter import registry
from linter.examples import example
from tests.proofs.sqlalchemy_runner import said

pytest.importorskip("greenlet")
pytest.importorskip("aiosqlite")
pytest.importorskip("sqlalchemy.ext.asyncio")

RULE = registry.load("lazy-load-in-async")
ASK = """
import asyncio
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from app import crud
from app.models import Author, Base, Book

said = set()

async def closed(session, name):
    async with AsyncSession(session.bind) as inner:
        author = await inner.get(Author, 1)
    return author.books

async def appended(session, name):
    (await session.get(Author, 1)).books.append(Book(title="Notes"))

async def known(session, name):
    author = await session.get(Author, 1)
    book = await session.get(Book, 1)
    assert book.author is author

async def unknown(session, name):
    return (await session.get(Book, 1)).author

async def made(session, name):
    return Author(name="Eve").books

async def main():
    engine = create_async_engine("sqlite+aiosqlite://")
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    async with AsyncSession(engine) as session:
        session.add(Author(name="Ada", books=[Book(title="Engines")]))
        await session.commit()
    async with AsyncSession(engine) as session:
        try:
            await {function}(session, "Ada")
        except Exception as error:
            said.add(f"{{type(error).__name__}}: {{error}}")
    await engine.dispose()

asyncio.run(main())
"""


def outcome(tmp_path, part, function, lazy=""):
    told = f', lazy="{lazy}")' if lazy else ")"
    files = {
        path: text.replace('relationship(back_populates="author")', f'relationship(back_populates="author"{told}')
        for path, text in example(RULE, part).items()
    }
    return said(tmp_path, files, ASK.format(function=function))


@pytest.mark.parametrize("function", ["crud.titles", "appended", "unknown"])
def test_it_raises(tmp_path, function):
    (error,) = outcome(tmp_path, "Bad", function)
    assert "MissingGreenlet" in error
    text = error[error.index("greenlet_spawn") : error.index("place?")]
    assert text.replace("await_()", "await_only()") in RULE.documentation()


def test_a_closed_session_raises_another_error(tmp_path):
    (error,) = outcome(tmp_path, "Bad", "closed")
    assert error.startswith("DetachedInstanceError: Parent instance <Author at 0x")
    assert error.partition(">")[2].partition(" (Background")[0] in RULE.documentation()


def test_a_relationship_that_refuses(tmp_path):
    (error,) = outcome(tmp_path, "Bad", "crud.titles", "raise")
    assert error in RULE.documentation()


@pytest.mark.parametrize(("part", "function"), [("Good", "crud.titles"), ("Bad", "known"), ("Bad", "made")])
def test_these_are_fine(tmp_path, part, function):
    assert outcome(tmp_path, part, function) == set()


def test_an_eager_relationship_is_fine(tmp_path):
    assert outcome(tmp_path, "Bad", "crud.titles", "selectin") == set()
