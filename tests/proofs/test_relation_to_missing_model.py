"""What relation-to-missing-model says is what Django says."""

import pytest

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import run_django

RULE = registry.load("relation-to-missing-model")

CHECK = """
from django.core.management import call_command
from django.core.management.base import SystemCheckError

try:
    call_command("check")
except SystemCheckError as error:
    print(error)
"""
QUERY = """
from app.models import Comment

list(Comment.objects.all())
"""
MODELS = """
from django.db import models


class Base(models.Model):
    class Meta:
        abstract = True


class Thing(models.Model):
    other = {relation}
"""


def checked(folder, relation):
    return run_django(folder, {"app/models.py": MODELS.format(relation=relation)}, CHECK, tables=False).printed


def test_the_bad_example_fails_the_checks_with_the_quoted_text(tmp_path):
    said = run_django(tmp_path, example(RULE, "Bad"), CHECK, tables=False).printed
    quoted = RULE.documentation().partition("ERRORS:\n")[2].partition("```")[0]
    for line in quoted.splitlines():
        assert line.strip() in said


def test_the_bad_example_fails_at_the_first_query(tmp_path):
    said = run_django(tmp_path, example(RULE, "Bad"), QUERY, tables=False)
    assert said.raised == "ValueError: Related model 'app.Artikel' cannot be resolved"


def test_the_good_example_does_neither(tmp_path):
    said = run_django(tmp_path, example(RULE, "Good"), CHECK + QUERY)
    assert said.printed.startswith("System check identified no issues")
    assert said.raised == ""


@pytest.mark.parametrize(
    ("relation", "error"),
    [
        (
            'models.ForeignKey("Missing", models.CASCADE)',
            "relation with model 'Missing', which is either not installed",
        ),
        ('models.ForeignKey("other.Thing", models.CASCADE)', "but app 'other' isn't installed"),
        ('models.ForeignKey("APP.Thing", models.CASCADE)', "but app 'APP' isn't installed"),
        ("models.ForeignKey(Base, models.CASCADE)", "model 'Base', which is either not installed, or is abstract"),
        (
            'models.ManyToManyField("self", through="Missing")',
            "(fields.E331) Field specifies a many-to-many relation through model 'Missing', which has not been installed.",
        ),
    ],
)
def test_what_is_reported_fails_the_checks(tmp_path, relation, error):
    assert error in checked(tmp_path, relation)


def test_three_parts_fail_at_import(tmp_path):
    models = MODELS.format(relation='models.ForeignKey("app.models.Thing", models.CASCADE)')
    assert run_django(tmp_path, {"app/models.py": models}, "", tables=False).raised == (
        "ValueError: Invalid model reference 'app.models.Thing'. "
        "String model references must be of the form 'app_label.ModelName'."
    )


@pytest.mark.parametrize(
    "relation",
    [
        'models.ForeignKey("app.THING", models.CASCADE)',
        'models.ForeignKey("self", models.CASCADE)',
        'models.ForeignKey("auth.User", models.CASCADE)',
    ],
)
def test_what_is_let_through_passes_the_checks(tmp_path, relation):
    assert checked(tmp_path, relation).startswith("System check identified no issues")
