"""What unknown-relationship-target says is what SQLAlchemy does."""

import pytest

from linter import registry
from linter.examples import example, lint, written
from linter.testing import read_case
from tests.proofs.sqlalchemy_runner import MAPPERS, said

RULE = registry.load("unknown-relationship-target")
BODY = """
from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import Mapped, declarative_base, relationship

Base = declarative_base()


class User(Base):
    __tablename__ = "users"

    id = Column(Integer, primary_key=True)


class Log(Base):
    __tablename__ = "logs"

    id = Column(Integer, primary_key=True)
    user_id = Column(ForeignKey("users.id"))
    user = %s
"""


def quoted(files):
    with written(files) as root:
        return {finding.runtime for finding in lint(root, RULE.name).findings}


def test_the_bad_example_raises_what_the_documentation_quotes(tmp_path):
    files = example(RULE, "Bad")
    (text,) = said(tmp_path, files, MAPPERS)
    assert f"sqlalchemy.exc.{text}" in RULE.documentation()
    assert {f"InvalidRequestError: {found}" for found in quoted(files)} == {text}


def test_the_good_example_does_not(tmp_path):
    assert said(tmp_path, example(RULE, "Good"), MAPPERS) == set()


@pytest.mark.parametrize(
    "call", ['relationship("users")', 'relationship("Usr")', 'relationship("app.User")', "relationship(User.__table__)"]
)
def test_the_finding_quotes_what_is_raised(tmp_path, call):
    files = {"models.py": BODY % call}
    assert quoted(files) == {text.partition(": ")[2] for text in said(tmp_path, files, MAPPERS)}


def test_what_is_silent_in_the_testdata_is_no_error(tmp_path, testdata):
    assert said(tmp_path, read_case(testdata / RULE.name / "traps").files, MAPPERS) == set()
