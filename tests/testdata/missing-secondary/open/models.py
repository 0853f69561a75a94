from company import engine
from sqlalchemy import Column, Integer
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()
Base.metadata.reflect(engine)


class Tag(Base):
    __tablename__ = "tags"

    id = Column(Integer, primary_key=True)
    others = relationship("Tag", secondary="links", primaryjoin="Tag.id == links.c.a", secondaryjoin="links.c.b == Tag.id")
