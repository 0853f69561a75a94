"""What reserved-attribute says is what SQLAlchemy does."""

import pytest

from linter import registry
from linter.examples import example, lint, written
from linter.testing import read_case
from tests.proofs.sqlalchemy_runner import attempt

RULE = registry.load("reserved-attribute")
MESSAGE = "Attribute name 'metadata' is reserved when using the Declarative API."
WARNING = "Attribute name 'metadata' should be left reserved"


def test_the_bad_example_is_told_of(tmp_path):
    sqlalchemy = pytest.importorskip("sqlalchemy")
    files = example(RULE, "Bad")
    said = attempt(tmp_path, files, strict=True)
    is_warning = tuple(map(int, sqlalchemy.__version__.split(".")[:2])) >= (2, 1)
    assert said.startswith(f"SAWarning: {WARNING}" if is_warning else f"InvalidRequestError: {MESSAGE}")
    assert WARNING in RULE.documentation()
    assert MESSAGE in RULE.documentation()
    with written(files) as root:
        assert [finding.runtime for finding in lint(root, RULE.name).findings] == [MESSAGE]


def test_the_good_example_is_not(tmp_path):
    assert attempt(tmp_path, example(RULE, "Good"), strict=True) == ""


def test_what_is_silent_is_not(tmp_path, testdata):
    files = read_case(testdata / RULE.name / "traps").files
    assert attempt(tmp_path, files, strict=True) == ""
