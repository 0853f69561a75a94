"""What duplicate-class-name says is what SQLAlchemy does."""

from linter import registry
from linter.examples import example, lint, written
from linter.testing import read_case
from tests.proofs.sqlalchemy_runner import MAPPERS, said

RULE = registry.load("duplicate-class-name")


def test_the_bad_example_raises_what_the_documentation_quotes(tmp_path):
    files = example(RULE, "Bad")
    (text,) = said(tmp_path, files, MAPPERS)
    assert f"sqlalchemy.exc.{text}" in RULE.documentation()
    with written(files) as root:
        assert [f"InvalidRequestError: {finding.runtime}" for finding in lint(root, RULE.name).findings] == [text]


def test_the_good_example_does_not(tmp_path):
    assert said(tmp_path, example(RULE, "Good"), MAPPERS) == set()


def test_what_is_silent_in_the_testdata_is_no_error(tmp_path, testdata):
    files = dict(read_case(testdata / RULE.name / "traps").files)
    del files["app/shop.py"]  # which nothing imports
    assert said(tmp_path, files, MAPPERS) == set()
