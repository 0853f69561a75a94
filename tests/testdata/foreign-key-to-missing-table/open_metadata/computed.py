import os

from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table
from sqlalchemy.orm import DeclarativeBase, declarative_base

Base = declarative_base(metadata=MetaData(schema=os.environ.get("SCHEMA")))


class User(Base):
    __tablename__ = "users"

    id = Column(Integer, primary_key=True)


class Post(Base):
    __tablename__ = "posts"

    id = Column(Integer, primary_key=True)
    user_id = Column(ForeignKey("users.id"))
    maybe_id = Column(ForeignKey("app.users.id"))


class Named(DeclarativeBase):
    pass


class Comment(Named):
    __tablename__ = os.environ["COMMENTS"]

    id = Column(Integer, primary_key=True)
    parent_id = Column(ForeignKey("comments.id"))


core = MetaData()
Table(os.environ["USERS"], core, Column("id", Integer, primary_key=True))
Table("posts", core, Column("user_id", ForeignKey("users.id")))
