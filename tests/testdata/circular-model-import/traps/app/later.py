from sqlalchemy import Column, Integer

from app import Base, late  # a submodule that is under way
from app.late import Late


class Later(Base):
    __tablename__ = "later"

    id = Column(Integer, primary_key=True)

    def late(self):
        return Late(id=self.id), late
