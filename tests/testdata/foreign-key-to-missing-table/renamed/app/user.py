from sqlalchemy import Column, String

from app.base import Base


class User(Base):
    __tablename__ = "users_v2"

    id = Column(String(36), primary_key=True)
