import os

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool, StaticPool

URL = os.environ.get("DATABASE_URL", "postgresql+psycopg://service@localhost/service")

engine = sa.create_engine(URL, max_overflow=0, pool_size=5)
#                              ^^^^^^^^^^^^ pool-configuration
reports = create_async_engine(
    "mysql+aiomysql://service@localhost/reports",
    echo=False,
    pool_size=2,
#   ^^^^^^^^^ pool-configuration
)
jobs = sa.create_engine(URL, poolclass=NullPool, pool_pre_ping=True, pool_size=5, max_overflow=2)
#                                                                    ^^^^^^^^^ pool-configuration
memory = sa.create_engine("sqlite://", poolclass=StaticPool, pool_size=1)
#                                                            ^^^^^^^^^ pool-configuration
