"""What property-in-mapped-query says is what SQLAlchemy gets to see, and what it raises."""

import pytest

from linter import registry
from linter.examples import example, lint, written
from tests.proofs.sqlalchemy_runner import said

RULE = registry.load("property-in-mapped-query")
ASK = """
from app.models import *

said = set()
try:
    text = " ".join(str({expression}).split())
    said.add("WHERE " + text.partition(" WHERE ")[2])
except Exception as error:
    said.add(f"{{type(error).__module__}}.{{type(error).__name__}}: {{error}}".removeprefix("builtins."))
"""


def outcome(tmp_path, part, expression):
    (text,) = said(tmp_path, example(RULE, part), ASK.format(expression=expression))
    return text


@pytest.mark.parametrize("expression", ["named('Ada')", "select(User.id).filter_by(full_name='Ada')"])
def test_nothing_is_found(tmp_path, expression):
    assert outcome(tmp_path, "Bad", expression) == "WHERE false"
    assert "\nWHERE false\n" in RULE.documentation()


def test_the_finding_says_so():
    with written(example(RULE, "Bad")) as root:
        assert [finding.runtime for finding in lint(root, RULE.name).findings] == ["WHERE false"]


@pytest.mark.parametrize(
    "expression",
    [
        "select(User).where(User.full_name.ilike('a'))",
        "select(User).where(User.full_name < 'a')",
        "select(User).order_by(User.full_name)",
    ],
)
def test_other_uses_fail(tmp_path, expression):
    assert outcome(tmp_path, "Bad", expression).partition(" object at ")[0] in RULE.documentation()


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("select(User.full_name)", "Column expression, FROM clause, or other columns clause element expected"),
        ("select(User).where(User.full_name)", "SQL expression for WHERE/HAVING role expected"),
        ("select(User).group_by(User.full_name)", "GROUP BY expression expected"),
    ],
)
def test_it_is_no_column(tmp_path, expression, text):
    assert outcome(tmp_path, "Bad", expression).startswith(f"sqlalchemy.exc.ArgumentError: {text}, got")


def test_a_hybrid_is_computed_by_the_database(tmp_path):
    assert outcome(tmp_path, "Good", "named('Ada')").startswith("WHERE (users.first_name ||")
