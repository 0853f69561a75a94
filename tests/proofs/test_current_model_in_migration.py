"""What current-model-in-migration says is what the database says when the migrations run on a new one."""

from linter import registry
from linter.examples import example, lint, written
from tests.proofs.django_runner import run_django

RULE = registry.load("current-model-in-migration")

MIGRATE = """
from django.core.management import call_command

call_command("migrate", verbosity=0)
"""


def migrated(folder, files):
    return run_django(folder, {"app/migrations/__init__.py": "", **files}, MIGRATE, tables=False)


def test_the_bad_example_fails(tmp_path):
    files = example(RULE, "Bad")
    raised = migrated(tmp_path, files).raised
    assert raised in " ".join(RULE.documentation().split())
    assert "OperationalError" in raised
    with written(files) as root:
        (finding,) = lint(root, "current-model-in-migration").findings
    assert finding.runtime
    assert finding.runtime in raised


def test_the_good_example_does_not(tmp_path):
    assert migrated(tmp_path, example(RULE, "Good")).raised == ""
