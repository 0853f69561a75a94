from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Base

if TYPE_CHECKING:
    from app.models.api_key import ApiKey
    from app.models.conversation import Conversation
    from app.models.user import User


class Organization(Base):
    __tablename__ = "organizations"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)

    users: Mapped[list[User]] = relationship(back_populates="organization")
    conversations: Mapped[list[Conversation]] = relationship(back_populates="organization")
    api_keys: Mapped[list[ApiKey]] = relationship(back_populates="organization")
