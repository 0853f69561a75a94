"""What receiver-without-kwargs says of a receiver is what happens when its signal is sent."""

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import run_django

RULE = registry.load("receiver-without-kwargs")

SAVE = """
from django.contrib.auth.models import User

import app.models

User.objects.create(username="u")
"""
UNDER_DEBUG = """
from django.conf import settings
from django.db.models.signals import post_save

settings.DEBUG = True


def bare(sender, instance):
    pass


post_save.connect(bare)
"""
EARLY = """
from django.db.models.signals import pre_save
from django.dispatch import receiver


@receiver(pre_save)
def welcome(sender, instance, created, **kwargs):
    pass
"""


def test_the_bad_example_fails_when_a_row_is_saved(tmp_path):
    said = run_django(tmp_path, example(RULE, "Bad"), SAVE)
    assert "TypeError: welcome() got an unexpected keyword argument 'signal'" in said.raised


def test_the_good_example_does_not(tmp_path):
    assert run_django(tmp_path, example(RULE, "Good"), SAVE).printed.split() == ["welcome", "u"]


def test_it_is_refused_while_debugging(tmp_path):
    said = run_django(tmp_path, {"app/models.py": ""}, UNDER_DEBUG)
    assert "ValueError: Signal receivers must accept keyword arguments (**kwargs)." in said.raised


def test_what_is_not_sent_is_missed(tmp_path):
    said = run_django(tmp_path, {"app/models.py": EARLY}, SAVE, tables=False)
    assert "TypeError: welcome() missing 1 required positional argument: 'created'" in said.raised
