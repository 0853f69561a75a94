from __future__ import annotations

import datetime
import uuid
from typing import List, Optional

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.base import Base


class User(Base):
    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: str = mapped_column()
#   ^^^^ annotation-not-mapped
    nick: Optional[str] = mapped_column(default=None)
#   ^^^^ annotation-not-mapped
    born: "datetime.date | None" = mapped_column()
#   ^^^^ annotation-not-mapped
    key: uuid.UUID
#   ^^^ annotation-not-mapped
    posts: List[Post] = relationship(back_populates="user")
#   ^^^^^ annotation-not-mapped


class Post(Base):
    __tablename__ = "posts"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    user: User = relationship(back_populates="posts")
#   ^^^^ annotation-not-mapped
