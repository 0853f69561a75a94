"""What relationship-as-column says is what SQLAlchemy raises."""

import pytest

from linter import registry
from linter.examples import example
from tests.proofs.sqlalchemy_runner import said

RULE = registry.load("relationship-as-column")
ASK = """
from app.models import Author, Book

said = set()
try:
    {expression}
except Exception as error:
    said.add(f"{{type(error).__name__}}: {{error}}")
"""


@pytest.mark.parametrize(
    "expression",
    [
        "Book.author == 1",
        "1 == Book.author",
        'Book.author == "1"',
        "Book.author == Author.id",
        "Book.author.in_([1])",
        'Book.author.name == "Ada"',
    ],
)
def test_it_raises(tmp_path, expression):
    (error,) = said(tmp_path, example(RULE, "Bad"), ASK.format(expression=expression))
    assert error in RULE.documentation()


@pytest.mark.parametrize("expression", ["Book.author == None", "Book.author == Author()", "Author.id == Book.author"])
def test_these_are_taken(tmp_path, expression):
    assert said(tmp_path, example(RULE, "Bad"), ASK.format(expression=expression)) == set()
