from sqlalchemy import Column, Integer
from sqlalchemy.orm import declarative_base

from app.b import B

Base = declarative_base()


class A(Base):
    __tablename__ = "a"

    id = Column(Integer, primary_key=True)
    other = B
