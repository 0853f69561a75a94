from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.base import Base


class Author(Base):
    __tablename__ = "authors"

    id: Mapped[int] = mapped_column(primary_key=True)
    books: Mapped[list[Book]] = relationship(back_populates="authors")


class Shop(Base):
    __tablename__ = "shops"

    id: Mapped[int] = mapped_column(primary_key=True)
    books: Mapped[list[Author]] = relationship("Book")
#   ^^^^^ contradictory-cardinality


class Book(Base):
    __tablename__ = "books"

    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("authors.id"), index=True)
    authors: Mapped[list[Author]] = relationship(back_populates="books")
#   ^^^^^^^ contradictory-cardinality
    shop_id: Mapped[int | None] = mapped_column(ForeignKey("shops.id"), index=True)
    shop: Mapped[Author | None] = relationship("Shop", viewonly=True)
#   ^^^^ contradictory-cardinality
