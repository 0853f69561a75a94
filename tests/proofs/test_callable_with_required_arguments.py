"""What callable-with-required-arguments says is what Django does."""

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import run_django

RULE = registry.load("callable-with-required-arguments")
VIEW = """
from django.test import RequestFactory
from app.models import Book
from app.views import book

print(book(RequestFactory().get("/"), Book.objects.create(price=3).pk).content.decode().strip())
"""


def test_nothing_is_shown_and_nothing_said(tmp_path):
    said = run_django(tmp_path, example(RULE, "Bad"), VIEW)
    assert (said.printed.splitlines()[-1], said.raised) == ("<p>Only </p>", "")


def test_with_a_default_it_is_called(tmp_path):
    assert run_django(tmp_path, example(RULE, "Good"), VIEW).printed.splitlines()[-1] == "<p>Only 3 EUR</p>"
