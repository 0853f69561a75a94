"""What unhandled-does-not-exist says is what Django answers."""

import pytest

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import run_django

RULE = registry.load("unhandled-does-not-exist")
URLS = {"urls.py": "from app.urls import urlpatterns\n"}
ASK = """
from django.test import Client

print(Client(raise_request_exception=False).get("/orders/7/").status_code)
"""


@pytest.mark.parametrize(("section", "status"), [("Bad", "500\n"), ("Good", "404\n")])
def test_the_answer_where_there_is_no_row(tmp_path, section, status):
    assert run_django(tmp_path, {**example(RULE, section), **URLS}, ASK).printed == status


def test_the_words(tmp_path):
    script = "from django.test import Client\n\nClient().get('/orders/7/')\n"
    raised = run_django(tmp_path, {**example(RULE, "Bad"), **URLS}, script).raised
    assert raised == "app.models.Order.DoesNotExist: Order matching query does not exist."
    assert raised in RULE.documentation()
