from sqlalchemy import Column, Index, Integer, String, UniqueConstraint, func
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Visit(Base):
    __tablename__ = "visits"
    __table_args__ = (
        Index("email", "email"),
        Index("user_id", "page_id", "user_id"),
        Index("name", func.lower("name")),
        Index(None, "user_id"),
        Index("visits", "user_id"),
        Index("ix_number", "user_id"),
        UniqueConstraint("user_id", "page_id"),
    )

    id = Column(Integer, primary_key=True)
    email = Column(String(50))
    name = Column(String(50))
    user_id = Column(Integer)
    page_id = Column(Integer)
    numbered = Column("number", Integer)
