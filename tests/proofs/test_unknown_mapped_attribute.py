"""What unknown-mapped-attribute says is what Python and SQLAlchemy do."""

import pytest

from linter import registry
from linter.examples import example, lint, written
from tests.proofs.sqlalchemy_runner import said

RULE = registry.load("unknown-mapped-attribute")
HEAD = """
from sqlalchemy import Column, Integer, String, insert, select, update
from sqlalchemy.orm import Session, declarative_base

Base = declarative_base()


class User(Base):
    __tablename__ = "users"

    id = Column(Integer, primary_key=True)
    name = Column(String(50))
"""
TRIED = """

def tried(session: Session):
    EXPRESSION
"""
QUESTION = """
from sqlalchemy import create_engine
from sqlalchemy.orm import Session
import models

engine = create_engine("sqlite://")
models.Base.metadata.create_all(engine)
said = set()
try:
    models.tried(Session(engine))
except Exception as error:
    said.add(f"{type(error).__name__}: {error}")
"""
EXPRESSIONS = [
    "select(User).where(User.nme == 1)",
    "User(nme=1)",
    "session.execute(insert(User).values(nme=1))",
    "session.execute(update(User).values(nme=1))",
    "session.execute(update(User).where(User.id == 1).values({'nme': 1}))",
    "session.query(User).update({'nme': 1})",
]


def quoted(files):
    with written(files) as root:
        return [finding.runtime for finding in lint(root, RULE.name).findings]


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_the_finding_quotes_what_is_raised(tmp_path, expression):
    files = {"models.py": HEAD + TRIED.replace("EXPRESSION", expression)}
    (raised,) = said(tmp_path, files, QUESTION)
    (text,) = quoted(files)
    assert raised.partition(": ")[2] == text
    assert raised.split(": ")[0].rpartition(".")[2] in RULE.documentation()


def test_filter_by_does_not_know_it_either(tmp_path):
    """2.1 says it in other words than the versions before."""
    files = {"models.py": HEAD + TRIED.replace("EXPRESSION", "session.query(User).filter_by(nme=1)")}
    (raised,) = said(tmp_path, files, QUESTION)
    (text,) = quoted(files)
    new = 'None of the FROM clause entities have a property "nme". Searched entities: Mapper[User(users)]'
    assert raised in (f"InvalidRequestError: {text}", f"InvalidRequestError: {new}")


PET = """
from sqlalchemy import ForeignKey, func
from sqlalchemy.orm import Query, relationship


class Pet(Base):
    __tablename__ = "pets"

    id = Column(Integer, primary_key=True)
    weight = Column(Integer)
    owner_id = Column(ForeignKey("users.id"))


User.pets = relationship(Pet)
"""


@pytest.mark.parametrize(
    "statement",
    [
        "select(User.id, User.name).filter_by(WRONG=1)",
        "select(func.count(User.id).label('n')).filter_by(WRONG=1)",
        "select(func.count()).select_from(User).filter_by(WRONG=1)",
        "session.query(User.name).filter_by(WRONG=1)",
        "Query(User).filter_by(WRONG=1)",
        "session.query(User).join(Pet, Pet.owner_id == User.id).filter_by(WRONG=1)",
        "select(User).join(User.pets).filter_by(WRONG=1)",
        "session.query(User, Pet).filter_by(WRONG=1)",
    ],
)
def test_filter_by_asks_what_is_selected_or_joined(tmp_path, statement):
    text = HEAD + PET + TRIED.replace("EXPRESSION", statement)
    wrong, right = ({"models.py": text.replace("WRONG", name)} for name in ("nme", "id"))
    (raised,) = said(tmp_path / "wrong", wrong, QUESTION)
    assert raised.startswith("InvalidRequestError: ")
    assert '"nme"' in raised
    assert len(quoted(wrong)) == 1
    assert quoted(right) == []


def test_what_exists_is_taken(tmp_path):
    tried = "session.add(User(name='a')); session.query(User).filter_by(name='a').update({'name': 'b'})"
    files = {"models.py": HEAD + TRIED.replace("EXPRESSION", tried)}
    assert said(tmp_path, files, QUESTION) == set()
    assert quoted(files) == []


def test_the_examples(tmp_path):
    bad, good = example(RULE, "Bad"), example(RULE, "Good")
    assert quoted(bad) == ["type object 'User' has no attribute 'nme'"]
    question = (
        "said = set()\ntry:\n    app.models.named('a')\nexcept AttributeError as error:\n    said.add(str(error))\n"
    )
    assert said(tmp_path, bad, "import app.models\n" + question) == set(quoted(bad))
    assert said(tmp_path, good, "import app.models\n" + question) == set() == set(quoted(good))
