"""Tables that are there, though not where one looks first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Integer, MetaData, String, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column, relationship

if TYPE_CHECKING:
    from others import Owner

metadata = MetaData()


class Base(DeclarativeBase):
    metadata = metadata

    @declared_attr.directive
    def __tablename__(cls) -> str:
        return f"app_{cls.__name__.lower()}s"


class Keyed(Base):
    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True)


class Thing(Keyed):
    owner_id: Mapped[int] = mapped_column(ForeignKey("app_owners.id"))
    part_id: Mapped[int] = mapped_column(ForeignKey("app_parts.ident", use_alter=True))
    id2: Mapped[int] = mapped_column(ForeignKey("app_parts.key"))
    made_id: Mapped[int] = mapped_column(ForeignKey("made_in_a_function.id"))
    local_id: Mapped[int] = mapped_column(ForeignKey("local_class.id"))
    id3: Mapped[int] = mapped_column(ForeignKey("app_owners.id", link_to_name=True))
    looped: Mapped[int] = mapped_column(ForeignKey("loop_b.id"))
    owner: Mapped[Owner] = relationship(foreign_keys=[owner_id])


class Part(Base):
    number: Mapped[int] = mapped_column("ident", primary_key=True)
    renamed: Mapped[int] = mapped_column("renamed", key="key")


class Single(Thing):  # no table of its own
    __tablename__ = None

    extra: Mapped[int | None]


def tables(metadata):
    Table("made_in_a_function", metadata, Column("id", Integer, primary_key=True))


def classes(base):
    class Local(base):
        __tablename__ = "local_class"

        id = Column(Integer, primary_key=True)
        broken = Column(ForeignKey("nobody.asks.here"))


for name in ("loop_a", "loop_b"):
    Table(name, metadata, Column("id", Integer, primary_key=True))


def scratch():
    other = MetaData()
    Table("scratch", other, Column("x", ForeignKey("nowhere.id")))
