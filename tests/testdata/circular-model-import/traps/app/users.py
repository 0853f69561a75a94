from sqlalchemy import Column, Integer

from app.base import Base

try:
    from app.groups import Group
except ImportError as error:
    raise RuntimeError("no groups") from error


class User(Base):
    __tablename__ = "users"

    id = Column(Integer, primary_key=True)

    def group(self):
        return Group(id=self.id)
