"""What one-sided-back-populates says is what SQLAlchemy does."""

from linter import registry
from linter.examples import example
from linter.testing import read_case
from tests.proofs.sqlalchemy_runner import MAPPERS, said

RULE = registry.load("one-sided-back-populates")
APPEND = """
from app.models import AuditLog, User

user, first, second = User(), AuditLog(), AuditLog()
first.user = user
user.logs.append(second)
said = {f"{len(user.logs)} {second.user is None}"}
"""


def test_in_the_bad_example_one_direction_is_lost(tmp_path):
    files = example(RULE, "Bad")
    assert said(tmp_path, files, MAPPERS) == set()
    assert said(tmp_path, files, APPEND) == {"2 True"}


def test_in_the_good_example_it_is_not(tmp_path):
    assert said(tmp_path, example(RULE, "Good"), APPEND) == {"2 False"}


def test_what_is_silent_in_the_testdata_is_no_error(tmp_path, testdata):
    assert said(tmp_path, read_case(testdata / RULE.name / "traps").files, MAPPERS) == set()
