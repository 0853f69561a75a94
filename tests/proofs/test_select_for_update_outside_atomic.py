"""What select-for-update-outside-atomic says is what Django raises, where a database can lock rows."""

import pytest

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import run_django

RULE = registry.load("select-for-update-outside-atomic")

# SQLite cannot lock rows: for it Django leaves out the lock, and the question whether there is a transaction.
ASK = """
from app.models import Account
from django.core.management import call_command
from django.db import connection

Account.objects.create(pk=1)
connection.features.has_select_for_update = {locks}
connection.ops.for_update_sql = lambda *args, **options: ""
"""
REFUSED = "django.db.transaction.TransactionManagementError: select_for_update cannot be used outside of a transaction."
PACKAGES = {"app/management/__init__.py": "", "app/management/commands/__init__.py": ""}


def run(tmp_path, section, script, locks=True):
    files = {**example(RULE, section), **PACKAGES}
    return run_django(tmp_path, files, ASK.format(locks=locks) + script).raised


@pytest.mark.parametrize(("section", "raised"), [("Bad", REFUSED), ("Good", "")])
def test_a_lock_needs_a_transaction(tmp_path, section, raised):
    assert run(tmp_path, section, "call_command('charge')") == raised
    assert raised in RULE.documentation()


def test_sqlite_says_nothing(tmp_path):
    assert run(tmp_path, "Bad", "call_command('charge')", locks=False) == ""


@pytest.mark.parametrize(
    "asking",
    [
        "first()",
        "last()",
        "in_bulk()",
        "get_or_create(pk=1)",
        "latest('pk')",
        "earliest('pk')",
        "iterator().__next__()",
    ],
)
def test_what_asks_for_rows_is_refused(tmp_path, asking):
    assert run(tmp_path, "Good", f"Account.objects.select_for_update().{asking}") == REFUSED


@pytest.mark.parametrize("asking", ["update(balance=1)", "delete()", "update_or_create(pk=1)", "filter(pk=1)"])
def test_what_locks_nothing_is_not(tmp_path, asking):
    assert run(tmp_path, "Good", f"Account.objects.select_for_update().{asking}") == ""
