"""What removed-setting says is what Django does."""

import pytest

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import run_django

RULE = registry.load("removed-setting")

ASK = """
from django.core.files.storage import storages
from django.core.management import call_command

call_command("check")
print(type(storages["default"]))
"""


def test_the_setting_is_passed_over(tmp_path):
    django = pytest.importorskip("django")
    if django.VERSION < (5, 1):
        pytest.skip("it is still read")
    done = run_django(tmp_path, example(RULE, "Bad"), ASK, tables=False)
    assert done.raised == ""
    assert done.printed.strip().splitlines()[-1] in RULE.documentation()


def test_its_successor_is_read(tmp_path):
    pytest.importorskip("django")
    assert "InMemoryStorage" in run_django(tmp_path, example(RULE, "Good"), ASK, tables=False).printed
