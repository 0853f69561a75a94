from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Item(Base):
    __tablename__ = "items"

    id = Column(Integer, primary_key=True)
    legacy_id = Column(ForeignKey("legacy.id"))
    #                             ^^^^^^^^^^^ foreign-key-to-missing-table
