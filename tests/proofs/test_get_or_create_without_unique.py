"""What get-or-create-without-unique says is what Django says."""

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import run_django

RULE = registry.load("get-or-create-without-unique")
# Two requests look at the same moment: the second is made while the first still sees nothing.
RACE = """
from app.models import *
from django.db.models import QuerySet

user = User.objects.create_user("ada")
get, seen = QuerySet.get, []


def slow(rows, *args, **kwargs):
    try:
        return get(rows, *args, **kwargs)
    except Subscription.DoesNotExist:
        if not seen:
            seen.append(1)
            subscribe(user, "news")
        raise


QuerySet.get = slow
subscribe(user, "news")
subscribe(user, "news")
print(Subscription.objects.count())
"""


def test_two_at_once_make_two_rows(tmp_path):
    said = run_django(tmp_path, example(RULE, "Bad"), RACE)
    assert said.raised.startswith("app.models.Subscription.MultipleObjectsReturned: ")
    assert said.raised in RULE.documentation()


def test_a_constraint_leaves_one(tmp_path):
    assert run_django(tmp_path, example(RULE, "Good"), RACE).printed == "1\n"
