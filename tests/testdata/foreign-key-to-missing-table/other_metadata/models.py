from sqlalchemy import Column, ForeignKey, Integer, MetaData
from sqlalchemy.orm import DeclarativeBase, registry

shared = MetaData()


class Base(DeclarativeBase):
    metadata = shared


class Again(DeclarativeBase):
    metadata = shared


class Archive(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"

    id = Column(Integer, primary_key=True)


class Post(Again):  # another base, the same MetaData
    __tablename__ = "posts"

    id = Column(Integer, primary_key=True)
    user_id = Column(ForeignKey("users.id"))


class OldPost(Archive):
    __tablename__ = "posts"

    id = Column(Integer, primary_key=True)
    user_id = Column(ForeignKey("users.id"))
    #                           ^^^^^^^^^^ foreign-key-to-missing-table
    by_column = Column(ForeignKey(User.id))  # a Column object needs no lookup
