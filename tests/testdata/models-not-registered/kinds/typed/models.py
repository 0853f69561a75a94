from typing import TYPE_CHECKING

from sqlalchemy import Column, Integer

from typed.base import Base

if TYPE_CHECKING:
    from typed.other import Second


class First(Base):
    __tablename__ = "firsts"

    id = Column(Integer, primary_key=True)
