"""What foreign-key-to-missing-column says is what SQLAlchemy does."""

from linter import registry
from linter.examples import example, lint, written
from linter.testing import read_case
from tests.proofs.sqlalchemy_runner import CREATE, FOREIGN_KEYS, said

RULE = registry.load("foreign-key-to-missing-column")
TEXT = (
    "NoReferencedColumnError: Could not initialize target column for ForeignKey 'users.uid' on table 'audit_logs': "
    "table 'users' has no column named 'uid'"
)


def quoted(files):
    with written(files) as root:
        return {finding.runtime for finding in lint(root, RULE.name).findings}


def test_the_bad_example_raises_what_the_documentation_quotes(tmp_path):
    files = example(RULE, "Bad")
    assert said(tmp_path, files, CREATE) == {TEXT}
    assert f"sqlalchemy.exc.{TEXT}" in RULE.documentation()
    assert {f"NoReferencedColumnError: {text}" for text in quoted(files)} == {TEXT}


def test_the_good_example_does_not(tmp_path):
    assert said(tmp_path, example(RULE, "Good"), CREATE) == set()


def test_the_testdata_raises_what_its_findings_quote(tmp_path, testdata):
    files = read_case(testdata / RULE.name / "kinds").files
    attribute = "AttributeError: ident"  # `tags.c.ident` raises at once, so SQLAlchemy is shown the rest
    rest = {path: text[: text.index("taggings =")] for path, text in files.items()}
    expected = {f"NoReferencedColumnError: {text}" for text in quoted(files) - {attribute}}
    assert said(tmp_path, rest, FOREIGN_KEYS) == expected
    assert attribute in quoted(files)
