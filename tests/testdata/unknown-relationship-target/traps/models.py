from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry, relationship

if TYPE_CHECKING:
    from tags import Tag


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    posts: Mapped[list[Post]] = relationship(back_populates="author")


class Post(Base):
    __tablename__ = "posts"

    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    tag_id: Mapped[int] = mapped_column(ForeignKey("labels.id"))
    parent_id: Mapped[int] = mapped_column(ForeignKey("posts.id"))
    author: Mapped[User] = relationship(back_populates="posts")
    tag: Mapped[Tag | None] = relationship()
    dotted: Mapped[Tag] = relationship("tags.Tag", viewonly=True)
    same = relationship("models.Post", viewonly=True)
    called = relationship(lambda: Tag2, viewonly=True)
    late = relationship("Late", viewonly=True, primaryjoin="Post.tag_id == Late.id", foreign_keys="Post.tag_id")


class Late(Base):
    __tablename__ = "late"

    id: Mapped[int] = mapped_column(primary_key=True)


Tag2 = User
