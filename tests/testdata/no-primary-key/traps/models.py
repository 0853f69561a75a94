import os
from typing import Annotated

from company.mixins import Identified, intpk
from sqlalchemy import Column, ForeignKey, Integer, PrimaryKeyConstraint, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

key = Annotated[int, mapped_column(primary_key=True)]


class Base(DeclarativeBase):
    pass


class Numbered:
    @declared_attr
    def id(cls):
        return Column(Integer, primary_key=True)


class Visit(Numbered, Base):
    __tablename__ = "visits"


class Like(Base):
    __tablename__ = "likes"
    __table_args__ = (PrimaryKeyConstraint("a", "b"),)

    a: Mapped[int]
    b: Mapped[int]


class Seat(Base):
    __tablename__ = "seats"

    number: Mapped[key]


class Row(Base):
    __tablename__ = "rows"

    number: Mapped[intpk]


class Note(Identified, Base):
    __tablename__ = "notes"

    text: Mapped[str]


class Paid(Visit):  # in the same table
    amount: Mapped[int]


class Long(Visit):
    __tablename__ = "long"

    visit_id = Column(ForeignKey("visits.id"), primary_key=True)


view = Table("view", Base.metadata, Column("number", Integer))


class View(Base):
    __table__ = view
    __mapper_args__ = {"primary_key": [view.c.number]}


class Abstract(Base):
    __abstract__ = True

    text: Mapped[str]


plain = Table("plain", Base.metadata, Column("number", Integer))


chosen_key = Annotated[
    int,
    mapped_column(primary_key=True) if os.environ.get("COUNTED") else mapped_column(primary_key=True, default=int),
]


class Chosen(Base):
    __tablename__ = "chosen"

    id: Mapped[chosen_key] = mapped_column()
