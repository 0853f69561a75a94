"""What unknown-update-field says is what Django says."""

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import run_django
from tests.proofs.queries import said_by_django, said_by_us

RULE = registry.load("unknown-update-field")
SET = "from app.models import *\nProfile.objects.create(phone='112')\nset_time_zone('UTC')\n"


def test_the_bad_example_raises_what_the_page_quotes(tmp_path):
    said = run_django(tmp_path, example(RULE, "Bad"), SET)
    start = "ValueError: The following fields do not exist in this model, are m2m fields, "
    assert said.raised.startswith(start)
    assert said.raised.endswith("or are non-concrete fields: timezone")
    assert start in RULE.documentation()


def test_the_good_example_does_not(tmp_path):
    assert run_django(tmp_path, example(RULE, "Good"), SET).raised == ""


def test_django_refuses_the_marked_updates_and_no_other(tmp_path, testdata):
    case = testdata / "unknown-update-field" / "columns"
    refused, found = said_by_django(tmp_path, case), said_by_us(case, "unknown-update-field")
    assert set(refused) == set(found)
    for name, finding in found.items():
        assert finding.runtime
        said = refused[name].replace("m2m fields, or", "m2m fields, primary keys, or")
        said = said.replace("only concrete fields are", "only non-relations and foreign keys")  # since Django 6.1
        assert finding.runtime in said, name
