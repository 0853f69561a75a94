"""Which names a mapped class certainly lacks: only those that nothing seen, and nothing unseen, can give it."""

import pytest

from linter.extract import facts_of
from linter.project import Project
from linter.source import decode

HEAD = """
from enum import Enum
from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import backref, declarative_base, declared_attr, relationship, synonym
from elsewhere import name_of, Stranger
Base = declarative_base()

class User(Base):
    __tablename__ = "users"
    id = Column(Integer, primary_key=True)
    name = Column("full_name", String)
    title = synonym("name")
    limit = 5
    hint: str
    @property
    def shout(self): return self.name
    @hybrid_property
    def quiet(self): return self.name
    def call(self): self.given = 1

class Post(Base):
    __tablename__ = "posts"
    id = Column(Integer, primary_key=True)
    user_id = Column(ForeignKey("users.id"))
    user = relationship("User", backref="posts")
"""


def project(text: str) -> Project:
    data = (HEAD + text).encode()
    return Project({"m.py": facts_of("m.py", "python", data)}, lambda path: decode(path, data))


def lacks(text: str, name: str) -> bool:
    index = project(text).tables
    return index.names.lacks(index.classes_named("User")[0], name)


@pytest.mark.parametrize(
    "name", ["id", "name", "title", "limit", "hint", "shout", "quiet", "call", "given", "posts", "metadata", "registry", "__table__"]
)  # fmt: skip
def test_names_that_are_there(name: str) -> None:
    assert not lacks("", name)


@pytest.mark.parametrize("name", ["full_name", "post", "nme"])
def test_names_that_are_not(name: str) -> None:
    assert lacks("", name)


@pytest.mark.parametrize(
    "text",
    [
        "User.nme = relationship('Post')",
        "def later(cls):\n    cls.nme = relationship('Post')",
        "def later():\n    User.nme = Column(String)",
        "class Log(Base):\n    __tablename__ = 'logs'\n    id = Column(Integer, primary_key=True)\n"
        "    user_id = Column(ForeignKey('users.id'))\n    user = relationship('User', backref=name_of('x'))",
        "class Log(Base):\n    __tablename__ = 'logs'\n    id = Column(Integer, primary_key=True)\n"
        "    user_id = Column(ForeignKey('users.id'))\n    user = relationship('User', **name_of('x'))",
        "class Mixin:\n    @declared_attr\n    def user(cls):\n        if name_of(cls):\n"
        "            return relationship('User', backref=backref(cls.__name__.lower()))\n"
        "class Log(Mixin, Base):\n    __tablename__ = 'logs'\n    id = Column(Integer, primary_key=True)\n",
        "setattr(User, 'nme', 5)",
    ],
)
def test_what_may_give_a_name_is_doubt_enough(text: str) -> None:
    assert not lacks(text, "nme")


def test_a_base_that_was_not_read_may_have_any_name() -> None:
    index = project(
        "class Guest(Stranger, Base):\n    __tablename__ = 'guests'\n    id = Column(Integer, primary_key=True)"
    )
    guest = index.tables.classes_named("Guest")[0]
    assert not index.tables.names.lacks(guest, "nme")


def test_attributes_know_where_they_are() -> None:
    made = project("")
    user = made.tables.classes_named("User")[0]
    found = {
        name: made.tables.names.attribute(user, name) for name in ("name", "title", "quiet", "shout", "posts", "limit")
    }
    assert {name: (a.kind, a.is_mapped) for name, a in found.items() if a is not None} == {
        "name": ("column", True), "title": ("synonym", True), "quiet": ("hybrid_property", True), "shout": ("property", False),
        "posts": ("relationship", True), "limit": ("value", False),
    }  # fmt: skip
    name = found["name"]
    assert name is not None
    place = made.tables.place(name.site)
    assert (HEAD.splitlines()[place.range.line - 1].strip()).startswith("name = ")
