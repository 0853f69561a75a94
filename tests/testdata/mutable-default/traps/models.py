from company.types import json_type
from sqlalchemy import JSON, Column, Integer, text
from sqlalchemy.ext.mutable import MutableDict
from sqlalchemy.orm import DeclarativeBase, declarative_base, relationship
from sqlmodel import Field, SQLModel


class Base(DeclarativeBase):
    pass


def made():
    return {}


class User(Base):
    __tablename__ = "users"

    id = Column(Integer, primary_key=True)
    a = Column(JSON, default=dict)
    b = Column(JSON, default=lambda: {"a": 1})
    c = Column(JSON, server_default="{}", default=made)
    d = Column(JSON, server_default=text("'{}'"))
    f = Column(MutableDict.as_mutable(JSON), default={})
    g = Column(json_type(), default={})
    e = Column(Integer, default=0, info={})


class Hero(SQLModel, table=True):
    id: int = Field(primary_key=True)
    powers: list = Field(default=[], sa_column=Column(JSON))
