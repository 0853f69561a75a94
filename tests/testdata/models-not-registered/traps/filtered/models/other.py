from sqlalchemy import Column, Integer

from filtered.base import Base


class Other(Base):
    __tablename__ = "others"

    id = Column(Integer, primary_key=True)
