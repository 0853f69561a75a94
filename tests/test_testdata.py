"""Every annotated project, and every example of every rule's documentation."""

from pathlib import Path

import pytest

from linter import registry
from linter.testing import case_failures, cases, documentation_failures

TESTDATA = Path(__file__).parent / "testdata"
CASES = [case for case in cases(TESTDATA) if case.parent.name != "incidents"]  # those have tests of their own


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_a_case_gives_what_it_says(case: Path) -> None:
    assert list(case_failures(case)) == []


@pytest.mark.parametrize("name", registry.entries())
def test_the_documentation_is_true(name: str) -> None:
    assert list(documentation_failures(registry.load(name))) == []


@pytest.mark.parametrize("name", [name for name, entry in registry.entries().items() if entry.group != "suppressions"])
def test_a_check_has_testdata(name: str) -> None:
    assert any(case.parent.name == name for case in CASES)


def test_testdata_belongs_to_rules() -> None:
    assert {case.parent.name for case in CASES} <= set(registry.entries())
