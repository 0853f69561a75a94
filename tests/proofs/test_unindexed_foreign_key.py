"""What unindexed-foreign-key says is what databases do."""

import pytest

from linter import registry
from linter.examples import example
from tests.proofs.databases import scratch, url
from tests.proofs.sqlalchemy_runner import said

RULE = registry.load("unindexed-foreign-key")
INDEXES = """
from sqlalchemy import create_engine, inspect

from app.models import Base

engine = create_engine("{url}")
Base.metadata.create_all(engine)
said = {{",".join(index["column_names"]) for index in inspect(engine).get_indexes("conversations")}}
"""


@pytest.mark.parametrize("vendor", ["sqlite", "postgresql"])
def test_a_foreign_key_has_no_index(tmp_path, vendor):
    with scratch(vendor):
        assert said(tmp_path, example(RULE, "Bad"), INDEXES.format(url=url(vendor))) == set()
    with scratch(vendor):
        assert said(tmp_path, example(RULE, "Good"), INDEXES.format(url=url(vendor))) == {"user_id"}


def test_but_for_mysql(tmp_path):
    with scratch("mysql"):
        assert said(tmp_path, example(RULE, "Bad"), INDEXES.format(url=url("mysql"))) == {"user_id"}
