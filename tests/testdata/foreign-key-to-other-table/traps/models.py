from company.mixins import Common
from sqlalchemy import Column, ForeignKey, ForeignKeyConstraint, Integer
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Forum(Base):
    __tablename__ = "forums"

    id = Column(Integer, primary_key=True)


class OldForum(Base):
    __tablename__ = "forums_2010"

    id = Column(Integer, primary_key=True)


class Topic(Base):
    __tablename__ = "topics"

    id = Column(Integer, primary_key=True)
    forum_id = Column(ForeignKey("forums.id"))


class Moderator(Base):
    __tablename__ = "moderators"

    id = Column(Integer, primary_key=True)
    forum_id = Column(ForeignKey("forums.id"))


class Visit(Base):  # the other table is one of forums, too
    __tablename__ = "visits"

    id = Column(Integer, primary_key=True)
    forum_id = Column(ForeignKey("forums_2010.id"))


class Vote(Base):  # the relationship of that name joins on it
    __tablename__ = "votes"

    id = Column(Integer, primary_key=True)
    forum_id = Column(ForeignKey("topics.id"))
    forum = relationship(Topic)


class User(Base):
    __tablename__ = "users"

    id = Column(Integer, primary_key=True)


class Author(Base):
    __tablename__ = "authors"

    id = Column(Integer, primary_key=True)


class Book(Base):
    __tablename__ = "books"

    id = Column(Integer, primary_key=True)
    author_id = Column(ForeignKey("authors.id"))


class Quote(Base):  # one other table is not enough to tell
    __tablename__ = "quotes"

    id = Column(Integer, primary_key=True)
    author_id = Column(ForeignKey("users.id"))


class Run(Base):
    __tablename__ = "runs"

    forum_id = Column(ForeignKey("forums.id"), primary_key=True)
    id = Column(Integer, primary_key=True)


class Step(Base):  # part of a composite key
    __tablename__ = "steps"

    id = Column(Integer, primary_key=True)
    forum_id = Column(Integer)
    run_id = Column(Integer)
    __table_args__ = (ForeignKeyConstraint(["forum_id", "run_id"], ["runs.forum_id", "runs.id"]),)


class Order(Common, Base):
    __tablename__ = "orders"

    id = Column(Integer, primary_key=True)
    owner_id = Column(ForeignKey("users.id"))
    writer_id = Column(ForeignKey("authors.id"))
    owner = relationship(Author, foreign_keys=[writer_id])
    reader_id = Column(ForeignKey("users.id"))
    reader = relationship(Author, primaryjoin="Order.writer_id == Author.id", viewonly=True)
