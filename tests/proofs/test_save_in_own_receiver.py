"""What save-in-own-receiver says is what Django raises."""

import pytest

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import run_django

RULE = registry.load("save-in-own-receiver")
SAVE = "from app.models import Invoice\nprint(Invoice.objects.create().number)"
ENDLESS = "RecursionError: maximum recursion depth exceeded"


def test_the_bad_example_never_ends(tmp_path):
    assert run_django(tmp_path, example(RULE, "Bad"), SAVE).raised.startswith(ENDLESS)
    assert ENDLESS in RULE.documentation()


def test_the_good_example_does(tmp_path):
    assert run_django(tmp_path, example(RULE, "Good"), SAVE).printed == "2024-1\n"


MODELS = """
from django.db import models
from django.db.models.signals import post_save, pre_save
from django.dispatch import receiver

class Invoice(models.Model):
    number = models.CharField(max_length=20, blank=True)

@receiver({signal}, sender=Invoice)
def number_it(sender, instance, created=False, raw=False, **kwargs):
    if {guard}:
        instance.save()
"""
TWICE = "from app.models import Invoice\ninvoice = Invoice.objects.create()\ninvoice.save()"


@pytest.mark.parametrize(
    ("signal", "guard", "ends"),
    [
        ("pre_save", "True", False),
        ("post_save", "not raw", False),
        ("post_save", "not created", False),
        ("post_save", "created", True),
        ("post_save", "kwargs['update_fields']", True),
    ],
)
def test_which_guards_end_it(tmp_path, signal, guard, ends):
    files = {"app/models.py": MODELS.format(signal=signal, guard=guard)}
    assert run_django(tmp_path, files, TWICE).raised.startswith(ENDLESS) is not ends
