from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from app.models import Author, Book


def wrong(session: Session):
    session.query(Book).filter(Book.author == 1)
    #                          ^^^^^^^^^^^ relationship-as-column
    session.query(Book).join(Author, Book.author == Author.id)
    #                                ^^^^^^^^^^^ relationship-as-column
    session.scalars(select(Book).where(and_("1" == Book.author, Book.id > 3)))
    #                                              ^^^^^^^^^^^ relationship-as-column
    session.scalars(select(Book).where(Book.author.in_([1, 2])))
    #                                  ^^^^^^^^^^^ relationship-as-column
    session.scalars(select(Book).where(Book.author.name == "Ada"))
    #                                  ^^^^^^^^^^^^^^^^ relationship-as-column


def of(session: Session, author_id: int):
    return session.query(Book).filter(Book.author == author_id)
    #                                 ^^^^^^^^^^^ relationship-as-column


def right(session: Session, author: Author, unknown, key):
    session.query(Book).filter(Book.author == author)
    session.query(Book).filter(Book.author == None)  # noqa: E711
    session.query(Book).filter(Book.author != None)  # noqa: E711
    session.query(Book).filter(Book.author == unknown)
    session.query(Book).filter(Book.author == session.get(Author, 1))
    session.query(Book).filter(Book.author_id == 1, Book.author_id.in_([1, 2]))
    session.query(Book).filter(Book.author.has(Author.name == "Ada"))
    session.query(Book).filter(Book.author.has(name="Ada"))
    session.query(Author).filter(Author.books.any(Book.id == 1))
    session.query(Author).filter(Author.books.contains(unknown))
    session.query(Book).join(Book.author).filter(Author.name == "Ada")
    session.query(Book).filter(Book.author.property.mapper.class_ == key)
    for book in session.query(Book):
        assert book.author.name == "Ada" or book.author == 1
