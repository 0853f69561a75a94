"""What save-signature says of an overridden `save()` is what Django does with it."""

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import run_django

RULE = registry.load("save-signature")

CREATE = """
from app.models import Profile

Profile(name=" plain ").save()
print(Profile.objects.create(name=" made ").name)
"""
LOSING = """
from django.db import models


class Profile(models.Model):
    name = models.CharField(max_length=100)
    role = models.CharField(max_length=100)

    def save(self, *args, **kwargs):
        super().save()
"""
LOSE = """
from app.models import Profile

row = Profile.objects.create(name="a", role="old")
Profile.objects.update(role="new")
row.name = "b"
row.save(update_fields=["name"])
print(Profile.objects.get().role)
Profile.objects.create(pk=row.pk, name="c", role="overwritten")
print(Profile.objects.get().role)
"""


def test_the_bad_example_fails_when_a_row_is_created(tmp_path):
    said = run_django(tmp_path, example(RULE, "Bad"), CREATE)
    assert "TypeError: Profile.save() got an unexpected keyword argument 'force_insert'" in said.raised


def test_the_good_example_does_not(tmp_path):
    assert run_django(tmp_path, example(RULE, "Good"), CREATE).printed.split() == ["made"]


def test_what_is_lost_has_no_effect(tmp_path):
    assert run_django(tmp_path, {"app/models.py": LOSING}, LOSE).printed.split() == ["old", "overwritten"]
