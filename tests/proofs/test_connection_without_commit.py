"""What connection-without-commit says is what SQLAlchemy 2 does."""

import pytest

from linter import registry
from linter.examples import example
from tests.proofs.sqlalchemy_runner import said

RULE = registry.load("connection-without-commit")
ASK = """
import logging
from io import StringIO

from app import names
from sqlalchemy import text

with names.engine.begin() as connection:
    connection.execute(text("CREATE TABLE names (name TEXT)"))
log = StringIO()
logging.basicConfig(stream=log, level=logging.INFO, format="%(message)s")
logging.getLogger("sqlalchemy.engine").setLevel(logging.INFO)
names.add("Ada")
last = log.getvalue().split()[-1]
with names.engine.connect() as connection:
    said = {last, *connection.scalars(text("SELECT name FROM names"))}
"""


@pytest.mark.parametrize(("which", "rows"), [("Bad", {"ROLLBACK"}), ("Good", {"COMMIT", "Ada"})])
def test_nothing_is_written(tmp_path, which, rows):
    assert said(tmp_path, example(RULE, which), ASK) == rows
