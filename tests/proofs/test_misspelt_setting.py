"""What misspelt-setting says is what Django does."""

import pytest

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import run_django

RULE = registry.load("misspelt-setting")

ASK = """
from django.conf import settings
from django.core.management import call_command

call_command("check")
print("secure", settings.SESSION_COOKIE_SECURE)
"""


@pytest.mark.parametrize(("section", "secure"), [("Bad", False), ("Good", True)])
def test_nothing_is_said(tmp_path, section, secure):
    done = run_django(tmp_path, example(RULE, section), ASK, tables=False)
    assert done.raised == ""
    assert "System check identified no issues (0 silenced)." in done.printed
    assert f"secure {secure}" in done.printed
