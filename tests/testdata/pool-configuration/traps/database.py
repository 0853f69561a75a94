import os

from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool, QueuePool

from somewhere import options, url

plain = create_engine("postgresql://service@localhost/service")
refreshed = create_engine("postgresql://service@localhost/service", pool_size=5, pool_recycle=300)
refused = create_engine("postgresql://service@localhost/service", pool_size=5, pool_pre_ping=False)
chosen = create_engine("postgresql://service@localhost/service", pool_size=5, poolclass=QueuePool)
open_ = create_engine("postgresql://service@localhost/service", pool_size=5, **options)
local = create_engine("sqlite:///data.db", pool_size=5)
either = create_engine(os.environ.get("DATABASE_URL", "sqlite:///data.db"), pool_size=5)
unknown = create_engine(url, pool_size=5)
none = create_engine("postgresql://service@localhost/service", poolclass=NullPool)
