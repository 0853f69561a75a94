from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.ext.associationproxy import AssociationProxy, association_proxy
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import DynamicMapped, Mapped, MappedAsDataclass, declarative_base, mapped_column, relationship

from app.base import Base, Relaxed

Old = declarative_base()
Whole = Mapped[int]


class Mixin:
    note: str
    limit: int = 5


class User(Mixin, Base):
    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    age: int = Column(Integer)
    limits: ClassVar[int] = 5
    size: int = 5
    whole: Whole = mapped_column()
    _cache: dict[str, Any] = {}
    posts: DynamicMapped[Post] = relationship()
    titles: AssociationProxy[list[str]] = association_proxy("posts", "title")
    plain: list[str] = association_proxy("posts", "title")
    doubled: int = hybrid_property(lambda self: self.age * 2)

    if TYPE_CHECKING:
        extra: int


class Post(Base):
    __tablename__ = "posts"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    title: Mapped[str]


class Loose(Relaxed):
    __tablename__ = "loose"

    id: int = mapped_column(primary_key=True)
    name: str


class Older(Old):
    __tablename__ = "older"

    id = Column(Integer, primary_key=True)
    name: str = Column(String(20))


class Data(MappedAsDataclass, Base):
    __tablename__ = "data"

    id: Mapped[int] = mapped_column(primary_key=True)
