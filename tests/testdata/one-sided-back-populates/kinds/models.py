from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class User(Base):
    __tablename__ = "users"

    id = Column(Integer, primary_key=True)
    posts = relationship("Post", lazy="dynamic")
    #       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ one-sided-back-populates
    notes = relationship("Note", back_populates="user", foreign_keys="Note.user_id")


class Post(Base):
    __tablename__ = "posts"

    id = Column(Integer, primary_key=True)
    author_id = Column(ForeignKey("users.id"))
    author = relationship("User", back_populates="posts")
    comments = relationship("Comment", back_populates="post")


class Comment(Base):
    __tablename__ = "comments"

    id = Column(Integer, primary_key=True)
    post_id = Column(ForeignKey("posts.id"))
    post = relationship(Post)
    #      ^^^^^^^^^^^^^^^^^^ one-sided-back-populates


class Note(Base):
    __tablename__ = "notes"

    id = Column(Integer, primary_key=True)
    user_id = Column(ForeignKey("users.id"))
    editor_id = Column(ForeignKey("users.id"))
    user = relationship(User, back_populates="notes", foreign_keys=[user_id])
    editor = relationship(User, back_populates="notes", foreign_keys=[editor_id])
    #                                          ^^^^^^^ one-sided-back-populates
