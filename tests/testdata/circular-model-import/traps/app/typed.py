from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Column, Integer

import app.lazy
from app.base import Base

if TYPE_CHECKING:
    from app.lazy import Lazy


class Typed(Base):
    __tablename__ = "typed"

    id = Column(Integer, primary_key=True)

    def lazy(self) -> Lazy:
        return app.lazy.Lazy(id=self.id)
