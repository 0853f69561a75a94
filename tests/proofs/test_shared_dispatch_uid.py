"""What shared-dispatch-uid says is what Django does."""

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import run_django

RULE = registry.load("shared-dispatch-uid")

ADD_USER = """
from django.contrib.auth.models import User

User.objects.create_user("ada")
"""


def test_the_second_receiver_is_never_called(tmp_path):
    assert run_django(tmp_path, example(RULE, "Bad"), ADD_USER).printed == "indexing ada\n"


def test_with_names_of_their_own_both_are(tmp_path):
    assert run_django(tmp_path, example(RULE, "Good"), ADD_USER).printed == "indexing ada\nclearing ada\n"
