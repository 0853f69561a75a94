"""What unique-with-nullable says is what the database does."""

import pytest

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import run_django

RULE = registry.load("unique-with-nullable")

ASK = """
from app.models import Role

Role.objects.create(user="anna")
Role.objects.create(user="anna")
print(Role.objects.filter(user="anna", project=None).count())
"""


@pytest.mark.parametrize(("section", "said"), [("Bad", "2\n"), ("Good", "")])
def test_null_is_not_equal_to_null(tmp_path, section, said):
    done = run_django(tmp_path, example(RULE, section), ASK)
    assert done.printed == said
    assert ("IntegrityError" in done.raised) == (said == "")
