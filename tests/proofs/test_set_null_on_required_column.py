"""What set-null-on-required-column says is what databases do."""

import pytest

from linter import registry
from linter.examples import example, lint, written
from tests.proofs.databases import scratch, url
from tests.proofs.sqlalchemy_runner import said

RULE = registry.load("set-null-on-required-column")
DELETE = """
from sqlalchemy import create_engine, event, text
from sqlalchemy.exc import DBAPIError

import app.models as m

said = set()
engine = create_engine("{url}")
if engine.name == "sqlite":
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA foreign_keys = ON"))
try:
    m.Base.metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO users (id) VALUES (1)"))
        connection.execute(text("INSERT INTO api_keys (id, created_by_id) VALUES (1, 1)"))
        connection.execute(text("DELETE FROM users"))
except DBAPIError as error:
    said.add(str(error.orig))
"""
ANNOTATED = """
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)


class ApiKey(Base):
    __tablename__ = "api_keys"

    id: Mapped[int] = mapped_column(primary_key=True)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
"""
EXPECTED = {
    "sqlite": "NOT NULL constraint failed: api_keys.created_by_id",
    "postgresql": 'null value in column "created_by_id" of relation "api_keys" violates not-null constraint',
}


@pytest.mark.parametrize("vendor", EXPECTED)
@pytest.mark.parametrize("files", [example(RULE, "Bad"), {"app/models.py": ANNOTATED}], ids=["told", "annotated"])
def test_the_row_cannot_be_deleted(tmp_path, vendor, files):
    with scratch(vendor):
        (text,) = said(tmp_path, files, DELETE.format(url=url(vendor)))
    assert text.startswith(EXPECTED[vendor])
    assert EXPECTED[vendor] in RULE.documentation()
    with written(files) as root:
        assert [finding.runtime for finding in lint(root, RULE.name).findings] == [EXPECTED["sqlite"]]


def test_mysql_does_not_make_the_table(tmp_path):
    with scratch("mysql"):
        (text,) = said(tmp_path, example(RULE, "Bad"), DELETE.format(url=url("mysql")))
    assert "created_by_id" in text or "errno: 150" in text


@pytest.mark.parametrize("vendor", EXPECTED)
def test_the_good_example_does_not(tmp_path, vendor):
    with scratch(vendor):
        assert said(tmp_path, example(RULE, "Good"), DELETE.format(url=url(vendor))) == set()
