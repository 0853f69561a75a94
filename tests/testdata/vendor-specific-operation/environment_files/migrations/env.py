from alembic import context
from sqlalchemy import create_engine

from app.config import DATABASE_URL

with create_engine(DATABASE_URL).connect() as connection:
    context.configure(connection=connection)
    context.run_migrations()
