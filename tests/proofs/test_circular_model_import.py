"""What circular-model-import says is what Python raises, whichever module is imported first."""

import subprocess
import sys
from itertools import permutations

import pytest

from linter import registry
from linter.examples import example
from tests.proofs.sqlalchemy_runner import attempt

RULE = registry.load("circular-model-import")
MODULES = ("app/database.py", "app/models/conversation.py", "app/models/message.py")


@pytest.mark.parametrize("order", list(permutations(MODULES)), ids=str)
def test_whatever_is_imported_first_fails(tmp_path, order):
    bad, good = example(RULE, "Bad"), example(RULE, "Good")
    said = attempt(tmp_path / "bad", {path: bad[path] for path in order}).partition(" (/")[0]
    assert said.startswith("ImportError: cannot import name ")
    assert "(most likely due to a circular import)" in said
    assert attempt(tmp_path / "good", {path: good[path] for path in order}) == ""


def test_the_message_is_the_documented_one(tmp_path):
    said = attempt(tmp_path, dict(sorted(example(RULE, "Bad").items(), reverse=True)))
    text = said.partition(" (/")[0]
    assert text == (
        "ImportError: cannot import name 'Message' from partially initialized module 'app.models.message' "
        "(most likely due to a circular import)"
    )
    assert text in RULE.documentation()


def imported(testdata, case, module):
    command = [sys.executable, "-B", "-c", f"import {module}"]
    return subprocess.run(
        command, cwd=testdata / "circular-model-import" / case, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("module", ["late", "later", "typed", "lazy", "users", "groups"])
def test_the_traps_work(testdata, module):
    done = imported(testdata, "traps", f"app.{module}")
    assert done.returncode == 0, done.stderr


def test_with_guards_only_the_order_makes_it_work(testdata, tmp_path):
    folder = testdata / "circular-model-import" / "guarded"
    files = {str(path.relative_to(folder)): path.read_text() for path in sorted(folder.rglob("*.py"))}
    package = "shop/models/__init__.py"
    first, second = files[package].split("try:")[1:]
    assert attempt(tmp_path / "right", files) == ""
    files[package] = f"try:{second}try:{first}"
    said = attempt(tmp_path / "wrong", files)
    assert said.startswith("InvalidRequestError: Table 'customers' is already defined for this MetaData instance.")
    assert "Table 'customers' is already defined for this MetaData instance." in RULE.documentation()
