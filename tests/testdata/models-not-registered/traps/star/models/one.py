from sqlalchemy import Column, Integer

from star.base import Base


class One(Base):
    __tablename__ = "ones"

    id = Column(Integer, primary_key=True)
