from alembic import context
from sqlalchemy import create_engine, engine_from_config

from app.config import settings

config = context.config


def get_url():
    return settings.sync_url


def run_migrations_online():
    if context.get_x_argument(as_dictionary=True).get("ini"):
        engine = engine_from_config(config.get_section(config.config_ini_section))
    else:
        engine = create_engine(get_url())
    with engine.connect() as connection:
        context.configure(connection=connection)
        with context.begin_transaction():
            context.run_migrations()


run_migrations_online()
