"""What query-at-import says is what Django raises on a fresh database."""

import pytest

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import run_django

RULE = registry.load("query-at-import")
ASK = """
from django.core.management import call_command

call_command("migrate", run_syncdb=True, verbosity=0, skip_checks=False)
"""
RAISED = "django.db.utils.OperationalError: no such table: app_topic"


@pytest.mark.parametrize(("section", "raised"), [("Bad", RAISED), ("Good", "")])
def test_a_fresh_database_cannot_be_migrated(tmp_path, section, raised):
    assert run_django(tmp_path, example(RULE, section), ASK, tables=False).raised == raised
    assert raised in RULE.documentation()


def test_ready_fails_too(tmp_path):
    files = example(RULE, "Good")
    files["app/apps.py"] = (
        "from django.apps import AppConfig\n\n\nclass Config(AppConfig):\n    name = 'app'\n\n    def ready(self):\n"
        "        from app.models import Topic\n\n        Topic.objects.get_or_create(name='general')\n"
    )
    assert run_django(tmp_path, files, ASK, tables=False).raised == RAISED
