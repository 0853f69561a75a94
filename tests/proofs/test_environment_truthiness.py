"""What environment-truthiness says is what Django does."""

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import run_django

RULE = registry.load("environment-truthiness")

ASK = """
from django.conf import settings
from django.core.management import call_command

call_command("check")
print("DEBUG is", bool(settings.DEBUG))
"""


def told(tmp_path, section, value, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "only for this test")
    monkeypatch.setenv("DEBUG", value)
    done = run_django(tmp_path, example(RULE, section), ASK, tables=False)
    assert done.raised == ""
    return done.printed


def test_the_text_is_true(tmp_path, monkeypatch):
    assert "DEBUG is True" in told(tmp_path, "Bad", "False", monkeypatch)


def test_the_text_is_compared(tmp_path, monkeypatch):
    assert "DEBUG is False" in told(tmp_path, "Good", "False", monkeypatch)


def test_other_texts_stay_true(tmp_path, monkeypatch):
    assert "DEBUG is True" in told(tmp_path, "Good", "please", monkeypatch)
