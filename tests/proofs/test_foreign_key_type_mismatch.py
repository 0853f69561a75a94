"""What foreign-key-type-mismatch says is what databases do."""

import pytest

from linter import registry
from linter.examples import example, lint, written
from linter.testing import read_case
from tests.proofs.databases import scratch, url
from tests.proofs.sqlalchemy_runner import said

RULE = registry.load("foreign-key-type-mismatch")
CREATE = """
from sqlalchemy import create_engine
from sqlalchemy.exc import DBAPIError

from app.models import Base

said = set()
try:
    Base.metadata.create_all(create_engine("{url}"))
except DBAPIError as error:
    said.add(str(error.orig))
"""
# Every foreign key by itself, each in a table of its own.
EACH = """
from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table, create_engine
from sqlalchemy.exc import DBAPIError

from models import ApiKey, Organization

said = set()
engine = create_engine("{url}")
for column in ApiKey.__table__.columns:
    for key in column.foreign_keys:
        metadata = MetaData()
        Organization.__table__.to_metadata(metadata)
        Table("one", metadata, Column(column.name, column.type, ForeignKey("organizations." + key.column.name)))
        try:
            metadata.create_all(engine)
        except DBAPIError as error:
            said.add(str(error.orig))
        metadata.drop_all(engine)
"""


def test_postgresql_does_not_make_the_table(tmp_path):
    files = example(RULE, "Bad")
    with written(files) as root:
        (finding,) = lint(root, RULE.name).findings
    with scratch("postgresql"):
        (text,) = said(tmp_path, files, CREATE.format(url=url("postgresql")))
    first, detail = text.splitlines()[:2]
    assert first in RULE.documentation()
    assert finding.runtime in detail
    assert detail in RULE.documentation()


def test_mysql_does_not_either(tmp_path):
    with scratch("mysql"):
        assert said(tmp_path, example(RULE, "Bad"), CREATE.format(url=url("mysql")))


def test_sqlite_takes_it(tmp_path):
    assert said(tmp_path, example(RULE, "Bad"), CREATE.format(url=url("sqlite"))) == set()


@pytest.mark.parametrize("vendor", ["sqlite", "postgresql", "mysql"])
def test_the_good_example_is_taken(tmp_path, vendor):
    with scratch(vendor):
        assert said(tmp_path, example(RULE, "Good"), CREATE.format(url=url(vendor))) == set()


def test_what_is_silent_is_taken_by_postgresql(tmp_path, testdata):
    """The trap file without what only a company's own package could tell."""
    text = read_case(testdata / RULE.name / "traps").files["models.py"]
    lines = [line for line in text.splitlines() if not line.strip().startswith(("from company", "key =", "varying ="))]
    with scratch("postgresql"):
        assert said(tmp_path, {"models.py": "\n".join(lines)}, EACH.format(url=url("postgresql"))) == set()
