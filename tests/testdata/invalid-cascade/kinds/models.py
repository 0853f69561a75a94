from sqlalchemy import Column, ForeignKey, Integer, Table
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()
OWNED = "all, delete-orphans"

tagged = Table("tagged", Base.metadata, Column("b", ForeignKey("books.id")), Column("t", ForeignKey("tags.id")))


class Tag(Base):
    __tablename__ = "tags"

    id = Column(Integer, primary_key=True)


class Book(Base):
    __tablename__ = "books"

    id = Column(Integer, primary_key=True)
    pages = relationship("Page", cascade="save-update, orphans, everything", viewonly=False)
    #                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ invalid-cascade
    leaves = relationship("Page", cascade=OWNED, overlaps="pages")
    #                                     ^^^^^ invalid-cascade
    tags = relationship(Tag, secondary=tagged, cascade="all, delete-orphan")
    #                                                  ^^^^^^^^^^^^^^^^^^^^ invalid-cascade


class Page(Base):
    __tablename__ = "pages"

    id = Column(Integer, primary_key=True)
    book_id = Column(ForeignKey("books.id"))
    book = relationship(Book, cascade="all, delete-orphan", overlaps="pages, leaves")
    #                                 ^^^^^^^^^^^^^^^^^^^^ invalid-cascade
