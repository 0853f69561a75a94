from sqlalchemy import Column, ForeignKey, Integer, String, Table
from sqlalchemy.orm import declarative_base, declared_attr, relationship

Base = declarative_base()

tagged = Table(
    "tagged",
    Base.metadata,
    Column("post_id", ForeignKey("posts.id"), primary_key=True),
    Column("tag_id", Integer, primary_key=True),
)


class User(Base):
    __tablename__ = "users"

    id = Column(Integer, primary_key=True)
    posts = relationship("Post", back_populates="author")
    #       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ undetermined-join


class Liked:
    @declared_attr
    def fans(cls):
        return relationship("User")
        #      ^^^^^^^^^^^^^^^^^^^^ undetermined-join


class Post(Liked, Base):
    __tablename__ = "posts"

    id = Column(Integer, primary_key=True)
    author_id = Column(Integer)
    parent_id = Column(Integer)

    author = relationship(
        #    ^^^^^^^^^^^^^ undetermined-join
        User,
        back_populates="posts",
        foreign_keys=[author_id],
    )
    parent = relationship("Post", remote_side=[id])
    #        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ undetermined-join
    tags = relationship("Tag", secondary=tagged)
    #      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ undetermined-join


class Tag(Base):
    __tablename__ = "tags"

    id = Column(Integer, primary_key=True)


class Person(Base):
    __tablename__ = "people"

    id = Column(Integer, primary_key=True)


class Engineer(Person):
    # ^^^^^^^^ undetermined-join
    __tablename__ = "engineers"

    id = Column(Integer, primary_key=True)
