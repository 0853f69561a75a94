"""What missing-raw-guard says is what `loaddata` does."""

import json

import pytest

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import TABLES, run_django

RULE = registry.load("missing-raw-guard")
LOAD = """
from django.core import mail
mail.outbox = []
from django.test.utils import override_settings
with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
    call_command("loaddata", "readers", verbosity=0)
from app.models import Reader
print(Reader.objects.count(), len(mail.outbox))
"""


@pytest.mark.parametrize(("section", "printed"), [("Bad", "2 2\n"), ("Good", "2 0\n")])
def test_everybody_in_the_file_gets_a_mail(tmp_path, section, printed):
    assert run_django(tmp_path, example(RULE, section), LOAD).printed == printed


MODELS = """
from django.db import models
from django.db.models.signals import post_save
from django.dispatch import receiver

class Shelf(models.Model):
    name = models.CharField(max_length=9)

class Book(models.Model):
    shelf = models.ForeignKey(Shelf, on_delete=models.CASCADE)

class Cover(models.Model):
    book = models.OneToOneField(Book, on_delete=models.CASCADE)

@receiver(post_save, sender=Book)
def saved(sender, instance, created, raw, **kwargs):
"""
SHELF = {"model": "app.shelf", "pk": 1, "fields": {"name": "a"}}
BOOK = {"model": "app.book", "pk": 1, "fields": {"shelf": 1}}
COVER = {"model": "app.cover", "pk": 5, "fields": {"book": 1}}


def loaded(folder, body, *rows):
    files = {"app/models.py": MODELS + f"    {body}\n", "app/fixtures/rows.json": json.dumps(rows)}
    return run_django(folder, files, 'call_command("loaddata", "rows", verbosity=0)').raised


def test_what_comes_later_in_the_file_is_not_there_yet(tmp_path):
    assert TABLES
    said = loaded(tmp_path, "print(instance.shelf.name)", BOOK, SHELF)
    assert said.startswith("app.models.Shelf.DoesNotExist: Problem installing fixture")
    assert "app.models.Shelf.DoesNotExist: Problem installing fixture" in RULE.documentation()
    assert loaded(tmp_path, "print(instance.shelf.name)", SHELF, BOOK) == ""


@pytest.mark.parametrize("make", ["create", "get_or_create"])
def test_a_row_that_the_file_holds_too(tmp_path, make):
    said = loaded(tmp_path, f"Cover.objects.{make}(book=instance)", SHELF, BOOK, COVER)
    assert said.startswith("django.db.utils.IntegrityError: Problem installing fixture")
    assert said.endswith("UNIQUE constraint failed: app_cover.book_id")
    assert loaded(tmp_path, f"raw or Cover.objects.{make}(book=instance)", SHELF, BOOK, COVER) == ""
