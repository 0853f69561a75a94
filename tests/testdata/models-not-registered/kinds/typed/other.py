from sqlalchemy import Column, Integer

from typed.base import Base


class Second(Base):
#     ^^^^^^ models-not-registered
    __tablename__ = "seconds"

    id = Column(Integer, primary_key=True)
