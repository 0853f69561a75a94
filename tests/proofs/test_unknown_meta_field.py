"""What unknown-meta-field says is what Django's checks say."""

import pytest

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import run_django

RULE = registry.load("unknown-meta-field")

CHECK = """
from django.core.management import call_command
from django.core.management.base import SystemCheckError

import app.models

try:
    call_command("check", databases=["default"])
except SystemCheckError as error:
    print(error)
"""
MODELS = """
from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models


class Queue(models.Model):
    name = models.CharField(max_length=20, unique=True)


class Ticket(models.Model):
    title = models.CharField(max_length=100)
    day = models.DateField(null=True)
    queue = models.ForeignKey(Queue, models.CASCADE)
    watchers = models.ManyToManyField("auth.User")
    content_type = models.ForeignKey(ContentType, models.CASCADE)
    {field}

    class Meta:
        {option}


class Bug(Ticket):
    severity = models.IntegerField()

    class Meta:
        {child}


class Watch(models.Model):
    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="+")
    user = models.ForeignKey("auth.User", models.CASCADE, related_name="+")
"""


def checked(folder, field="x = 1", option="abstract = False", child="abstract = False"):
    models = MODELS.format(field=field, option=option, child=child)
    said = run_django(folder, {"app/models.py": models}, CHECK, tables=False)
    return said.printed + said.raised


def test_the_bad_example_fails_the_checks(tmp_path):
    said = run_django(tmp_path, example(RULE, "Bad"), CHECK, tables=False).printed
    assert "app.Ticket: (models.E012) 'indexes' refers to the nonexistent field 'created_at'." in said


def test_the_good_example_does_not(tmp_path):
    assert run_django(tmp_path, example(RULE, "Good"), CHECK, tables=False).printed.startswith(
        "System check identified no"
    )


@pytest.mark.parametrize(
    ("given", "error"),
    [
        (
            {"option": 'unique_together = [("title", "watchers")]'},
            "(models.E013) 'unique_together' refers to a ManyToManyField 'watchers', but ManyToManyFields are not permitted in "
            "'unique_together'.",
        ),
        (
            {"child": 'unique_together = [("title", "severity")]'},
            "(models.E016) 'unique_together' refers to field 'title' which is not local to model 'Bug'.",
        ),
        (
            {"option": 'unique_together = ("titel",)'},
            "(models.E012) 'unique_together' refers to the nonexistent field 'titel'.",
        ),
        (
            {"option": 'constraints = [models.UniqueConstraint(fields=["titel"], name="a")]'},
            "(models.E012) 'constraints' refers to the nonexistent field 'titel'.",
        ),
        ({"option": 'order_with_respect_to = "que"'}, "FieldDoesNotExist: Ticket has no field named 'que'"),
        (
            {"field": 'other = models.ForeignKey(Queue, models.CASCADE, to_field="title", related_name="+")'},
            "(fields.E312) The to_field 'title' doesn't exist on the related model 'app.Queue'.",
        ),
        (
            {
                "field": 'x = models.ManyToManyField("auth.User", through="Watch", through_fields=("ticket", "who"), related_name="+")'
            },
            "(fields.E338) The intermediary model 'app.Watch' has no field 'who'.",
        ),
        (
            {"field": "target = GenericForeignKey()"},
            "(contenttypes.E001) The GenericForeignKey object ID references the nonexistent field 'object_id'.",
        ),
        (
            {"field": 'target = GenericForeignKey("kind", "queue")'},
            "(contenttypes.E002) The GenericForeignKey content type references the nonexistent field 'Ticket.kind'.",
        ),
    ],
)
def test_what_is_reported_fails(tmp_path, given, error):
    assert error in checked(tmp_path, **given)


def test_a_date_that_is_not_there_fails_when_a_row_is_validated(tmp_path):
    field = 'code = models.CharField(max_length=20, unique_for_date="date")'
    models = MODELS.format(field=field, option="abstract = False", child="abstract = False")
    script = 'from app.models import Ticket\nTicket(code="x", title="y").validate_unique()'
    said = run_django(tmp_path, {"app/models.py": models}, script)
    assert said.raised == "AttributeError: 'Ticket' object has no attribute 'date'"


@pytest.mark.parametrize(
    "given",
    [
        {"option": 'unique_together = [("title", "queue_id")]'},
        {"option": 'indexes = [models.Index(fields=["-day", "queue"], name="a")]'},
        {"child": 'order_with_respect_to = "queue"'},
        {"field": 'other = models.ForeignKey(Queue, models.CASCADE, to_field="name", related_name="+")'},
    ],
)
def test_what_is_let_through_does_not_fail(tmp_path, given):
    assert checked(tmp_path, **given).startswith("System check identified no issues")


def test_a_path_in_ordering_is_checked_and_one_in_get_latest_by_is_not(tmp_path):
    said = checked(tmp_path, option='ordering = ["-printed_at"]')
    assert "(models.E015) 'ordering' refers to the nonexistent field, related field, or lookup 'printed_at'." in said


def test_get_latest_by_fails_when_it_is_asked(tmp_path):
    models = MODELS.format(field="x = 1", option='get_latest_by = "printed_at"', child="abstract = False")
    script = CHECK + "from app.models import Ticket\nTicket.objects.latest()"
    said = run_django(tmp_path, {"app/models.py": models}, script)
    assert said.printed.startswith("System check identified no issues")
    assert "FieldError: Cannot resolve keyword 'printed_at' into field. Choices are: " in said.raised
