"""What backref-clash says is what SQLAlchemy does."""

import pytest

from linter import registry
from linter.examples import example, lint, written
from linter.testing import read_case
from tests.proofs.sqlalchemy_runner import MAPPERS, said

RULE = registry.load("backref-clash")
BODY = """
from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class User(Base):
    __tablename__ = "users"

    id = Column(Integer, primary_key=True)
    name = Column(Integer)


class Pen(Base):
    __tablename__ = "pens"

    id = Column(Integer, primary_key=True)
    user_id = Column(ForeignKey("users.id"))
    user = relationship("User", backref="things")


class Book(Base):
    __tablename__ = "books"

    id = Column(Integer, primary_key=True)
    user_id = Column(ForeignKey("users.id"))
    user = relationship("User", %s)
"""
BOTH = """
try:
    import models
    said = set()
except Exception as error:
    said = {f"{type(error).__name__}: {error}"}
"""


def quoted(files):
    with written(files) as root:
        return {f"ArgumentError: {finding.runtime}" for finding in lint(root, RULE.name).findings}


def test_the_bad_example_raises_what_the_documentation_quotes(tmp_path):
    files = example(RULE, "Bad")
    (text,) = said(tmp_path, files, MAPPERS)
    assert f"sqlalchemy.exc.{text}" in RULE.documentation()
    assert quoted(files) == {text}


def test_the_good_example_does_not(tmp_path):
    assert said(tmp_path, example(RULE, "Good"), MAPPERS) == set()


@pytest.mark.parametrize("name", ["name", "things"])
def test_the_finding_quotes_what_is_raised(tmp_path, name):
    files = {"models.py": BODY % f'backref="{name}"'}
    assert quoted(files) == said(tmp_path, files, MAPPERS)


def test_one_relationship_has_one_of_the_two(tmp_path):
    files = {"models.py": BODY % 'backref="books", back_populates="books"'}
    (tmp_path / "models.py").write_text(files["models.py"])
    assert quoted(files) == said(tmp_path, {}, BOTH)


def test_what_is_silent_in_the_testdata_is_no_error(tmp_path, testdata):
    assert said(tmp_path, read_case(testdata / RULE.name / "traps").files, MAPPERS) == set()
