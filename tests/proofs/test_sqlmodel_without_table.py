"""What sqlmodel-without-table and unmappable-sqlmodel-annotation say is what SQLModel does."""

import pytest

from linter import registry
from linter.examples import example
from tests.proofs.sqlalchemy_runner import MAPPERS, attempt, said

pytest.importorskip("sqlmodel")
TABLE, ANNOTATION = (registry.load(name) for name in ("sqlmodel-without-table", "unmappable-sqlmodel-annotation"))
ASK = """
from app.models import heroes
from sqlmodel import Session, SQLModel, create_engine

said = set()
engine = create_engine("sqlite://")
SQLModel.metadata.create_all(engine)
try:
    heroes(Session(engine))
except Exception as error:
    said.add(f"{type(error).__module__}.{type(error).__name__}: {error}")
"""


def test_a_class_without_a_table_cannot_be_asked(tmp_path):
    (error,) = said(tmp_path, example(TABLE, "Bad"), ASK)
    assert error in TABLE.documentation()
    assert said(tmp_path, example(TABLE, "Good"), ASK) == set()


def test_a_list_has_no_column_type(tmp_path):
    assert attempt(tmp_path, example(ANNOTATION, "Bad")) in ANNOTATION.documentation()
    assert attempt(tmp_path, example(ANNOTATION, "Good")) == ""


@pytest.mark.parametrize(
    "annotation", ["set[str]", "dict", "Optional[List[str]]", "Dict[str, int] | None", "tuple[int, str]"]
)
def test_nor_have_other_collections(tmp_path, annotation):
    text = example(ANNOTATION, "Bad")["app/models.py"].replace("list[str] = []", f"{annotation} = None")
    raised = attempt(tmp_path, {"m.py": f"from typing import *\n{text}"})
    assert raised.startswith("ValueError: <class '")
    assert raised.endswith("'> has no matching SQLAlchemy type")


@pytest.mark.parametrize(("annotation", "raises"), [('list["Hero"]', True), ("Hero", False)])
def test_a_postponed_annotation_is_taken_for_a_name(tmp_path, annotation, raises):
    text = f"""from __future__ import annotations
from sqlmodel import Field, Relationship, SQLModel

class Hero(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    team_id: int | None = Field(default=None, foreign_key="team.id")

class Team(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    heroes: {annotation} = Relationship()
"""
    found = said(tmp_path, {"m.py": text}, MAPPERS)
    assert bool(found) is raises
    assert not found or "seems to be using a generic class as the argument to relationship()" in found.pop()
