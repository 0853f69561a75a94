"""What server-default-as-string says is what SQLAlchemy writes, and what databases make of it."""

import pytest

from linter import registry
from linter.examples import example
from tests.proofs.sqlalchemy_runner import said

RULE = registry.load("server-default-as-string")
DDL = """
import app.models
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

text = str(CreateTable(app.models.Post.__table__).compile(dialect=postgresql.dialect()))
said = {text[text.index("DEFAULT"):].partition(",")[0].strip()}
"""
READ = """
import app.models
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

engine = create_engine("sqlite://")
app.models.Base.metadata.create_all(engine)
said = set()
with Session(engine) as session:
    session.execute(text("INSERT INTO posts (id) VALUES (1)"))
    try:
        session.get(app.models.Post, 1)
    except ValueError as error:
        said.add(f"ValueError: {error}")
"""


@pytest.mark.parametrize(("which", "ddl"), [("Bad", "DEFAULT 'now()'"), ("Good", "DEFAULT now()")])
def test_a_string_is_quoted(tmp_path, which, ddl):
    assert said(tmp_path, example(RULE, which), DDL) == {ddl}


def test_sqlite_stores_the_text(tmp_path):
    (error,) = said(tmp_path, example(RULE, "Bad"), READ)
    assert error in RULE.documentation()
