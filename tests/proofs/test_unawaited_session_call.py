"""What unawaited-session-call says is what an AsyncSession does."""

import asyncio
import gc
import inspect
import warnings

import pytest

from linter import registry
from linter.project.sessions.asynchronous import COROUTINES

pytest.importorskip("greenlet")
pytest.importorskip("aiosqlite")
asyncio_extension = pytest.importorskip("sqlalchemy.ext.asyncio")

from sqlalchemy import select, text  # noqa: E402

RULE = registry.load("unawaited-session-call")


def test_the_coroutines_are_those_of_the_class():
    cls = asyncio_extension.AsyncSession
    assert all(inspect.iscoroutinefunction(getattr(cls, name)) for name in COROUTINES)
    assert not any(inspect.iscoroutinefunction(getattr(cls, name)) for name in ("add", "add_all", "expire", "begin"))


def run(work):
    async def main():
        engine = asyncio_extension.create_async_engine("sqlite+aiosqlite://")
        async with engine.begin() as connection:
            await connection.execute(text("CREATE TABLE t (id INTEGER)"))
        async with asyncio_extension.AsyncSession(engine) as session:
            await work(session)
        async with engine.connect() as connection:
            rows = (await connection.execute(text("SELECT id FROM t"))).all()
        await engine.dispose()
        return rows

    return asyncio.run(main())


def test_a_commit_that_is_not_awaited_writes_nothing():
    async def work(session):
        await session.execute(text("INSERT INTO t VALUES (1)"))
        session.commit()

    async def awaited(session):
        await session.execute(text("INSERT INTO t VALUES (1)"))
        await session.commit()

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        assert run(work) == []
        gc.collect()
    (said,) = {str(warning.message).partition("\n")[0] for warning in caught}
    assert said == "coroutine 'AsyncSession.commit' was never awaited"
    assert f"RuntimeWarning: {said}" in RULE.documentation()
    assert run(awaited) == [(1,)]


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_a_coroutine_is_no_result():
    async def asked(session):
        session.execute(select(1)).scalars()

    async def looped(session):
        for _ in session.scalars(select(1)):
            pass

    with pytest.raises(AttributeError) as raised:
        run(asked)
    assert f"AttributeError: {raised.value}" in RULE.documentation()
    with pytest.raises(TypeError, match="'coroutine' object is not iterable"):
        run(looped)
