"""What index-name-missing says is what SQLAlchemy does."""

from linter import registry
from linter.examples import example
from tests.proofs.sqlalchemy_runner import said

RULE = registry.load("index-name-missing")
INDEXES = """
from app.models import Visit

said = {f"{index.name}: {', '.join(index.columns.keys())}" for index in Visit.__table__.indexes}
"""


def test_the_first_column_is_taken_for_the_name(tmp_path):
    assert said(tmp_path, example(RULE, "Bad"), INDEXES) == {"user_id: created"}
    assert said(tmp_path, example(RULE, "Good"), INDEXES) == {"ix_visits_user_id_created: user_id, created"}
