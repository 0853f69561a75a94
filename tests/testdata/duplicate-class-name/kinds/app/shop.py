from sqlalchemy import Column, Integer

from app.base import Base


class Tag(Base):
    __tablename__ = "shop_tags"

    id = Column(Integer, primary_key=True)
