import sqlalchemy as sa
from sqlalchemy import create_engine, insert, select, text, update

from app.models import Name

engine = create_engine("sqlite:///names.db", echo=True)


def add(name):
    with engine.connect() as connection:
    #    ^^^^^^^^^^^^^^^^ connection-without-commit
        connection.execute(insert(Name).values(name=name))


def rename(old, new):
    with engine.connect() as connection:
    #    ^^^^^^^^^^^^^^^^ connection-without-commit
        if connection.scalar(select(Name.id).where(Name.name == new)) is None:
            connection.execute(update(Name).where(Name.name == old).values(name=new))


def clear():
    with engine.connect() as connection:
    #    ^^^^^^^^^^^^^^^^ connection-without-commit
        rows = connection.execute(text("SELECT id FROM names")).all()
        for row in rows:
            connection.execute(sa.text("DELETE FROM names WHERE id = :id"), {"id": row.id})
