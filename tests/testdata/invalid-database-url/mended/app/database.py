"""What platforms say is turned into what SQLAlchemy wants."""

import os

from sqlalchemy import create_engine


def normalised(url):
    if url.startswith("postgres://"):
        return url.replace("postgres://", "postgresql+psycopg://", 1)
    return url


DATABASE_URL = os.environ.get("DATABASE_URL", "postgres://service@localhost/service")
engine = create_engine(normalised(DATABASE_URL))
