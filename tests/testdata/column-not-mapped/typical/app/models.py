from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.base import Base


class Named:
    name = Column(String(80)),
#   ^^^^ column-not-mapped


class User(Named, Base):
    __tablename__ = "users"

    id = Column(Integer, primary_key=True)
    nick: Mapped[str] = mapped_column(),
#   ^^^^ column-not-mapped
    age = Column(
#   ^^^ column-not-mapped
        Integer,
        nullable=False,
    ),
    posts = relationship("Post", back_populates="user")


class Post(Base):
    __tablename__ = "posts"

    id = Column(Integer, primary_key=True)
    user_id = Column(ForeignKey("users.id"), index=True)
    user = relationship("User", back_populates="posts")
    editor = (relationship("User", viewonly=True),)
#   ^^^^^^ column-not-mapped
