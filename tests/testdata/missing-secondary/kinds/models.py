from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()
other = MetaData()

elsewhere = Table("elsewhere", other, Column("id", Integer, primary_key=True))


class PostTag(Base):
    __tablename__ = "post_tags"

    post_id = Column(ForeignKey("posts.id"), primary_key=True)
    tag_id = Column(ForeignKey("tags.id"), primary_key=True)


class Tag(Base):
    __tablename__ = "tags"

    id = Column(Integer, primary_key=True)


class Post(Base):
    __tablename__ = "posts"

    id = Column(Integer, primary_key=True)
    one = relationship("Tag", secondary="post_tag")
    #                                   ^^^^^^^^^^ missing-secondary
    two = relationship("Tag", secondary="PostTag")
    #                                   ^^^^^^^^^ missing-secondary
    three = relationship("Tag", secondary=PostTag)
    #                                     ^^^^^^^ missing-secondary
    four = relationship("Tag", secondary="elsewhere")
    #                                    ^^^^^^^^^^^ missing-secondary
    five = relationship("Tag", secondary="PostTag.__table__")
    #                                    ^^^^^^^^^^^^^^^^^^^ missing-secondary
