from sqlalchemy import Column, Index, Integer, Table
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Visit(Base):
    __tablename__ = "visits"
    __table_args__ = (
        Index("user_id"),
        #     ^^^^^^^^^ index-name-missing
        Index("user_id", "page_id", "created"),
        #     ^^^^^^^^^ index-name-missing
    )

    id = Column(Integer, primary_key=True)
    user_id = Column(Integer)
    page_id = Column(Integer)
    created = Column(Integer)


seats = Table(
    "seats",
    Base.metadata,
    Column("row", Integer),
    Column("number", Integer),
    Index("row", "number"),
    #     ^^^^^ index-name-missing
)
