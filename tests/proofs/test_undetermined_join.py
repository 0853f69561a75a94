"""What undetermined-join says is what SQLAlchemy does."""

import pytest

from linter import registry
from linter.examples import example, lint, written
from linter.testing import read_case
from tests.proofs.sqlalchemy_runner import MAPPERS, said

RULE = registry.load("undetermined-join")
TEXT = (
    "NoForeignKeysError: Could not determine join condition between parent/child tables on relationship AuditLog.user - "
    "there are no foreign keys linking these tables.  Ensure that referencing columns are associated with a ForeignKey or "
    "ForeignKeyConstraint, or specify a 'primaryjoin' expression."
)
HEAD = """
from sqlalchemy import Column, ForeignKey, Integer, Table
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class User(Base):
    __tablename__ = "users"

    id = Column(Integer, primary_key=True)
"""
SECONDARY = """
friends = Table("friends", Base.metadata, Column("a", ForeignKey("users.id")), Column("b", Integer))


class Dog(Base):
    __tablename__ = "dogs"

    id = Column(Integer, primary_key=True)
    friends = relationship(User, secondary=friends)
"""
DANGLING = """
class Dog(Base):
    __tablename__ = "dogs"

    id = Column(Integer, primary_key=True)
    owner_id = Column(ForeignKey("people.id"))
    owner = relationship("User")
"""
INHERITED = """
class Admin(User):
    __tablename__ = "admins"

    id = Column(Integer, primary_key=True)
"""


def quoted(files):
    with written(files) as root:
        return [finding.runtime for finding in lint(root, RULE.name).findings]


def test_the_bad_example_raises_what_the_documentation_quotes(tmp_path):
    files = example(RULE, "Bad")
    assert said(tmp_path, files, MAPPERS) == {TEXT}
    assert f"sqlalchemy.exc.{TEXT}" in RULE.documentation()
    assert [f"NoForeignKeysError: {text}" for text in quoted(files)] == [TEXT]


def test_the_good_example_does_not(tmp_path):
    assert said(tmp_path, example(RULE, "Good"), MAPPERS) == set()


@pytest.mark.parametrize("body", [SECONDARY, DANGLING], ids=["secondary", "dangling"])
def test_the_finding_quotes_what_is_raised(tmp_path, body):
    files = {"models.py": HEAD + "\n" + body}
    assert [f"NoForeignKeysError: {text}" for text in quoted(files)] == sorted(said(tmp_path, files, MAPPERS))


def test_an_inheriting_table_without_a_foreign_key(tmp_path):
    files = {"models.py": HEAD + "\n" + INHERITED}
    wrapped = {
        "models.py": HEAD
        + "\ntry:\n"
        + INHERITED.replace("\n", "\n    ")
        + "\nexcept Exception as error:\n    text = str(error)\n"
    }
    (said_so,) = said(tmp_path, wrapped, "import models\nsaid = {models.text}")
    (text,) = quoted(files)
    assert said_so.startswith(text)


def test_every_mapper_fails_after_the_first(tmp_path):
    files = {"models.py": HEAD + "\n" + DANGLING}
    again = "try:\n    configure_mappers()\nexcept SQLAlchemyError as error:\n    said = {str(error)}\n"
    (text,) = said(tmp_path, files, MAPPERS + again)
    assert text.startswith(
        "One or more mappers failed to initialize - can't proceed with initialization of other mappers"
    )


def test_what_joins_in_the_testdata_is_no_error(tmp_path, testdata):
    """The trap file without what only a company's own package could tell."""
    text = read_case(testdata / RULE.name / "traps").files["models.py"]
    text = text.replace("from company.mixins import Owned\n", "class Owned: pass\n")
    text = text.replace('    everything = relationship("Missing")\n', "")
    text = text[: text.index("class Loose(")] + text[text.index("class Apart(") : text.index("class Note(")]
    assert said(tmp_path, {"models.py": text}, MAPPERS) == set()
