"""What swallowed-error-in-atomic says is what Django raises."""

import pytest

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import run_django

RULE = registry.load("swallowed-error-in-atomic")
ASK = """
from app.models import Tag
from app.views import add
from django.db import DatabaseError, IntegrityError, transaction

tag = Tag.objects.create(name="a")
"""
REFUSED = "An error occurred in the current transaction. You can't execute queries until the end of the 'atomic' block."


def test_the_bad_example_is_refused(tmp_path):
    raised = run_django(tmp_path, example(RULE, "Bad"), f"{ASK}\nadd(None, 'a')").raised
    assert raised == f"django.db.transaction.TransactionManagementError: {REFUSED}"
    assert raised in RULE.documentation()


@pytest.mark.parametrize(("section", "name"), [("Good", "a"), ("Bad", "b")])
def test_a_savepoint_or_no_error_at_all_is_fine(tmp_path, section, name):
    assert (
        run_django(tmp_path, example(RULE, section), f"{ASK}\nprint(add(None, {name!r}).status_code)").printed
        == "200\n"
    )


@pytest.mark.parametrize(
    "write",
    [
        "Tag(name='a').save()",
        "Tag.objects.filter(name='b').update(name='a')",
        "Tag.objects.bulk_create([Tag(name='a'), Tag(pk=9, name='c')])",
    ],
)
def test_every_write_breaks_the_block(tmp_path, write):
    script = f"{ASK}\nTag.objects.create(name='b')\nwith transaction.atomic():\n    try:\n        {write}\n"
    script += "    except IntegrityError:\n        pass\n    Tag.objects.count()\n"
    assert run_django(tmp_path, example(RULE, "Bad"), script).raised.endswith(REFUSED)
