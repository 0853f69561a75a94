"""What direct-many-to-many-assignment says is what Django says."""

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import run_django
from tests.proofs.queries import said_by_django, said_by_us

RULE = registry.load("direct-many-to-many-assignment")
RETAG = (
    "from app.models import *\nbook = Book.objects.create(title='x')\nretag(book.pk, [Tag.objects.create(word='y')])\n"
)


def test_the_bad_example_raises_what_the_page_quotes(tmp_path):
    said = run_django(tmp_path, example(RULE, "Bad"), RETAG)
    assert said.raised.startswith(
        "TypeError: Direct assignment to the forward side of a many-to-many set is prohibited."
    )
    assert said.raised in RULE.documentation()


def test_the_good_example_does_not(tmp_path):
    assert run_django(tmp_path, example(RULE, "Good"), RETAG).raised == ""


def test_django_refuses_the_marked_assignments_and_no_other(tmp_path, testdata):
    case = testdata / "direct-many-to-many-assignment" / "rows"
    refused, found = said_by_django(tmp_path, case), said_by_us(case, "direct-many-to-many-assignment")
    assert set(refused) == set(found)
    for name, finding in found.items():
        assert finding.runtime
        assert finding.runtime in refused[name], name
