import asyncio

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from app.models import User


class Quiet(AsyncSession):
    def commit(self):
        """Its own, and no coroutine."""


async def awaited(session: AsyncSession, user):
    session.add(user)
    await session.commit()
    users = await session.scalars(select(User))
    return (await session.execute(select(User))).scalars().all(), users.all()


async def awaited_later(session: AsyncSession):
    first = session.scalars(select(User))
    second = session.scalars(select(User).order_by(User.id))
    third = asyncio.create_task(session.commit())
    third.add_done_callback(print)
    await asyncio.gather(session.flush(), third)
    return (await first).all(), (await second).all()


async def closed(session: AsyncSession):
    coroutine = session.commit()
    coroutine.close()
    session.commit().close()


async def passed_on(session: AsyncSession):
    return session.commit()


async def run_with_a_session(session: AsyncSession):
    def work(session: Session):
        session.flush()
        return session.scalars(select(User)).all()

    await session.run_sync(work)
    return await session.run_sync(lambda session: session.execute(select(User)).scalars().all())


async def synchronous(session: Session, quiet: Quiet, unknown):
    session.commit()
    quiet.commit()
    unknown.commit()


async def reassigned(session: AsyncSession, other: Session):
    session = other
    session.commit()


async def condition(session: AsyncSession, again):
    if again:
        result = session.execute(select(User))
    else:
        result = again
    return result.scalars()


def not_async(session: AsyncSession):
    session.commit()
