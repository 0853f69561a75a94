from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import relationship

from app import blog
from app.base import Base


class Link(Base):
    __tablename__ = "links"

    id = Column(Integer, primary_key=True)
    tag_id = Column(ForeignKey("blog_tags.id"))
    one = relationship("Tag")
    #                  ^^^^^ duplicate-class-name
    two = relationship("blog.Tag", viewonly=True)
    three = relationship(blog.Tag, viewonly=True)
    four = relationship(lambda: blog.Tag, viewonly=True)
