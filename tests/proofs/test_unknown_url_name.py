"""What unknown-url-name says is what Django does."""

import pytest

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import run_django

RULE = registry.load("unknown-url-name")
MISSING = "django.urls.exceptions.NoReverseMatch: Reverse for '{0}' not found. '{0}' is not a valid view function or pattern name."
ADD = """
from django.test import RequestFactory
from shop.views import add

print(add(RequestFactory().get("/")).url)
"""


def raised_by(folder, expression):
    script = f"""
from django.shortcuts import redirect, resolve_url
from django.template import engines
from django.urls import reverse, reverse_lazy

print({expression})
"""
    return run_django(folder, example(RULE, "Good"), script, tables=False)


def test_the_view_raises(tmp_path):
    assert run_django(tmp_path, example(RULE, "Bad"), ADD, tables=False).raised == MISSING.format("baskets")


def test_with_the_right_name_it_redirects(tmp_path):
    assert run_django(tmp_path, example(RULE, "Good"), ADD, tables=False).printed.splitlines()[-1] == "/basket/"


@pytest.mark.parametrize(
    "expression",
    [
        "reverse('gone')",
        "reverse_lazy('gone')",
        "redirect('gone')",
        "resolve_url('gone')",
        "engines['django'].from_string('{% url \"gone\" %}').render({})",
    ],
)
def test_each_asks_for_a_pattern(tmp_path, expression):
    assert raised_by(tmp_path, expression).raised == MISSING.format("gone")


def test_a_namespace_that_is_not_there(tmp_path):
    said = raised_by(tmp_path, "reverse('shop:basket')")
    assert said.raised == "django.urls.exceptions.NoReverseMatch: 'shop' is not a registered namespace"


@pytest.mark.parametrize(
    ("expression", "printed"),
    [
        ("engines['django'].from_string('[{% url \"gone\" as link %}{{ link }}]').render({})", "[]"),
        ("resolve_url('page.html')", "page.html"),
    ],
)
def test_these_do_without(tmp_path, expression, printed):
    assert raised_by(tmp_path, expression).printed.splitlines()[-1] == printed
