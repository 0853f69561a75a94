"""What commit-in-flush-event says is what a session raises."""

import pytest

from linter import registry
from linter.examples import example
from linter.project.sessions.flush_events import RAISES
from tests.proofs.sqlalchemy_runner import said

RULE = registry.load("commit-in-flush-event")
ASK = """
from app.models import Base, Log, User
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
said = set()
with Session(engine) as session:
    try:
        user = User()
        session.add(user)
        session.commit()
        user.id = 3
        session.commit()
        session.delete(user)
        session.commit()
        said = {log.text for log in session.query(Log)}
    except Exception as error:
        said.add(f"{type(error).__name__}: {error}")
"""


@pytest.mark.parametrize("method", RAISES)
@pytest.mark.parametrize("what", ["insert", "update", "delete"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_it_raises(tmp_path, method, when, what):
    files = example(RULE, "Bad")
    text = files["app/models.py"].replace("after_insert", f"{when}_{what}").replace("commit()", f"{method}()")
    (error,) = said(tmp_path, {"app/models.py": text}, ASK)
    assert error.partition(": ")[2].startswith(RAISES[method])
    assert error in RULE.documentation()


def test_writing_on_the_connection_works(tmp_path):
    assert said(tmp_path, example(RULE, "Good"), ASK) == {"user 1"}
