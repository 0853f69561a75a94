from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class User(Base):
    __tablename__ = "users"

    id = Column(Integer, primary_key=True)
    posts = relationship("Post")
    notes = relationship("Note", back_populates="user")


class Post(Base):
    __tablename__ = "posts"

    id = Column(Integer, primary_key=True)
    author_id = Column(ForeignKey("users.id"))
    author = relationship("User")
    #        ^^^^^^^^^^^^^^^^^^^^ overlapping-relationships
    tags = relationship("Tag", secondary="post_tags")


class Note(Base):
    __tablename__ = "notes"

    id = Column(Integer, primary_key=True)
    user_id = Column(ForeignKey("users.id"))
    user = relationship(User, back_populates="notes")
    writer = relationship(User)
    #        ^^^^^^^^^^^^^^^^^^ overlapping-relationships


class Tag(Base):
    __tablename__ = "tags"

    id = Column(Integer, primary_key=True)


class PostTag(Base):
    __tablename__ = "post_tags"

    post_id = Column(ForeignKey("posts.id"), primary_key=True)
    tag_id = Column(ForeignKey("tags.id"), primary_key=True)
    post = relationship(Post, backref="post_tags")
    #      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ overlapping-relationships
    tag = relationship(Tag)
    #     ^^^^^^^^^^^^^^^^^ overlapping-relationships
