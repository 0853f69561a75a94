from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import backref, declarative_base, relationship

Base = declarative_base()


class User(Base):
    __tablename__ = "users"

    id = Column(Integer, primary_key=True)
    posts = relationship("Post", back_populates="author", foreign_keys="Post.author_id")
    first_posts = relationship("Post", viewonly=True, foreign_keys="Post.author_id")
    tags = relationship("Tag", secondary="user_tags", viewonly=True)
    one_side = relationship("Note")


class Post(Base):
    __tablename__ = "posts"

    id = Column(Integer, primary_key=True)
    author_id = Column(ForeignKey("users.id"))
    editor_id = Column(ForeignKey("users.id"))
    author = relationship("User", back_populates="posts", foreign_keys=[author_id])
    editor = relationship("User", foreign_keys=[editor_id])
    writer = relationship("User", overlaps="author,posts", foreign_keys=[author_id])


class Note(Base):
    __tablename__ = "notes"

    id = Column(Integer, primary_key=True)
    user_id = Column(ForeignKey("users.id"))
    #   linked at one side only, which is enough for the warning
    user = relationship(User, back_populates="one_side", overlaps="x")


class Tag(Base):
    __tablename__ = "tags"

    id = Column(Integer, primary_key=True)


class UserTag(Base):
    __tablename__ = "user_tags"

    user_id = Column(ForeignKey("users.id"), primary_key=True)
    tag_id = Column(ForeignKey("tags.id"), primary_key=True)
    user = relationship(User, backref=backref("user_tags"))
    tag = relationship(Tag, backref="user_tags")


class Animal(Base):
    __tablename__ = "animals"
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "animal"}

    id = Column(Integer, primary_key=True)
    kind = Column(Integer)
    user_id = Column(ForeignKey("users.id"))


class Dog(Animal):
    __mapper_args__ = {"polymorphic_identity": "dog"}
    master = relationship(User, backref="dogs")


class Cat(Animal):
    __mapper_args__ = {"polymorphic_identity": "cat"}
    servant = relationship(User, backref="cats")
