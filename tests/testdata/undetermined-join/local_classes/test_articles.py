from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


def by_writer():
    class Writer(Base):
        __tablename__ = "writers"

        id = Column(Integer, primary_key=True)

    class Article(Base):
        __tablename__ = "articles"

        id = Column(Integer, primary_key=True)
        author_id = Column(ForeignKey("writers.id"))
        author = relationship(Writer)

    return Article


def by_robot():
    class Robot(Base):
        __tablename__ = "robots"

        id = Column(Integer, primary_key=True)

    class Article(Base):
        __tablename__ = "articles"

        id = Column(Integer, primary_key=True)
        author_id = Column(ForeignKey("robots.id"))
        author = relationship(Robot)

    return Article
