"""What missing-back-populates says is what SQLAlchemy does."""

import pytest

from linter import registry
from linter.examples import example, lint, written
from linter.testing import read_case
from tests.proofs.sqlalchemy_runner import MAPPERS, said

RULE = registry.load("missing-back-populates")
HEAD = """
from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.ext.associationproxy import association_proxy
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Post(Base):
    __tablename__ = "posts"

    id = Column(Integer, primary_key=True)
    user_id = Column(ForeignKey("users.id"))


class User(Base):
    __tablename__ = "users"

    id = Column(Integer, primary_key=True)
    name = Column(Integer)
    posts = relationship(Post)
    ids = association_proxy("posts", "id")

    @hybrid_property
    def big(self):
        return self.name > 3


class Log(Base):
    __tablename__ = "logs"

    id = Column(Integer, primary_key=True)
    user_id = Column(ForeignKey("users.id"))
    user = relationship("User", back_populates="%s")
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


@pytest.mark.parametrize("name", ["name", "posts", "ids", "big", "nothing"])
def test_the_finding_quotes_what_is_raised(tmp_path, name):
    files = {"models.py": HEAD % name}
    assert quoted(files) == {text.partition(": ")[2] for text in said(tmp_path, files, MAPPERS)}


def test_what_is_silent_in_the_testdata_is_no_error(tmp_path, testdata):
    text = read_case(testdata / RULE.name / "traps").files["models.py"]
    text = text.replace("from company.mixins import Owning\n", "")
    text = text.replace("class Strange(Owning, Base):", "class Strange(Base):\n    comments = relationship(Comment)\n")
    text = "\n".join(line for line in text.splitlines() if '"Unheard"' not in line)
    # the name that an example computes, and an attribute instead of a name, are another matter
    text = text.replace("back_populates=cls.__name__.lower()", 'back_populates="post"')
    text = text.replace("    tag = relationship(Tag, back_populates=lambda: TagLabel.tag)", "")
    assert said(tmp_path, {"models.py": text}, MAPPERS) == set()
