from company.database import Base, Tracked
from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship

Own = declarative_base()


class Post(Base):
    __tablename__ = "posts"

    id = Column(Integer, primary_key=True)
    user_id = Column(ForeignKey("users.id"))
    author = relationship("User")


class Page(Tracked, Own):  # what names its table is not known
    id = Column(Integer, primary_key=True)


class Line(Own):
    __tablename__ = "lines"

    id = Column(Integer, primary_key=True)
    page_id = Column(ForeignKey("pages.id"))
