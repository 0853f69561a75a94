"""What unknown-bound-field says is what Django does."""

import pytest

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import run_django

RULE = registry.load("unknown-bound-field")

RENDER = """
import logging
from django.test import RequestFactory
from app.views import contact


class Printer(logging.Handler):
    def emit(self, record):
        print(record.getMessage())


logging.getLogger("django.template").addHandler(Printer())
logging.getLogger("django.template").setLevel(logging.DEBUG)
print(contact(RequestFactory().get("/")).content.decode().count("<input"))
"""


@pytest.mark.parametrize(
    ("name", "said"),
    [("Bad", ["Exception while resolving variable 'emial' in template 'contact.html'.", "0"]), ("Good", ["1"])],
)
def test_the_input_is_not_there_and_only_the_debug_log_says_so(tmp_path, name, said):
    assert run_django(tmp_path, example(RULE, name), RENDER).printed.splitlines() == said
