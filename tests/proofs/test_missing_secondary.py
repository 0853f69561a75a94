"""What missing-secondary says is what SQLAlchemy does."""

import re

import pytest
import sqlalchemy

from linter import registry
from linter.examples import example, lint, written
from linter.testing import read_case
from tests.proofs.sqlalchemy_runner import MAPPERS, said

RULE = registry.load("missing-secondary")
BODY = """
from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class PostTag(Base):
    __tablename__ = "post_tags"

    post_id = Column(ForeignKey("posts.id"), primary_key=True)
    tag_id = Column(ForeignKey("tags.id"), primary_key=True)


class Tag(Base):
    __tablename__ = "tags"

    id = Column(Integer, primary_key=True)


class Post(Base):
    __tablename__ = "posts"

    id = Column(Integer, primary_key=True)
    tags = relationship("Tag", secondary=%s)
"""


def quoted(files):
    with written(files) as root:
        return {finding.runtime for finding in lint(root, RULE.name).findings}


def heard(tmp_path, files):
    """What SQLAlchemy says, in the words of 2.1: 2.0 repeats Python's whole sentence where 2.1 gives the name alone."""
    texts = said(tmp_path, files, MAPPERS)
    if sqlalchemy.__version__ < "2.1":
        texts = {re.sub(r"""\("name ('\w+') is not defined"\)""", r"(\1)", text) for text in texts}
    return texts


def test_the_bad_example_raises_what_the_documentation_quotes(tmp_path):
    files = example(RULE, "Bad")
    (text,) = heard(tmp_path, files)
    assert f"sqlalchemy.exc.{text}" in RULE.documentation()
    assert {f"InvalidRequestError: {found}" for found in quoted(files)} == {text}


def test_the_good_example_does_not(tmp_path):
    assert said(tmp_path, example(RULE, "Good"), MAPPERS) == set()


@pytest.mark.parametrize("value", ["PostTag", "'PostTag'", "'post_tag'"])
def test_the_finding_quotes_what_is_raised(tmp_path, value):
    files = {"models.py": BODY % value}
    assert quoted(files) == {text.partition(": ")[2] for text in heard(tmp_path, files)}


@pytest.mark.parametrize("value", ["PostTag.__table__", "'post_tags'"])
def test_what_the_fix_writes_is_right(tmp_path, value):
    assert said(tmp_path, {"models.py": BODY % value}, MAPPERS) == set()


def test_what_is_silent_in_the_testdata_is_no_error(tmp_path, testdata):
    text = read_case(testdata / RULE.name / "traps").files["models.py"]
    assert said(tmp_path, {"models.py": text}, MAPPERS) == set()
