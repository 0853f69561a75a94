"""asyncpg takes both names; the engine has another URL."""

import os

import asyncpg
from sqlalchemy import create_engine

EVENTS_URL = os.environ.get("EVENTS_URL", "postgres://events@localhost/events")
DATABASE_URL = os.environ.get("DATABASE_URL", "postgresql://service@localhost/service")

engine = create_engine(DATABASE_URL)


async def events():
    return await asyncpg.connect(EVENTS_URL)


def create_engine_for_tests(create_engine):
    return create_engine("postgres://nobody@localhost/nothing")
