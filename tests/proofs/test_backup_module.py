"""What backup-module says is what Django and SQLAlchemy do."""

import subprocess
import sys

import pytest

from linter import registry
from linter.examples import example, lint, written
from linter.testing import read_case
from tests.proofs.django_runner import run_django
from tests.test_testdata import TESTDATA

RULE = registry.load("backup-module")


def found(files):
    with written(files) as root:
        return lint(root, RULE.name).findings


def test_a_copy_that_is_imported_is_a_conflict(tmp_path):
    files = example(RULE, "Bad")
    assert run_django(tmp_path / "waiting", files, "print('well')", tables=False).printed == "well\n"
    files["app/admin.py"] = "import app.models_backup\n"
    raised = run_django(tmp_path / "imported", files, "import app.admin", tables=False).raised
    (finding,) = found(files)
    assert raised == f"RuntimeError: {finding.runtime}"
    assert raised in RULE.documentation()
    assert finding.severity == "error"
    assert [finding.severity for finding in found(example(RULE, "Bad"))] == ["warning"]


def test_a_second_table_of_that_name_is_refused(tmp_path):
    pytest.importorskip("sqlalchemy")
    files = read_case(TESTDATA / RULE.name / "waiting").files
    (finding,) = found(files)
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    command = [sys.executable, "-B", "-c", "import service.models, service.models_backup"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    raised = done.stderr.strip().splitlines()[-1]
    assert raised.startswith(f"sqlalchemy.exc.InvalidRequestError: {finding.runtime}")
