"""What missing-template says is what Django and Jinja do."""

import jinja2
import pytest

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import run_django

RULE = registry.load("missing-template")
VIEW = """
from django.test import RequestFactory
from shop.views import basket

print(basket(RequestFactory().get("/")).content.decode().strip())
"""


def test_the_view_raises(tmp_path):
    assert run_django(tmp_path, example(RULE, "Bad"), VIEW, tables=False).raised == (
        "django.template.exceptions.TemplateDoesNotExist: shop/baskte.html"
    )


def test_with_the_right_name_it_renders(tmp_path):
    said = run_django(tmp_path, example(RULE, "Good"), VIEW, tables=False)
    assert said.raised == ""
    assert said.printed.splitlines()[-1] == "<h1>Your basket</h1>"


@pytest.mark.parametrize("tag", ['{% include "shop/gone.html" %}', '{% extends "shop/gone.html" %}'])
def test_tags_raise(tmp_path, tag):
    files = {**example(RULE, "Good"), "shop/templates/shop/basket.html": tag}
    said = run_django(tmp_path, files, VIEW, tables=False)
    assert said.raised == "django.template.exceptions.TemplateDoesNotExist: shop/gone.html"


def test_one_of_several_is_enough(tmp_path):
    script = """
from django.template.loader import select_template

select_template(["shop/gone.html", "shop/basket.html"])
select_template(["shop/gone.html", "shop/away.html"])
"""
    said = run_django(tmp_path, example(RULE, "Good"), script, tables=False)
    assert said.raised == "django.template.exceptions.TemplateDoesNotExist: shop/gone.html, shop/away.html"


def test_jinja_raises_but_where_it_is_told_not_to():
    environment = jinja2.Environment(loader=jinja2.DictLoader({"a.html": "a"}))
    with pytest.raises(jinja2.exceptions.TemplateNotFound, match=r"^b\.html$"):
        environment.from_string('{% include "b.html" %}').render()
    assert environment.from_string('{% include "b.html" ignore missing %}').render() == ""
    assert environment.from_string('{% include ["b.html", "a.html"] %}').render() == "a"
