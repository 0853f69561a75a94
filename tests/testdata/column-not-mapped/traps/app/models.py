from sqlalchemy import Column, Integer, String

from app.base import Base


class Plain:
    name = (Column(String(80)),)


class User(Base):
    __tablename__ = "users"

    id = Column(Integer, primary_key=True)
    name = Column(String(80))
    shown = (name,)
    both = Column(Integer), Column(Integer)
    first, second = Column(Integer), Column(Integer)
    size = (3,)
