"""Beside the package of the same name: Python never imports it."""
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ shadowed-models-module

from sqlalchemy import Column, ForeignKey, Integer

from app.base import Base


class User(Base):
    __tablename__ = "users"

    id = Column(Integer, primary_key=True)
    dead_id = Column(ForeignKey("dead.id"))
