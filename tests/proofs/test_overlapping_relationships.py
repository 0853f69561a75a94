"""What overlapping-relationships says is what SQLAlchemy warns of."""

import pytest

from linter import registry
from linter.examples import example, lint, written
from linter.testing import read_case
from tests.proofs.sqlalchemy_runner import said

RULE = registry.load("overlapping-relationships")
WARNINGS = """
import warnings
from sqlalchemy.exc import SAWarning
from sqlalchemy.orm import configure_mappers

with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    configure_mappers()
said = {str(one.message).partition(" (This warning originated")[0] for one in caught if issubclass(one.category, SAWarning)}
"""


def test_the_bad_example_warns_as_the_documentation_quotes(tmp_path):
    files = example(RULE, "Bad")
    texts = said(tmp_path, files, WARNINGS)
    (text,) = {text.partition(" (Background")[0] for text in texts}
    assert text in RULE.documentation()
    with written(files) as root:
        (finding,) = lint(root, RULE.name).findings
    assert text.startswith(finding.runtime)


def test_the_good_example_does_not(tmp_path):
    assert said(tmp_path, example(RULE, "Good"), WARNINGS) == set()


@pytest.mark.parametrize(("case", "count"), [("kinds", 4), ("traps", 0)])
def test_the_testdata_warns_where_it_says(tmp_path, testdata, case, count):
    files = read_case(testdata / RULE.name / case).files
    texts = [text for text in said(tmp_path, files, WARNINGS) if "which conflicts with" in text]
    assert (len(texts) > 0) == (count > 0)
