"""What row-attribute says is what SQLAlchemy raises."""

import pytest

from linter import registry
from linter.examples import example
from tests.proofs.sqlalchemy_runner import said

RULE = registry.load("row-attribute")
ASK = """
from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from app.models import *

said = set()
session = Session(create_engine("sqlite://"))
Base.metadata.create_all(session.get_bind())
session.add(User(email="a"))
session.flush()
try:
    {expression}
except Exception as error:
    said.add(f"{{type(error).__name__}}: {{error}}")
"""


@pytest.mark.parametrize(
    "expression",
    [
        "emails(session)",
        "session.execute(select(User)).first().email",
        "session.execute(select(User)).unique().all()[0].email",
    ],
)
def test_a_row_is_no_object(tmp_path, expression):
    (error,) = said(tmp_path, example(RULE, "Bad"), ASK.format(expression=expression))
    assert error in RULE.documentation()


@pytest.mark.parametrize(
    "expression", ["session.execute(select(User)).first().User.email", "session.execute(select(User)).one().count"]
)
def test_what_a_row_has_itself(tmp_path, expression):
    assert said(tmp_path, example(RULE, "Bad"), ASK.format(expression=expression)) == set()


def test_scalars(tmp_path):
    assert said(tmp_path, example(RULE, "Good"), ASK.format(expression="emails(session)")) == set()
