"""What shadowed-models-module says is what Python, Django and SQLAlchemy do."""

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import run_django
from tests.proofs.sqlalchemy_runner import said

RULE = registry.load("shadowed-models-module")
MODELS = """
from django.apps import apps

print(*(model.__name__ for model in apps.get_app_config("app").get_models()))
"""
MODULE = """
from sqlalchemy import Column, Integer
from service.base import Base


class Account(Base):
    __tablename__ = "accounts"

    id = Column(Integer, primary_key=True)
"""
BASE = """
from sqlalchemy.orm import declarative_base

Base = declarative_base()
"""
TABLES = """
import service.base
said = set(service.base.Base.metadata.tables)
"""


def test_the_model_of_the_module_does_not_exist(tmp_path):
    assert run_django(tmp_path / "bad", example(RULE, "Bad"), MODELS, tables=False).printed == "Customer\n"
    assert run_django(tmp_path / "good", example(RULE, "Good"), MODELS, tables=False).printed == "Customer Invoice\n"


def test_without_an_init_file_the_module_wins(tmp_path):
    files = example(RULE, "Bad")
    del files["app/models/__init__.py"]
    assert run_django(tmp_path, files, MODELS, tables=False).printed == "Invoice\n"


def test_the_table_of_the_module_does_not_exist(tmp_path):
    files = {"service/__init__.py": "", "service/base.py": BASE, "service/tables.py": MODULE}
    assert said(tmp_path / "alone", files, TABLES) == {"accounts"}
    assert said(tmp_path / "beside", {**files, "service/tables/__init__.py": ""}, TABLES) == set()
