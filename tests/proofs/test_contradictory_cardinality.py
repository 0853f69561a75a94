"""What contradictory-cardinality says is what SQLAlchemy makes of such a relationship."""

from linter import registry
from linter.examples import example
from tests.proofs.sqlalchemy_runner import said

RULE = registry.load("contradictory-cardinality")
ASK = """
import app.models as models
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

engine = create_engine("sqlite://")
models.Base.metadata.create_all(engine)
said = set()
with Session(engine) as session:
    session.add_all([models.Author(id=1), models.Book(id=1, author_id=1)])
    session.commit()
    book = session.get(models.Book, 1)
    for work in (lambda: list(book.authors), lambda: book.authors.append(models.Author())):
        try:
            work()
        except Exception as error:
            said.add(f"{type(error).__name__}: {error}")
"""
TARGET = """
import app.models as models

said = {models.Book.authors.property.mapper.class_.__name__}
"""


def test_there_is_no_list(tmp_path):
    errors = said(tmp_path, example(RULE, "Bad"), ASK)
    assert len(errors) == 2
    assert all(error in RULE.documentation() for error in errors)


def test_the_argument_counts(tmp_path):
    files = example(RULE, "Bad")
    files["app/models.py"] = files["app/models.py"].replace(
        'authors: Mapped[list["Author"]] = relationship()', 'authors: Mapped["Book"] = relationship("Author")'
    )
    assert said(tmp_path, files, TARGET) == {"Author"}
