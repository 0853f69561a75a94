"""What expired-row-in-async says is what an AsyncSession does."""

import pytest

from linter import registry
from linter.examples import example, lint, written
from tests.proofs.sqlalchemy_runner import said

pytest.importorskip("greenlet")
pytest.importorskip("aiosqlite")
pytest.importorskip("sqlalchemy.ext.asyncio")

RULE = registry.load("expired-row-in-async")
ASK = """
import asyncio
from app import crud
from app.models import Base, Order, engine, sessions

said = set()

async def asked(session, title):
    order = await session.get(Order, 1)
    await session.commit()
    return order.title

async def closed(session, title):
    async with sessions() as inner:
        order = Order(title=title)
        inner.add(order)
        await inner.commit()
    return order.id

async def refreshed(session, title):
    order = await session.get(Order, 1)
    await session.commit()
    await session.refresh(order)
    return order.title

async def main():
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    async with sessions() as session:
        session.add(Order(title="first"))
        await session.commit()
    async with sessions() as session:
        try:
            await {function}(session, "second")
        except Exception as error:
            said.add(f"{{type(error).__name__}}: {{error}}")
    await engine.dispose()

asyncio.run(main())
"""


def outcome(tmp_path, part, function):
    return said(tmp_path, example(RULE, part), ASK.format(function=function))


@pytest.mark.parametrize("function", ["crud.create", "asked"])
def test_it_raises(tmp_path, function):
    (error,) = outcome(tmp_path, "Bad", function)
    assert "MissingGreenlet" in error
    text = error[error.index("greenlet_spawn") : error.index("place?")]
    assert text.replace("await_()", "await_only()") in RULE.documentation()


def test_a_closed_session_raises_another_error(tmp_path):
    (error,) = outcome(tmp_path, "Bad", "closed")
    assert error.startswith("DetachedInstanceError: Instance <Order at 0x")
    assert error.partition(">")[2].partition(" (Background")[0] in RULE.documentation()


@pytest.mark.parametrize(("part", "function"), [("Bad", "refreshed"), ("Good", "crud.create"), ("Good", "asked")])
def test_these_are_fine(tmp_path, part, function):
    assert outcome(tmp_path, part, function) == set()


def test_the_finding_quotes_it():
    with written(example(RULE, "Bad")) as root:
        (found,) = lint(root, RULE.name).findings
    assert found.runtime in RULE.documentation()
