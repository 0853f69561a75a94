"""What field-that-is-no-field says of a class is what Django makes of it."""

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import run_django

RULE = registry.load("field-that-is-no-field")

CREATE = """
from app.models import Book

print([field.name for field in Book._meta.get_fields()])
try:
    print(Book(title="Emma").title)
except TypeError as error:
    print(f"TypeError: {error}")
"""
COLON = """
from django.db import models


class Book(models.Model):
    title: models.CharField(max_length=100)
"""


def test_a_comma_makes_a_tuple(tmp_path):
    assert run_django(tmp_path, example(RULE, "Bad"), CREATE).printed.splitlines() == [
        "['id']",
        "TypeError: Book() got unexpected keyword arguments: 'title'",
    ]


def test_a_colon_makes_an_annotation(tmp_path):
    assert run_django(tmp_path, {"app/models.py": COLON}, CREATE).printed.splitlines()[0] == "['id']"


def test_the_good_example_has_the_field(tmp_path):
    assert run_django(tmp_path, example(RULE, "Good"), CREATE).printed.splitlines() == ["['id', 'title']", "Emma"]
