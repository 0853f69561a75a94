import os

from sqlalchemy import Column, Integer, MetaData, Table
from sqlalchemy.orm import declarative_base

Base = declarative_base()
Other = declarative_base()


class User(Base):
    __tablename__ = "users"

    id = Column(Integer, primary_key=True)


class OtherUser(Other):
    __tablename__ = "users"

    id = Column(Integer, primary_key=True)


class AuditUser(Base):
    __tablename__ = "users"
    __table_args__ = {"schema": "audit"}

    id = Column(Integer, primary_key=True)


class Manager(User):
    """Single-table inheritance."""


if os.environ.get("OLD"):

    class Log(Base):
        __tablename__ = "logs"

        id = Column(Integer, primary_key=True)

else:

    class Log(Base):
        __tablename__ = "logs"

        id = Column(Integer, primary_key=True)


class Extended(Base):
    __tablename__ = "extended"

    id = Column(Integer, primary_key=True)


class More(Base):
    __tablename__ = "extended"
    __table_args__ = {"extend_existing": True}

    id = Column(Integer, primary_key=True)
    more = Column(Integer)


class Event(Base):
    __tablename__ = "events"

    id = Column(Integer, primary_key=True)


same = Table("events", Base.metadata)
apart = Table("events", MetaData(), Column("id", Integer))


def picture():
    return Table("events", Base.metadata, Column("id", Integer))
