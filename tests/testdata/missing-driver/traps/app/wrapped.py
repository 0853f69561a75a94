from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import AsyncEngine

engine = AsyncEngine(create_engine("sqlite+aiosqlite:///site.db"))
