from sqlalchemy import Column, ForeignKey, Integer

from app.base import Base


class User(Base):
    __tablename__ = "people"

    id = Column(Integer, primary_key=True)


class Post(Base):
    __tablename__ = "posts"

    id = Column(Integer, primary_key=True)
    user_id = Column(ForeignKey("users.id"))
    #                           ^^^^^^^^^^ foreign-key-to-missing-table
