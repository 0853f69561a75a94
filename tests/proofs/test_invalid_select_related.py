"""What invalid-select-related says is what Django says."""

import pytest

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import run_django
from tests.proofs.queries import said_by_django, said_by_us

RULE = registry.load("invalid-select-related")


RUN = """from app.code import shelf
shelf()
"""


def test_the_bad_example_raises_what_the_page_quotes(tmp_path):
    said = run_django(tmp_path, example(RULE, "Bad"), RUN)
    assert said.raised in " ".join(RULE.documentation().split())
    assert "Invalid field name(s) given in select_related: 'tags'." in said.raised


def test_the_good_example_does_not(tmp_path):
    assert run_django(tmp_path, example(RULE, "Good"), RUN).raised == ""


@pytest.mark.parametrize("name", ["paths", "rowless"])
def test_django_refuses_the_marked_queries_and_no_other(tmp_path, testdata, name):
    case = testdata / "invalid-select-related" / name
    refused, found = said_by_django(tmp_path, case), said_by_us(case, "invalid-select-related")
    assert set(refused) == set(found)
    for function, finding in found.items():
        assert finding.runtime
        assert finding.runtime in refused[function], function
