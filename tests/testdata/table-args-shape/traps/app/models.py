from sqlalchemy import Column, Index, Integer, Table, UniqueConstraint
from sqlalchemy.orm import declared_attr

from app.base import Base

OPTIONS = {"mysql_engine": "InnoDB"}


def constraints(name):
    return (UniqueConstraint("a", name=f"uq_{name}_a"), OPTIONS)


class Options(Base):
    __tablename__ = "options"
    __table_args__ = ({"mysql_engine": "InnoDB"})

    id = Column(Integer, primary_key=True)


class Right(Base):
    __tablename__ = "right"
    __table_args__ = (UniqueConstraint("a"), Index("ix_right_a", "a"), {"comment": "…"})

    id = Column(Integer, primary_key=True)
    a = Column(Integer)


class Called(Base):
    __tablename__ = "called"
    __table_args__ = constraints("called")

    id = Column(Integer, primary_key=True)
    a = Column(Integer)


class Joined(Base):
    __tablename__ = "joined"
    __table_args__ = Right.__table_args__[:1] and (OPTIONS,)

    id = Column(Integer, primary_key=True)


class Unpacked(Base):
    __tablename__ = "unpacked"
    __table_args__ = (*[Index("ix_unpacked_a", "a")], OPTIONS)

    id = Column(Integer, primary_key=True)
    a = Column(Integer)


class Nothing(Base):
    __tablename__ = "nothing"
    __table_args__ = None

    id = Column(Integer, primary_key=True)


class NotMapped:
    __table_args__ = [UniqueConstraint("a")]


class Abstract(Base):
    __abstract__ = True

    @declared_attr
    def __table_args__(cls):
        return (Index(f"ix_{cls.__tablename__}_a", "a"),)


class Child(Abstract):
    __tablename__ = "child"

    id = Column(Integer, primary_key=True)
    a = Column(Integer)


class Explicit(Base):
    __table__ = Table("explicit", Base.metadata, Column("id", Integer, primary_key=True))
