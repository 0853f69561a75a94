from company.settings import CASCADE
from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import backref, declarative_base, relationship

Base = declarative_base()
OWNED = "all,delete-orphan"


class Book(Base):
    __tablename__ = "books"

    id = Column(Integer, primary_key=True)
    parent_id = Column(ForeignKey("books.id"))
    pages = relationship("Page", cascade=OWNED, back_populates="book")
    notes = relationship("Note", cascade="save-update,  merge , refresh-expire, expunge, delete")
    none = relationship("Note", cascade="", overlaps="notes")
    nothing = relationship("Note", cascade="none", viewonly=True)
    chosen = relationship("Note", cascade=CASCADE, overlaps="notes, none")
    volumes = relationship("Book", cascade="all, delete-orphan", backref=backref("whole", remote_side=[id]))


class Page(Base):
    __tablename__ = "pages"

    id = Column(Integer, primary_key=True)
    book_id = Column(ForeignKey("books.id"))
    book = relationship(Book, cascade="all, delete-orphan", single_parent=True, back_populates="pages")


class Note(Base):
    __tablename__ = "notes"

    id = Column(Integer, primary_key=True)
    book_id = Column(ForeignKey("books.id"))
