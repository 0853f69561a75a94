"""What stale-bytecode says is what Python does."""

import py_compile
import subprocess
import sys

import pytest

from linter import registry
from linter.examples import example, lint, written

RULE = registry.load("stale-bytecode")
LIVES = "def log():\n    print('still here')\n"


def imported(folder, module):
    command = [sys.executable, "-B", "-c", f"import {module}; {module}.log()"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.stdout.strip() or done.stderr.strip().splitlines()[-1]


def found(root):
    return [(finding.path, finding.severity) for finding in lint(root, RULE.name).findings]


@pytest.mark.parametrize(
    ("target", "says"),
    [
        ("shop/audit.pyc", "still here"),
        (f"shop/__pycache__/audit.{sys.implementation.cache_tag}.pyc", "No module named 'shop.audit'"),
        (f"shop/audit.{sys.implementation.cache_tag}.pyc", "No module named 'shop.audit'"),
    ],
)
def test_only_what_lies_beside_the_sources_lives_on(target, says):
    with written(example(RULE, "Good")) as root:
        source = root / "shop" / "audit.py"
        source.write_text(LIVES, encoding="utf-8")
        py_compile.compile(str(source), cfile=str(root / target), doraise=True)
        source.unlink()
        answer = imported(root, "shop.audit")
        assert answer.endswith(says)
        assert found(root) == ([(target, "warning")] if says == "still here" else [])
        if says != "still here":
            assert answer in RULE.documentation()


def test_a_source_or_a_package_comes_first():
    with written({**example(RULE, "Bad"), "shop/audit.py": LIVES}) as root:
        assert imported(root, "shop.audit") == "still here"
        assert found(root) == []
    with written({**example(RULE, "Bad"), "shop/audit/__init__.py": LIVES}) as root:
        assert imported(root, "shop.audit") == "still here"
        assert found(root) == []


def test_version_control_has_no_say():
    with written({**example(RULE, "Bad"), ".gitignore": "*.pyc\n"}) as root:
        assert found(root) == [("shop/audit.pyc", "warning")]
    with written({**example(RULE, "Bad"), ".gitignore": "shop/\n"}) as root:
        assert found(root) == []
