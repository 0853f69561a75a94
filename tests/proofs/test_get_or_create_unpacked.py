"""What get-or-create-unpacked says is what Python says."""

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import run_django
from tests.proofs.queries import said_by_django, said_by_us

RULE = registry.load("get-or-create-unpacked")
SET = "from app.models import *\nset_locale(User.objects.create_user('ada'), 'de')\n"


def test_the_bad_example_raises(tmp_path):
    said = run_django(tmp_path, example(RULE, "Bad"), SET)
    assert said.raised.startswith("AttributeError: 'tuple' object has no attribute 'locale'")  # Python 3.13 says more


def test_the_good_example_does_not(tmp_path):
    assert run_django(tmp_path, example(RULE, "Good"), SET).raised == ""


def test_the_page_quotes_what_a_call_raises(tmp_path):
    script = "from app.models import *\nProfile.objects.get_or_create(user=User.objects.create_user('ada')).save()\n"
    said = run_django(tmp_path, example(RULE, "Bad"), script)
    assert said.raised in RULE.documentation()


def test_python_refuses_the_marked_uses_and_no_other(tmp_path, testdata):
    case = testdata / "get-or-create-unpacked" / "pairs"
    refused, found = said_by_django(tmp_path, case), said_by_us(case, "get-or-create-unpacked")
    assert set(refused) == set(found)
    for name, finding in found.items():
        assert finding.runtime in refused[name], name
