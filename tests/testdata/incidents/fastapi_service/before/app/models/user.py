from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, false, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Base

if TYPE_CHECKING:
    from app.models.audit_log import AuditLog
    from app.models.organization import Organization


def new_id() -> str:
    return str(uuid.uuid4())


class User(Base):
    __tablename__ = "users_v2"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    email: Mapped[str] = mapped_column(String(254), unique=True, index=True)
    full_name: Mapped[str] = mapped_column(String(120))
    is_active: Mapped[bool] = mapped_column(default=True, server_default=true())
    is_verified: Mapped[bool] = mapped_column(default=False, server_default=false())
    verification_token: Mapped[str | None] = mapped_column(String(64), unique=True, index=True)
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organizations.id"), index=True)

    organization: Mapped[Organization | None] = relationship(back_populates="users")
    audit_trail: Mapped[list[AuditLog]] = relationship(
        primaryjoin="User.id == foreign(AuditLog.user_id)", order_by="AuditLog.id.desc()", viewonly=True
    )

    @property
    def first_name(self) -> str:
        return self.full_name.partition(" ")[0]
