"""What unknown-written-field says is what Django says."""

import sys

import pytest

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import run_django
from tests.proofs.queries import said_by_django, said_by_us

RULE = registry.load("unknown-written-field")
NOTIFY = "from app.models import *\nnotify('hello')\n"


def test_the_bad_example_raises_what_the_page_quotes(tmp_path):
    said = run_django(tmp_path, example(RULE, "Bad"), NOTIFY)
    assert said.raised in RULE.documentation()
    assert said.raised == "TypeError: Notification() got unexpected keyword arguments: 'is_read'"


def test_the_good_example_does_not(tmp_path):
    assert run_django(tmp_path, example(RULE, "Good"), NOTIFY).raised == ""


def test_defaults_fail_with_words_of_their_own(tmp_path):
    files = example(RULE, "Bad")
    files["app/models.py"] = files["app/models.py"].replace(
        "create(text=text, is_read=False)", "get_or_create(text=text, defaults={'is_read': False})"
    )
    said = run_django(tmp_path, files, NOTIFY)
    assert said.raised.partition(": ")[2] in RULE.documentation()


@pytest.mark.skipif(sys.version_info < (3, 11), reason="Python says it in other words")
def test_django_refuses_the_marked_rows_and_no_other(tmp_path, testdata):
    case = testdata / "unknown-written-field" / "rows"
    refused, found = said_by_django(tmp_path, case), said_by_us(case, "unknown-written-field")
    assert set(refused) == set(found)
    for name, finding in found.items():
        assert finding.runtime
        assert finding.runtime in refused[name], name
