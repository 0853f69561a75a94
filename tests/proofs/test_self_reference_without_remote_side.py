"""What self-reference-without-remote-side says is what SQLAlchemy does."""

from linter import registry
from linter.examples import example, lint, written
from linter.testing import read_case
from tests.proofs.sqlalchemy_runner import MAPPERS, said

RULE = registry.load("self-reference-without-remote-side")
ALONE = """
from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Node(Base):
    __tablename__ = "nodes"

    id = Column(Integer, primary_key=True)
    parent_id = Column(ForeignKey("nodes.id"))
    parent = relationship("Node"%s)
"""
DIRECTION = """
import models
from sqlalchemy.orm import configure_mappers

configure_mappers()
prop = models.Node.__mapper__.relationships["parent"]
said = {prop.direction.name, str(prop.uselist)}
"""


def quoted(files):
    with written(files) as root:
        return [finding.runtime for finding in lint(root, RULE.name).findings]


def test_the_bad_example_raises_what_the_documentation_quotes(tmp_path):
    files = example(RULE, "Bad")
    (text,) = said(tmp_path, files, MAPPERS)
    assert f"sqlalchemy.exc.{text}" in RULE.documentation()
    assert [f"ArgumentError: {found}" for found in quoted(files)] == [text]


def test_the_good_example_does_not(tmp_path):
    assert said(tmp_path, example(RULE, "Good"), MAPPERS) == set()


def test_alone_it_is_a_list_of_children(tmp_path):
    files = {"models.py": ALONE % ""}
    assert said(tmp_path, files, DIRECTION) == {"ONETOMANY", "True"}
    assert quoted(files) == [""]


def test_with_a_remote_side_it_leads_up(tmp_path):
    files = {"models.py": ALONE % ", remote_side=[id]"}
    assert said(tmp_path, files, DIRECTION) == {"MANYTOONE", "False"}
    assert quoted(files) == []


def test_what_is_silent_in_the_testdata_is_no_error(tmp_path, testdata):
    assert said(tmp_path, read_case(testdata / RULE.name / "traps").files, MAPPERS) == set()
