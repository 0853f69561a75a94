"""What primary-key-assigned-to-relation says is what Django says."""

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import run_django
from tests.proofs.queries import said_by_django, said_by_us

RULE = registry.load("primary-key-assigned-to-relation")
ADD = "from app.models import *\n[Author.objects.create(name='a') for _ in range(3)]\nadd('x', Author.objects.get(pk=3))\n"


def test_the_bad_example_raises_what_the_page_quotes(tmp_path):
    said = run_django(tmp_path, example(RULE, "Bad"), ADD)
    assert said.raised == 'ValueError: Cannot assign "3": "Book.author" must be a "Author" instance.'
    assert said.raised in RULE.documentation()


def test_the_good_example_does_not(tmp_path):
    assert run_django(tmp_path, example(RULE, "Good"), ADD).raised == ""


def test_django_refuses_the_marked_values_and_no_other(tmp_path, testdata):
    case = testdata / "primary-key-assigned-to-relation" / "rows"
    refused, found = said_by_django(tmp_path, case), said_by_us(case, "primary-key-assigned-to-relation")
    assert set(refused) == set(found)
    for name, finding in found.items():
        assert finding.runtime in refused[name], name
