from sqlalchemy import CheckConstraint, Column, Index, Integer, UniqueConstraint
from sqlalchemy.orm import declared_attr

from app.base import Base


class Bare(Base):
    __tablename__ = "bare"
    __table_args__ = UniqueConstraint("a")
    #                ^^^^^^^^^^^^^^^^^^^^^ table-args-shape

    id = Column(Integer, primary_key=True)
    a = Column(Integer)


class Brackets(Base):
    __tablename__ = "brackets"
    __table_args__ = (
        UniqueConstraint("a", name="uq_brackets_a")
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ table-args-shape
    )

    id = Column(Integer, primary_key=True)
    a = Column(Integer)


class Listed(Base):
    __tablename__ = "listed"
    __table_args__ = [UniqueConstraint("a")]
    #                ^^^^^^^^^^^^^^^^^^^^^^^ table-args-shape

    id = Column(Integer, primary_key=True)
    a = Column(Integer)


class Two(Base):
    __tablename__ = "two"
    __table_args__ = [UniqueConstraint("a"), CheckConstraint("a > 0")]
    #                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ table-args-shape

    id = Column(Integer, primary_key=True)
    a = Column(Integer)


class First(Base):
    __tablename__ = "first"
    __table_args__ = ({"schema": "shop"}, UniqueConstraint("a"))
    #                 ^^^^^^^^^^^^^^^^^^ table-args-shape

    id = Column(Integer, primary_key=True)
    a = Column(Integer)


class Nested(Base):
    __tablename__ = "nested"
    __table_args__ = ([UniqueConstraint("a")],)
    #                 ^^^^^^^^^^^^^^^^^^^^^^^ table-args-shape

    id = Column(Integer, primary_key=True)
    a = Column(Integer)


class Counted:
    @declared_attr
    def __table_args__(cls):
#       ^^^^^^^^^^^^^^ table-args-shape
        return Index("ix_counted_a", "a")


class Given(Counted, Base):
    __tablename__ = "given"

    id = Column(Integer, primary_key=True)
    a = Column(Integer)
