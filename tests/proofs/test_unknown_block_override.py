"""What unknown-block-override says is what Django and Jinja do."""

import jinja2
import pytest

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import run_django

RULE = registry.load("unknown-block-override")

RENDER = """
from django.template.loader import get_template
print(" ".join(get_template("book.html").render().split()))
"""


@pytest.mark.parametrize(("name", "shown"), [("Bad", ""), ("Good", " <p>All about the book</p>")])
def test_django_drops_what_stands_in_the_block(tmp_path, name, shown):
    said = run_django(tmp_path, example(RULE, name), RENDER)
    assert said.raised == ""
    assert said.printed.strip() == "<title>Shop</title>" + shown


@pytest.mark.parametrize(
    ("child", "shown"),
    [
        ("{% block bodi %}lost{% endblock %}", "[]"),
        ("{% block body %}{% block own %}kept{% endblock %}{% endblock %}", "[kept]"),
        ("{% block around %}lost{% block body %}kept{% endblock %}{% endblock %}", "[kept]"),
        ("{% block own %}kept{% endblock %}{% block body %}{{ self.own() }}{% endblock %}", "[kept]"),
    ],
)
def test_jinja_does_too(child, shown):
    templates = {"base": "[{% block body %}{% endblock %}]", "child": "{% extends 'base' %}" + child}
    assert jinja2.Environment(loader=jinja2.DictLoader(templates)).get_template("child").render() == shown


def test_django_takes_blocks_that_stand_in_others(tmp_path):
    files = dict(example(RULE, "Bad"))
    child = next(path for path in files if path.endswith("book.html"))
    files[child] = "{% extends 'base.html' %}{% block x %}lost{% block content %}kept{% endblock %}{% endblock %}"
    assert run_django(tmp_path, files, RENDER).printed.strip() == "<title>Shop</title> kept"
