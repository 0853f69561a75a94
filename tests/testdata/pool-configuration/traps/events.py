"""A listener looks after the connections."""

from sqlalchemy import create_engine, event

engine = create_engine("postgresql://service@localhost/service", pool_size=5)


@event.listens_for(engine, "engine_connect")
def ping(connection):
    connection.exec_driver_sql("SELECT 1")
