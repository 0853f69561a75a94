from functools import cached_property

from sqlalchemy import Column, Integer, String
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Named:
    @property
    def full_name(self):
        return self.first_name + " " + self.last_name

    @full_name.setter
    def full_name(self, value):
        self.first_name, _, self.last_name = value.partition(" ")


class User(Named, Base):
    __tablename__ = "users"

    id = Column(Integer, primary_key=True)
    first_name = Column(String(50))
    last_name = Column(String(50))

    @cached_property
    def initials(self):
        return self.first_name[0] + self.last_name[0]

    def is_active(self):
        return True
