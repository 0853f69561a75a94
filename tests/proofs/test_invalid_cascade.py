"""What invalid-cascade says is what SQLAlchemy does."""

import pytest

from checks.relations.invalid_cascade import WORDS
from linter import registry
from linter.examples import example, lint, written
from linter.testing import read_case
from tests.proofs.sqlalchemy_runner import MAPPERS, attempt, said

RULE = registry.load("invalid-cascade")
TEXT = "ArgumentError: Invalid cascade option(s): 'delete_orphan'"
BACKWARD = (
    'ArgumentError: For many-to-one relationship Page.book, delete-orphan cascade is normally configured only on the "one" '
    'side of a one-to-many relationship, and not on the "many" side of a many-to-one or many-to-many relationship.'
)


def quoted(files):
    with written(files) as root:
        return [f"ArgumentError: {finding.runtime}" for finding in lint(root, RULE.name).findings]


def test_the_bad_example_raises_what_the_documentation_quotes(tmp_path):
    files = example(RULE, "Bad")
    assert attempt(tmp_path, files) == TEXT
    assert f"sqlalchemy.exc.{TEXT}" in RULE.documentation()
    assert quoted(files) == [TEXT]


def test_the_good_example_does_not(tmp_path):
    assert said(tmp_path, example(RULE, "Good"), MAPPERS) == set()


def test_delete_orphan_at_the_side_of_the_child(tmp_path):
    good = example(RULE, "Good")["app/models.py"]
    files = {
        "models.py": f'{good.rstrip()}\n    book = relationship(Book, cascade="all, delete-orphan", overlaps="pages")\n'
    }
    (text,) = said(tmp_path, files, MAPPERS)
    assert text.startswith(BACKWARD)
    assert f"sqlalchemy.exc.{BACKWARD}" in RULE.documentation()
    assert quoted(files) == [BACKWARD]


def test_these_are_the_words():
    relationships = pytest.importorskip("sqlalchemy.orm.util")
    assert relationships.CascadeOptions._allowed_cascades == WORDS


def test_what_is_silent_raises_nothing(tmp_path, testdata):
    text = read_case(testdata / RULE.name / "traps").files["models.py"]
    files = {"company/__init__.py": "", "company/settings.py": 'CASCADE = "merge"\n', "models.py": text}
    assert said(tmp_path, files, MAPPERS) == set()
