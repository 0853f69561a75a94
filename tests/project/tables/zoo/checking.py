"""What only type checkers see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Seen:
    if TYPE_CHECKING:
        id: Mapped[int]
        ghost: Mapped[int]


class Keyed(Base):
    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True)


class Watched(Seen, Keyed):
    __tablename__ = "checking_watched"


if TYPE_CHECKING:

    class Ghost(Keyed):
        __tablename__ = "checking_ghost"
