from alembic import context
from sqlalchemy import engine_from_config

config = context.config
with engine_from_config(config.get_section(config.config_ini_section)).connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
