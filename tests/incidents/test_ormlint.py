"""ormlint on the two projects: every mistake of rows.toml on its line in `before`, and not a word about `after`."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from linter import registry
from tests.incidents.projects import INCIDENTS, Row, copy_project, leave_orphan_in_pycache, leave_stale_bytecode, rows

ROOT = Path(__file__).parents[2]
PROJECTS = ("django_site", "fastapi_service")
ROWS = rows()

# Rules that do not exist yet. A rule that comes takes its name off this list: its rows pass then, and an expected
# failure that passes is a failure.
COMING: list[str] = []

Findings = list[dict[str, Any]]


def expectations() -> list[Any]:
    later = pytest.mark.xfail(strict=True, reason="the rule comes later")
    return [
        pytest.param(row, rule, id=f"{row}-{rule}", marks=later if rule in COMING else ())
        for row in ROWS
        for rule in row.rules
    ]


def check(project: Path) -> Findings:
    command = [sys.executable, "-m", "ormlint", "check", "--format", "json", "--no-cache", "--project", str(project)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode in (0, 1), done.stderr
    findings: Findings = json.loads(done.stdout)
    return findings


@pytest.fixture(scope="session")
def before(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Findings]:
    folder = tmp_path_factory.mktemp("before")
    copies = {name: copy_project(name, "before", folder) for name in PROJECTS}
    leave_orphan_in_pycache(copies["django_site"] / "backend")
    leave_stale_bytecode(copies["django_site"] / "backend")
    return {name: check(copy) for name, copy in copies.items()}


@pytest.mark.parametrize(("row", "rule"), expectations())
def test_a_mistake_is_found_on_its_line(before: dict[str, Findings], row: Row, rule: str) -> None:
    places = {(found["path"], found["line"]) for found in before[row.project] if found["rule"] == rule}
    assert (row.path, row.line) in places


@pytest.mark.parametrize("project", PROJECTS)
def test_nothing_else_is_reported(before: dict[str, Findings], project: str) -> None:
    """Beside each mistake stands the same thing done right."""
    mistakes = {(row.path, row.line, rule) for row in ROWS if row.project == project for rule in row.rules}
    assert [found for found in before[project] if (found["path"], found["line"], found["rule"]) not in mistakes] == []


@pytest.mark.parametrize("project", PROJECTS)
def test_the_repaired_project_is_clean(tmp_path: Path, project: str) -> None:
    assert check(copy_project(project, "after", tmp_path)) == []


@pytest.mark.parametrize("row", [row for row in ROWS if row.code], ids=str)
def test_the_row_names_the_right_line(row: Row) -> None:
    lines = (INCIDENTS / row.project / "before" / row.path).read_text(encoding="utf8").splitlines()
    assert row.code in lines[row.line - 1]


def test_the_list_of_coming_rules_only_shrinks() -> None:
    assert sorted(set(COMING)) == COMING
    assert set(COMING) <= {rule for row in ROWS for rule in row.rules}
    assert not set(COMING) & set(registry.entries())
