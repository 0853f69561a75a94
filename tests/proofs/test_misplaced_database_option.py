"""What misplaced-database-option says is what Django does."""

import pytest

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import run_django

RULE = registry.load("misplaced-database-option")
ASK = """
from django.core.management import call_command
from django.db import connection

call_command("check")
print(connection.settings_dict["ATOMIC_REQUESTS"])
"""


@pytest.mark.parametrize(("section", "value"), [("Bad", "False"), ("Good", "True")])
def test_only_the_database_has_it(tmp_path, section, value):
    done = run_django(tmp_path, example(RULE, section), ASK, tables=False)
    assert done.raised == ""
    assert done.printed.splitlines()[-1] == value


@pytest.mark.parametrize("option", ["CONN_MAX_AGE", "CONN_HEALTH_CHECKS", "DISABLE_SERVER_SIDE_CURSORS"])
def test_the_others_are_no_settings_either(option):
    global_settings = pytest.importorskip("django.conf.global_settings")
    assert not hasattr(global_settings, option)
