from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table, join
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base(metadata=MetaData(schema="blog"))

post_tags = Table(
    "post_tags",
    Base.metadata,
    Column("post_id", ForeignKey("blog.posts.id"), primary_key=True),
    Column("tag_id", ForeignKey("blog.tags.id"), primary_key=True),
)


class Tag(Base):
    __tablename__ = "tags"

    id = Column(Integer, primary_key=True)


class Link(Base):
    __tablename__ = "links"

    post_id = Column(ForeignKey("blog.posts.id"), primary_key=True)
    tag_id = Column(ForeignKey("blog.tags.id"), primary_key=True)


class Post(Base):
    __tablename__ = "posts"

    id = Column(Integer, primary_key=True)
    one = relationship("Tag", secondary=post_tags)
    two = relationship("Tag", secondary="blog.post_tags", viewonly=True)
    three = relationship("Tag", secondary=lambda: post_tags, viewonly=True)
    four = relationship("Tag", secondary=Link.__table__, viewonly=True)
