from sqlalchemy import create_engine, insert, select, text

from app.models import Name

engine = create_engine("sqlite:///names.db")
automatic = create_engine("sqlite:///names.db", isolation_level="AUTOCOMMIT")


def read():
    with engine.connect() as connection:
        return connection.execute(select(Name)).all()


def add(name):
    with engine.connect() as connection:
        connection.execute(insert(Name).values(name=name))
        connection.commit()


def add_in_transaction(name):
    with engine.connect() as connection:
        with connection.begin():
            connection.execute(insert(Name).values(name=name))
    with engine.connect() as connection, connection.begin():
        connection.execute(insert(Name).values(name=name))
    with engine.begin() as connection:
        connection.execute(insert(Name).values(name=name))


def add_at_once(name):
    with automatic.connect() as connection:
        connection.execute(insert(Name).values(name=name))
    with engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT")
        connection.execute(insert(Name).values(name=name))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(insert(Name).values(name=name))


def add_elsewhere(name, write, other):
    with engine.connect() as connection:
        connection.execute(insert(Name).values(name=name))
        write(connection)
    with other.connect() as connection:
        connection.execute(insert(Name).values(name=name))


def by_hand(name):
    with engine.connect() as connection:
        connection.execute(text("BEGIN"))
        connection.execute(insert(Name).values(name=name))
        connection.execute(text("COMMIT"))


def try_out(name):
    with engine.connect() as connection:
        connection.execute(insert(Name).values(name=name))
        connection.rollback()
