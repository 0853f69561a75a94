from typing import Annotated, NewType

from fastapi import Depends
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import sessionmaker

from app.models import User

engine = create_async_engine("sqlite+aiosqlite://")
Session = async_sessionmaker(engine, expire_on_commit=False)
Old = sessionmaker(engine, class_=AsyncSession)
ReadSession = NewType("ReadSession", AsyncSession)


async def get_session():
    async with Session() as session:
        yield session


SessionDep = Annotated[AsyncSession, Depends(get_session)]


class Own(AsyncSession):
    async def get_user(self, key):
        return self.get(User, key).name
    #          ^^^^^^^^^^^^^^^^^^^ unawaited-session-call


class Repository:
    def __init__(self, session: AsyncSession):
        self.session = session

    async def add(self, user):
        self.session.add(user)
        self.session.flush()
#       ^^^^^^^^^^^^^^^^^^^^ unawaited-session-call

    async def every(self):
        result = self.session.execute(select(User))
    #            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unawaited-session-call
        return result.scalars().all()

    async def first(self):
        return (self.session.execute(select(User))).scalars().first()
    #           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unawaited-session-call


async def annotated(session: AsyncSession | None = None):
    session.commit()
#   ^^^^^^^^^^^^^^^^ unawaited-session-call


async def by_alias(session: SessionDep):
    session.commit()
#   ^^^^^^^^^^^^^^^^ unawaited-session-call


async def of_new_type(session: ReadSession, user):
    session.refresh(user)
#   ^^^^^^^^^^^^^^^^^^^^^ unawaited-session-call


async def given(user, session: AsyncSession = Depends(get_session)):
    session.delete(user)
#   ^^^^^^^^^^^^^^^^^^^^ unawaited-session-call


async def made():
    async with Session() as session:
        session.commit()
#       ^^^^^^^^^^^^^^^^ unawaited-session-call
    async with Session() as session:
        for user in session.scalars(select(User)):
    #               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unawaited-session-call
            print(user)


async def made_otherwise():
    async with Old.begin() as session, AsyncSession(engine) as other:
        session.rollback()
#       ^^^^^^^^^^^^^^^^^^ unawaited-session-call
        other.rollback()
#       ^^^^^^^^^^^^^^^^ unawaited-session-call
