from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.base import Base

links = Table(
    "links",
    Base.metadata,
    Column("a_id", ForeignKey("a.id"), primary_key=True),
    Column("b_id", ForeignKey("b.id"), primary_key=True, index=True),
)


class A(Base):
    __tablename__ = "a"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("a.id"), index=True)
    parent: Mapped[A | None] = relationship(remote_side="A.id", back_populates="children")
    children: Mapped[list[A]] = relationship(back_populates="parent")
    others: Mapped[list[B]] = relationship(secondary=links)
    first: Mapped[C | None] = relationship(back_populates="a")
    listed: Mapped[list[C]] = relationship("C", viewonly=True)

    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "a"}


class Special(A):
    __mapper_args__ = {"polymorphic_identity": "special"}


class B(Base):
    __tablename__ = "b"

    id: Mapped[int] = mapped_column(primary_key=True)


class C(Base):
    __tablename__ = "c"

    id: Mapped[int] = mapped_column(primary_key=True)
    a_id: Mapped[int] = mapped_column(ForeignKey("a.id"), unique=True)
    a: Mapped[A] = relationship(back_populates="first")
    special: Mapped[Special] = relationship("A", viewonly=True)
    by_hand: Mapped[list[B]] = relationship(primaryjoin="foreign(B.id) > C.id", viewonly=True)
