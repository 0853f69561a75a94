import os

from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import create_async_engine

URL = os.environ["DATABASE_URL"]
PLAIN = "postgresql://service@localhost/service"

engine = create_async_engine(URL)
changed = create_async_engine(PLAIN.replace("postgresql://", "postgresql+asyncpg://"))
unpinned = create_async_engine(PLAIN)  # psycopg since SQLAlchemy 2.1
asked_for = create_engine("mysql://service@localhost/service")  # an extra may bring it


def made(url="sqlite:///site.db"):
    url = url.replace("sqlite", "sqlite+aiosqlite")
    return create_async_engine(url)
