"""What models-package-missing-import says is what Django does."""

import pytest

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import run_django

RULE = registry.load("models-package-missing-import")

ASK = """
from django.apps import apps
from django.core.management import call_command

print([model.__name__ for model in apps.get_models()])
call_command("makemigrations", "shop", verbosity=0)
call_command("makemigrations", "shop")
"""


@pytest.mark.parametrize(("section", "known"), [("Bad", "['Order']"), ("Good", "['Invoice', 'Order']")])
def test_django_knows_what_is_imported(tmp_path, section, known):
    done = run_django(tmp_path, example(RULE, section), ASK, tables=False)
    assert done.raised == ""
    assert known in done.printed
    assert "No changes detected in app 'shop'" in done.printed
