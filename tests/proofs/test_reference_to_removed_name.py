"""What reference-to-removed-name says is what Python does."""

import subprocess
import sys

import pytest

from linter import registry
from linter.examples import example
from linter.testing import read_case

RULE = registry.load("reference-to-removed-name")


def run_python(folder, files, script):
    """What a script raises, or prints, in a folder with some files."""
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf8")
    done = subprocess.run([sys.executable, "-B", "-c", script], cwd=folder, capture_output=True, text=True, timeout=60)
    return (done.stderr or done.stdout).strip().rpartition("\n")[2]


PAY = "from shop.views import pay; pay('1')"


def test_a_function_that_is_gone(tmp_path):
    said = run_python(tmp_path, example(RULE, "Bad"), PAY)
    assert said == "AttributeError: module 'shop.mail' has no attribute 'send_receipt'"


def test_a_function_that_is_there(tmp_path):
    assert run_python(tmp_path, example(RULE, "Good"), PAY) == "invoice 1"


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("from shop.mail import send_receipt", "ImportError: cannot import name 'send_receipt' from 'shop.mail'"),
        ("from shop.audit import log", "ModuleNotFoundError: No module named 'shop.audit'"),
        ("import shop.reports", "ModuleNotFoundError: No module named 'shop.reports'"),
        ("from shop import prices", "ImportError: cannot import name 'prices' from 'shop'"),
        ("from shop import texts; texts.KIND", "AttributeError: module 'shop.texts' has no attribute 'KIND'"),
    ],
)
def test_what_is_reported_fails(tmp_path, testdata, script, said):
    files = read_case(testdata / "reference-to-removed-name" / "gone").files
    assert run_python(tmp_path, files, script).startswith(said)


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("from shop.mail import GOODBYE, HELLO, render, send_invoice; print(GOODBYE)", "goodbye"),
        ("from shop.lazy import anything; print(anything)", "anything"),
        ("from shop.dynamic import a, b; print(b)", "b"),
        ("from shop.sub.bare.thing import x; print(x)", "1"),
        ("import shop.registry; print(shop.registry.old)", "new"),
        ("from shop.tools import install; install(); from shop.virtual import argv; print(argv)", "['-c']"),
    ],
)
def test_what_is_silent_works(tmp_path, testdata, script, said):
    for case in ("traps", "gone"):
        folder = testdata / "reference-to-removed-name" / case
        files = {path: text for path, text in read_case(folder).files.items() if path != "shop/__init__.py"}
        for path, text in files.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text, encoding="utf8")
    assert run_python(tmp_path, {"shop/__init__.py": ""}, script) == said
