from typing import Annotated, Optional

from company.settings import required
from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)


maybe = Annotated[Optional[int], mapped_column()]


class Note(Base):
    __tablename__ = "notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    plain = Column(ForeignKey("users.id", ondelete="SET NULL"))
    explicit = Column(Integer, ForeignKey("users.id", ondelete="SET NULL"), nullable=True)
    optional: Mapped[Optional[int]] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    either: Mapped["int | None"] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    aliased: Mapped[maybe] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    overruled: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"), nullable=True)
    configured = Column(ForeignKey("users.id", ondelete="SET NULL"), nullable=required("note"))
    cascading = Column(ForeignKey("users.id", ondelete="CASCADE"), nullable=False)
    updated = Column(ForeignKey("users.id", onupdate="SET NULL"), nullable=False)
    listed = Column(ForeignKey("users.id", ondelete="SET NULL (plain)"), nullable=False)
