"""What ambiguous-join says is what SQLAlchemy does."""

from linter import registry
from linter.examples import example, lint, written
from linter.testing import read_case
from tests.proofs.sqlalchemy_runner import MAPPERS, said

RULE = registry.load("ambiguous-join")
FRIENDS = """
from sqlalchemy import Column, ForeignKey, Integer, Table
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()
friends = Table("friends", Base.metadata, Column("a", ForeignKey("users.id")), Column("b", ForeignKey("users.id")))


class User(Base):
    __tablename__ = "users"

    id = Column(Integer, primary_key=True)
    friends = relationship("User", secondary=friends)
"""


def quoted(files):
    with written(files) as root:
        return {f"AmbiguousForeignKeysError: {finding.runtime}" for finding in lint(root, RULE.name).findings}


def test_the_bad_example_raises_what_the_documentation_quotes(tmp_path):
    files = example(RULE, "Bad")
    (text,) = said(tmp_path, files, MAPPERS)
    assert f"sqlalchemy.exc.{text}" in RULE.documentation()
    assert quoted(files) == {text}


def test_the_good_example_does_not(tmp_path):
    assert said(tmp_path, example(RULE, "Good"), MAPPERS) == set()


def test_a_secondary_table_with_two_keys_to_one_side(tmp_path):
    files = {"models.py": FRIENDS}
    assert quoted(files) == said(tmp_path, files, MAPPERS)


def test_what_is_silent_in_the_testdata_is_no_error(tmp_path, testdata):
    assert said(tmp_path, read_case(testdata / RULE.name / "traps").files, MAPPERS) == set()
