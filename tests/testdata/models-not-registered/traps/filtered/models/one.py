from sqlalchemy import Column, Integer

from filtered.base import Base


class One(Base):
    __tablename__ = "ones"

    id = Column(Integer, primary_key=True)
