import os

from sqlalchemy import Column, Integer

from app.base import Base

if os.environ.get("USERS"):
    from app.users import User
else:
    User = None


class Group(Base):
    __tablename__ = "groups"

    id = Column(Integer, primary_key=True)

    def user(self):
        return User
