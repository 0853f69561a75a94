"""What column-not-mapped says is what SQLAlchemy warns of."""

from linter import registry
from linter.examples import example
from tests.proofs.sqlalchemy_runner import attempt, said

RULE = registry.load("column-not-mapped")
COLUMNS = """
import app.models

said = set(app.models.User.__table__.columns.keys())
"""


def test_the_column_is_not_there(tmp_path):
    assert said(tmp_path / "bad", example(RULE, "Bad"), COLUMNS) == {"id"}
    assert said(tmp_path / "good", example(RULE, "Good"), COLUMNS) == {"id", "name"}


def test_the_warning_is_the_documented_one(tmp_path):
    warned = attempt(tmp_path / "bad", example(RULE, "Bad"), strict=True)
    assert warned
    assert warned in RULE.documentation()
    assert attempt(tmp_path / "good", example(RULE, "Good"), strict=True) == ""
