from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.ext.automap import automap_base

Base = automap_base()


class Post(Base):
    __tablename__ = "posts"

    id = Column(Integer, primary_key=True)
    user_id = Column(ForeignKey("users.id"))
