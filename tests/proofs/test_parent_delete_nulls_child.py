"""What parent-delete-nulls-child says is what SQLAlchemy does when a row is deleted."""

import pytest

from linter import registry
from linter.examples import example, lint, written
from tests.proofs.sqlalchemy_runner import said

RULE = registry.load("parent-delete-nulls-child")
ASK = """
from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from app.models import ApiKey, Base, User, close_account

said = set()
engine = create_engine("sqlite://")
with engine.connect() as connection:
    connection.exec_driver_sql("PRAGMA foreign_keys=ON")
    Base.metadata.create_all(connection)
    session = Session(connection)
    session.add(User(id=1, keys={keys}))
    session.commit()
    try:
        close_account(session, 1)
    except Exception as error:
        said.add(f"{{type(error).__module__}}.{{type(error).__name__}}: {{error}}")
    else:
        assert session.query(User).count() == session.query(ApiKey).count() == 0
"""
KEYS = "[ApiKey(id=1)]"


def outcome(tmp_path, part, keys=KEYS, old="", new=""):
    files = {path: text.replace(old, new) if old else text for path, text in example(RULE, part).items()}
    return said(tmp_path, files, ASK.format(keys=keys))


def test_the_key_of_the_others_is_set_to_null(tmp_path):
    (error,) = outcome(tmp_path, "Bad")
    assert error.partition("\n")[0] in RULE.documentation()
    with written(example(RULE, "Bad")) as root:
        (finding,) = lint(root, RULE.name).findings
    assert finding.runtime in error


def test_a_primary_key_is_refused_by_sqlalchemy(tmp_path):
    (error,) = outcome(tmp_path, "Bad", old="nullable=False, index=True", new="primary_key=True")
    assert "Dependency rule " in error
    assert "tried to blank-out primary key column 'api_keys.user_id'" in error


def test_without_others_nothing_happens(tmp_path):
    assert outcome(tmp_path, "Bad", keys="[]") == set()


def test_the_good_one_deletes_them(tmp_path):
    assert outcome(tmp_path, "Good") == set()


@pytest.mark.parametrize("passive", ['passive_deletes="all"', 'cascade="all"'])
def test_what_it_is_silent_about_is_fine(tmp_path, passive):
    assert outcome(tmp_path, "Bad", old='back_populates="user")', new=f'back_populates="user", {passive})') == set()
