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


class Report(Base):
    """Nobody changes these in place: each row gets an object of its own when it is read again."""

    __tablename__ = "reports"

    id = Column(Integer, primary_key=True)
    recipients = Column(JSON, default=[])


def replaced(report):
    report.recipients = [*report.recipients, "x"]
    return sorted(report.recipients)


def changed(user, hero):
    user.a["x"] = user.b["x"] = user.c["x"] = 1
    user.f["x"] = user.g["x"] = 1
    hero.powers.append("x")
