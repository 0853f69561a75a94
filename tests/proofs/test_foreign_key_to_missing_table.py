"""What foreign-key-to-missing-table says is what SQLAlchemy does."""

import pytest

from linter import registry
from linter.examples import example, lint, written
from linter.testing import read_case
from tests.proofs.sqlalchemy_runner import CREATE, FOREIGN_KEYS, said

RULE = registry.load("foreign-key-to-missing-table")
TEXT = (
    "NoReferencedTableError: Foreign key associated with column 'audit_logs.user_id' could not find table 'users' with "
    "which to generate a foreign key to target column 'id'"
)


def quoted(files, rule):
    """What the findings of a rule say that SQLAlchemy would say."""
    with written(files) as root:
        return {finding.runtime for finding in lint(root, rule).findings}


def test_the_bad_example_raises_what_the_documentation_quotes(tmp_path):
    files = example(RULE, "Bad")
    assert said(tmp_path, files, CREATE) == {TEXT}
    assert f"sqlalchemy.exc.{TEXT}" in RULE.documentation()
    assert {f"NoReferencedTableError: {text}" for text in quoted(files, RULE.name)} == {TEXT}


def test_the_good_example_does_not(tmp_path):
    assert said(tmp_path, example(RULE, "Good"), CREATE) == set()


@pytest.mark.parametrize(
    "case", ["binds", "dead_module", "flask_names", "other_metadata", "schemas", "sqlmodel_names", "traps"]
)
def test_the_testdata_raises_what_its_findings_quote(tmp_path, testdata, case):
    pytest.importorskip("sqlalchemy", "2.0")
    pytest.importorskip("flask_sqlalchemy")
    pytest.importorskip("sqlmodel")
    project = read_case(testdata / RULE.name / case).files
    expected = {f"NoReferencedTableError: {text}" for text in quoted(project, RULE.name)}
    files = {path: text for path, text in project.items() if path.endswith(".py")}
    if case == "traps":
        # What only a run of the functions makes is asked for too; a foreign key in a function is nobody's business.
        files["run.py"] = "import names\nnames.tables(names.metadata)\nnames.classes(names.Base)\n"
    errors = {e for e in said(tmp_path, files, FOREIGN_KEYS) if "local_class.broken" not in e}
    assert errors == expected


@pytest.mark.parametrize("case", ["flask_names", "schemas", "sqlmodel_names"])
def test_the_repaired_testdata_raises_nothing(tmp_path, testdata, case):
    pytest.importorskip("sqlalchemy", "2.0")
    pytest.importorskip("flask_sqlalchemy")
    pytest.importorskip("sqlmodel")
    assert said(tmp_path, read_case(testdata / RULE.name / case).golden, FOREIGN_KEYS) == set()
