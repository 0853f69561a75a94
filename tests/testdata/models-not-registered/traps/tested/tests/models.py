from sqlalchemy import Column, Integer

from tested.base import Base


class Other(Base):
    __tablename__ = "thirds"

    id = Column(Integer, primary_key=True)
