"""What annotation-conflict says is what Django says."""

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import run_django
from tests.proofs.queries import said_by_django, said_by_us

RULE = registry.load("annotation-conflict")


RUN = """from app.code import writers
writers()
"""


def test_the_bad_example_raises_what_the_page_quotes(tmp_path):
    said = run_django(tmp_path, example(RULE, "Bad"), RUN)
    assert said.raised in " ".join(RULE.documentation().split())
    assert "The annotation 'book' conflicts with a field on the model." in said.raised


def test_the_good_example_does_not(tmp_path):
    assert run_django(tmp_path, example(RULE, "Good"), RUN).raised == ""


def test_django_refuses_the_marked_queries_and_no_other(tmp_path, testdata):
    case = testdata / "annotation-conflict" / "paths"
    refused, found = said_by_django(tmp_path, case), said_by_us(case, "annotation-conflict")
    assert set(refused) == set(found)
    for name, finding in found.items():
        assert finding.runtime
        assert finding.runtime in refused[name], name
