"""called-default and mutable-default: SQLAlchemy and Django give all rows the one value."""

from linter import registry
from linter.examples import example, lint, written
from tests.proofs.sqlalchemy_runner import said

CALLED, MUTABLE = registry.load("called-default"), registry.load("mutable-default")
ROWS = """
import time
from sqlalchemy import create_engine
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from app.models import Base, User

engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
session = Session(engine)
said = set()
"""
TWO_ROWS = """
try:
    for _ in range(2):
        session.add(User())
        session.flush()
        time.sleep(0.001)
    said.add(f"{session.query(User.id).distinct().count()} {session.query(User.created).distinct().count()}")
except IntegrityError as error:
    said.add(str(error).splitlines()[0])
"""
TWO_SETTINGS = """
first, second = User(), User()
session.add_all([first, second])
session.flush()
said.add(str(first.settings is second.settings))
"""
SQL = """
from sqlalchemy import Column, DateTime, Integer, JSON, create_engine, func
from sqlalchemy.ext.mutable import MutableDict
from sqlalchemy.orm import Session, declarative_base
Base = declarative_base()
class User(Base):
    __tablename__ = "users"
    id = Column(Integer, primary_key=True)
    created = Column(DateTime, default=func.now())
    settings = Column(MutableDict.as_mutable(JSON), default={})
"""


def findings(files, rule):
    with written(files) as root:
        return lint(root, rule.name).findings


def test_the_second_row_has_the_id_of_the_first(tmp_path):
    files = example(CALLED, "Bad")
    (text,) = said(tmp_path, files, ROWS + TWO_ROWS)
    assert f"sqlalchemy.exc.IntegrityError: {text}\n" in CALLED.documentation()
    assert len(findings(files, CALLED)) == 1
    without_key = {p: text.replace("uuid.uuid4()", "uuid.uuid4") for p, text in files.items()}
    frozen = {p: text.replace("default=datetime.now", "default=datetime.now()") for p, text in without_key.items()}
    assert said(tmp_path, frozen, ROWS + TWO_ROWS) == {"2 1"}
    assert len(findings(frozen, CALLED)) == 1


def test_functions_are_called_for_each_row(tmp_path):
    files = example(CALLED, "Good")
    assert said(tmp_path, files, ROWS + TWO_ROWS) == {"2 2"}
    assert not findings(files, CALLED)


def test_a_mutable_default_is_shared(tmp_path):
    files = example(MUTABLE, "Bad")
    assert said(tmp_path, files, ROWS + TWO_SETTINGS) == {"True"}
    assert len(findings(files, MUTABLE)) == 1
    files = example(MUTABLE, "Good")
    assert said(tmp_path, files, ROWS + TWO_SETTINGS) == {"False"}
    assert not findings(files, MUTABLE)


def test_what_is_sql_or_copied_is_not_shared(tmp_path):
    files = {"app/models.py": SQL}
    assert said(tmp_path, files, ROWS + TWO_SETTINGS) == {"False"}
    question = "from app.models import User\nsaid = {str(User.__table__.c.created.default.is_clause_element)}"
    assert said(tmp_path, files, question) == {"True"}
    assert not findings(files, CALLED)
    assert not findings(files, MUTABLE)
