"""What queryset-in-exact-lookup says is what Django says."""

import pytest

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import run_django

RULE = registry.load("queryset-in-exact-lookup")
LOOK = """
from app.models import *
from django.db.models import Q
author = Author.objects.create(name="a")
Book.objects.create(author=author)
"""


def test_the_bad_example_raises_what_the_page_quotes(tmp_path):
    said = run_django(tmp_path, example(RULE, "Bad"), LOOK + "print(len(books('a')))\n")
    assert said.raised.startswith("ValueError: The QuerySet value for an exact lookup must be limited")
    assert said.raised in RULE.documentation()


def test_the_good_example_finds_the_book(tmp_path):
    assert run_django(tmp_path, example(RULE, "Good"), LOOK + "print(len(books('a')))\n").printed == "1\n"


@pytest.mark.parametrize(
    "value",
    [
        "Q(author=Author.objects.values('id'))",
        "author_id=Author.objects.values('id')",
        "author__name=Author.objects.none().values('name')",
        "pk=Book.objects.all()",
        "author__exact=Author.objects.order_by('name')",
    ],
)
def test_other_shapes_of_it(tmp_path, value):
    said = run_django(tmp_path, example(RULE, "Bad"), f"{LOOK}list(Book.objects.filter({value}))\n")
    assert said.raised.startswith("ValueError: The QuerySet value for an exact lookup must be limited")


@pytest.mark.parametrize("value", ["author=Author.objects.all()[:1]", "author=Author.objects.filter(name='a')[:1]"])
def test_a_slice_of_one_row_is_a_value(tmp_path, value):
    said = run_django(tmp_path, example(RULE, "Bad"), f"{LOOK}print(len(Book.objects.filter({value})))\n")
    assert said.printed == "1\n"
