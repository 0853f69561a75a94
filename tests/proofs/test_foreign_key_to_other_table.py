"""What foreign-key-to-other-table says is what databases do."""

from linter import registry
from linter.examples import example
from linter.testing import read_case
from tests.proofs.sqlalchemy_runner import MAPPERS, said

RULE = registry.load("foreign-key-to-other-table")
# A second forum, and a visit of it.
VISIT = """
from sqlalchemy import create_engine, event
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.models import Base, Forum, Topic, Visit

engine = create_engine("sqlite://")
if {enforced}:
    event.listen(engine, "connect", lambda connection, record: connection.execute("PRAGMA foreign_keys=ON"))
Base.metadata.create_all(engine)
said = set()
with Session(engine) as session:
    session.add_all([Forum(id=1), Forum(id=2), Topic(id=1, forum_id=1)])
    session.commit()
    try:
        session.add(Visit(topic_id=1, forum_id=2))
        session.commit()
    except IntegrityError as error:
        said.add(f"sqlalchemy.exc.{{type(error).__name__}}: {{str(error).splitlines()[0]}}")
"""


def test_a_database_that_looks_refuses_the_row(tmp_path):
    (text,) = said(tmp_path, example(RULE, "Bad"), VISIT.format(enforced=True))
    assert text in RULE.documentation()


def test_sqlite_does_not_look_unless_told_to(tmp_path):
    assert said(tmp_path, example(RULE, "Bad"), VISIT.format(enforced=False)) == set()


def test_the_good_example_takes_it(tmp_path):
    assert said(tmp_path, example(RULE, "Good"), VISIT.format(enforced=True)) == set()


def test_a_relationship_of_that_name_has_nothing_to_join_on(tmp_path, testdata):
    text = read_case(testdata / RULE.name / "kinds").files["models.py"]
    plain = text.replace("from company.mixins import Common\n", "").replace("Common, ", "")
    (found,) = said(tmp_path, {"models.py": plain}, MAPPERS)
    assert found.startswith(
        "NoForeignKeysError: Could not determine join condition between parent/child tables on relationship"
    )
