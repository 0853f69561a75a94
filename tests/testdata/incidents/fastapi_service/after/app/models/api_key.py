from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Base

if TYPE_CHECKING:
    from app.models.organization import Organization
    from app.models.user import User


class ApiKey(Base):
    __tablename__ = "api_keys"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"), index=True)
    created_by_id: Mapped[str | None] = mapped_column(ForeignKey("users_v2.id", ondelete="SET NULL"), index=True)
    label: Mapped[str] = mapped_column(String(80))

    organization: Mapped[Organization] = relationship(back_populates="api_keys")
    created_by: Mapped[User | None] = relationship()
