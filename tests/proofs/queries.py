"""Run the queries of a testdata case on the real Django: each function of `app/code.py` is one query."""

from __future__ import annotations

import json
from pathlib import Path

from linter.examples import lint, written
from linter.finding import Finding
from linter.testing import read_case
from tests.proofs.django_runner import run_django

RUN = """
import inspect, json
from django.db import NotSupportedError
from django.db.models import QuerySet
from app import code, models

{before}
said = {{}}
for name, function in list(vars(code).items()):
    if inspect.isfunction(function) and function.__module__ == "app.code":
        try:
            rows = function()
            if isinstance(rows, QuerySet):
                list(rows)
        except (NotSupportedError, *ignored) as error:
            pass
        except Exception as error:
            said[name] = f"{{type(error).__name__}}: {{error}}"
print(json.dumps(said))
"""


def said_by_django(folder: Path, case: Path, before: str = "ignored = ()") -> dict[str, str]:
    """The functions of a case that fail when they are run, with what Django says. `before` makes rows, and says which
    errors are not about names."""
    told = run_django(folder, read_case(case).files, RUN.format(before=before))
    assert told.raised == ""
    found = json.loads(told.printed.splitlines()[-1])
    assert isinstance(found, dict)
    return found


def said_by_us(case: Path, *rules: str) -> dict[str, Finding]:
    """The findings of some rules in a case, by the function that they stand in."""
    files = read_case(case).files
    lines = files["app/code.py"].splitlines()
    with written(files) as root:
        findings = lint(root).findings
    found = {}
    for finding in findings:
        if finding.rule in rules:
            above = [line for line in lines[: finding.place.range.line] if line.startswith("def ")]
            found[above[-1][4:].partition("(")[0]] = finding
    return found
