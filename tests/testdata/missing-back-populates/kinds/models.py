from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.ext.associationproxy import association_proxy
from sqlalchemy.orm import declarative_base, declared_attr, relationship

Base = declarative_base()


class User(Base):
    __tablename__ = "users"

    id = Column(Integer, primary_key=True)
    name = Column(String)
    posts = relationship("Post", back_populates="author")
    notes = relationship("Note")
    titles = association_proxy("posts", "title")


class Post(Base):
    __tablename__ = "posts"

    id = Column(Integer, primary_key=True)
    title = Column(String)
    author_id = Column(ForeignKey("users.id"))
    author = relationship("User", back_populates="post")
    #                                            ^^^^^^ missing-back-populates


class Note(Base):
    __tablename__ = "notes"

    id = Column(Integer, primary_key=True)
    user_id = Column(ForeignKey("users.id"))
    user = relationship(User, back_populates="written_notes")
    #                                        ^^^^^^^^^^^^^^^ missing-back-populates


class Named(Base):
    __tablename__ = "named"

    id = Column(Integer, primary_key=True)
    user_id = Column(ForeignKey("users.id"))
    by_column = relationship(User, back_populates="name")
    #                                             ^^^^^^ missing-back-populates
    by_third = relationship(User, back_populates="posts", overlaps="by_column")
    #                                            ^^^^^^^ missing-back-populates
    by_proxy = relationship(User, back_populates="titles", overlaps="by_column,by_third")
    #                                            ^^^^^^^^ missing-back-populates


class Owned:
    @declared_attr
    def user_id(cls):
        return Column(ForeignKey("users.id"))

    @declared_attr
    def user(cls):
        return relationship("User", back_populates="things")
        #                                          ^^^^^^^^ missing-back-populates


class Book(Owned, Base):
    __tablename__ = "books"

    id = Column(Integer, primary_key=True)


class Pen(Owned, Base):
    __tablename__ = "pens"

    id = Column(Integer, primary_key=True)
