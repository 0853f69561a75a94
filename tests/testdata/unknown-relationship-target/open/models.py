from company.models import Strange
from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.ext.automap import automap_base
from sqlalchemy.orm import relationship

Base = automap_base()


class Post(Base):
    __tablename__ = "posts"

    id = Column(Integer, primary_key=True)
    author_id = Column(ForeignKey("users.id"))
    author = relationship("users")
    other = relationship(Strange)


Base.prepare(autoload_with=None)
