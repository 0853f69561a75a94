"""What unknown-constraint-column says is what SQLAlchemy does."""

import pytest

from linter import registry
from linter.examples import example, lint, written
from linter.testing import read_case
from tests.proofs.sqlalchemy_runner import attempt

RULE = registry.load("unknown-constraint-column")
TEXT = "ConstraintColumnNotFoundError: Can't create UniqueConstraint on table 'members': no column named 'team' is present."
HEAD = """
from sqlalchemy import Column, ForeignKeyConstraint, Index, Integer, PrimaryKeyConstraint
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Member(Base):
    __tablename__ = "members"

    id = Column(Integer, primary_key=True)
    ident = Column("number", Integer)
"""


def quoted(files):
    with written(files) as root:
        return [finding.runtime for finding in lint(root, RULE.name).findings]


def test_the_bad_example_raises_what_the_documentation_quotes(tmp_path):
    files = example(RULE, "Bad")
    assert attempt(tmp_path, files) == TEXT
    assert f"sqlalchemy.exc.{TEXT}" in RULE.documentation()
    assert [f"ConstraintColumnNotFoundError: {text}" for text in quoted(files)] == [TEXT]


def test_the_good_example_does_not(tmp_path):
    assert attempt(tmp_path, example(RULE, "Good")) == ""


@pytest.mark.parametrize(
    "constraint",
    ['Index("ix", "ident")', 'ForeignKeyConstraint(["ident"], ["members.id"])', 'PrimaryKeyConstraint("id", "ident")'],
)
def test_the_finding_quotes_what_is_raised(tmp_path, constraint):
    files = {"models.py": f"{HEAD}    __table_args__ = ({constraint},)\n"}
    assert [f"ConstraintColumnNotFoundError: {text}" for text in quoted(files)] == [attempt(tmp_path, files)]


def test_what_is_silent_raises_nothing(tmp_path, testdata):
    """The trap file without what only a company's own package could tell."""
    text = read_case(testdata / RULE.name / "traps").files["models.py"]
    text = text.replace("from company.mixins import Owned\n", "")
    assert attempt(tmp_path, {"models.py": text[: text.index("class Page(")]}) == ""
