from sqlalchemy import Column, Integer

from app.base import Base


class Tag(Base):
    __tablename__ = "blog_tags"

    id = Column(Integer, primary_key=True)
