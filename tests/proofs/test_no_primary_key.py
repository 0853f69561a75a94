"""What no-primary-key says is what SQLAlchemy does."""

from linter import registry
from linter.examples import example, lint, written
from linter.testing import read_case
from tests.proofs.sqlalchemy_runner import attempt

RULE = registry.load("no-primary-key")
TEXT = (
    "ArgumentError: Mapper Mapper[Visit(visits)] could not assemble any primary key columns for mapped table 'visits'"
)


def test_the_bad_example_raises_what_the_documentation_quotes(tmp_path):
    files = example(RULE, "Bad")
    assert attempt(tmp_path, files) == TEXT
    assert f"sqlalchemy.exc.{TEXT}" in RULE.documentation()
    with written(files) as root:
        assert [f"ArgumentError: {finding.runtime}" for finding in lint(root, RULE.name).findings] == [TEXT]


def test_the_good_example_does_not(tmp_path):
    assert attempt(tmp_path, example(RULE, "Good")) == ""


def test_what_is_silent_raises_nothing(tmp_path, testdata):
    """The trap file with what a company's own package may hold."""
    text = read_case(testdata / RULE.name / "traps").files["models.py"]
    company = (
        "from sqlalchemy import Column, Integer\n\nclass Identified:\n    id = Column(Integer, primary_key=True)\n\n"
    )
    company += "from typing import Annotated\nfrom sqlalchemy.orm import mapped_column\n"
    company += "intpk = Annotated[int, mapped_column(primary_key=True)]\n"
    assert attempt(tmp_path, {"company/mixins.py": company, "company/__init__.py": "", "models.py": text}) == ""
