"""What duplicate-table says is what SQLAlchemy does."""

from linter import registry
from linter.examples import example, lint, written
from linter.testing import read_case
from tests.proofs.sqlalchemy_runner import MAPPERS, said

RULE = registry.load("duplicate-table")
IMPORT = """
try:
    import app.models
    said = set()
except Exception as error:
    said = {f"{type(error).__name__}: {error}"}
"""


def asked(tmp_path, files):
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    return said(tmp_path, {}, IMPORT)


def test_the_bad_example_raises_what_the_documentation_quotes(tmp_path):
    files = example(RULE, "Bad")
    (text,) = asked(tmp_path, files)
    assert f"sqlalchemy.exc.{text}" in RULE.documentation()
    with written(files) as root:
        assert [f"InvalidRequestError: {finding.runtime}" for finding in lint(root, RULE.name).findings] == [text]


def test_the_good_example_does_not(tmp_path):
    assert asked(tmp_path, example(RULE, "Good")) == set()


def test_what_is_silent_in_the_testdata_is_no_error(tmp_path, testdata):
    files = read_case(testdata / RULE.name / "traps").files
    assert said(tmp_path, {"app/models.py": files["app/models.py"]}, MAPPERS) == set()
