from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import create_async_engine

from app.config import DATABASE_URL, HOST

engine = create_async_engine(DATABASE_URL)
local = create_async_engine("sqlite:///site.db")
#                           ^^^^^^^^^^^^^^^^^^^ missing-driver
other = create_async_engine(f"mysql+pymysql://{HOST}/site")
#                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ missing-driver
plain = create_engine("postgresql+asyncpg://service@localhost/service")
#                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ missing-driver
good = create_engine("postgresql://service@localhost/service")
fine = create_async_engine("sqlite+aiosqlite:///site.db")
