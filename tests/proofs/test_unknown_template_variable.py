"""What unknown-template-variable says is what Django does."""

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import SETTINGS, run_django

RULE = registry.load("unknown-template-variable")
VIEW = """
from django.test import RequestFactory
from shop.views import basket

print(basket(RequestFactory().get("/")).content.decode().strip())
"""


def printed(folder, files):
    settings = SETTINGS.replace('"app",', '"app", "shop",')
    said = run_django(folder, {**files, "settings.py": settings, "shop/__init__.py": ""}, VIEW, tables=False)
    assert said.raised == ""
    return said.printed.splitlines()[-1]


def test_nothing_is_shown_and_nothing_said(tmp_path):
    assert printed(tmp_path, example(RULE, "Bad")) == "<p> EUR</p>"


def test_with_the_right_name_it_is(tmp_path):
    assert printed(tmp_path, example(RULE, "Good")) == "<p>3 EUR</p>"
