from sqlalchemy import Column, Integer

from shop.base import Base


class Other(Base):
#     ^^^^^ models-not-registered
    __tablename__ = "others"

    id = Column(Integer, primary_key=True)
