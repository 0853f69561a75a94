"""What sender-never-fires calls silent is silent in Django."""

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import SETTINGS, run_django

RULE = registry.load("sender-never-fires")

TAG = """
from app.models import Book, Tag

Book.objects.create().tags.add(Tag.objects.create(name="t"))
"""
ABSTRACT = """
from django.db import models
from django.db.models.signals import (
    m2m_changed, post_delete, post_init, post_save, pre_delete, pre_init, pre_save
)


class Base(models.Model):
    class Meta:
        abstract = True


class Tag(models.Model):
    pass


class Book(Base):
    tags = models.ManyToManyField(Tag)


def told(sender, **kwargs):
    print("told", sender.__name__)


for signal in (pre_init, post_init, pre_save, post_save, pre_delete, post_delete):
    signal.connect(told, sender=SENDER)
"""
ROWS = """
from app.models import Book, Tag

book = Book.objects.create()
book.tags.add(Tag.objects.create())
Book.objects.get().delete()
"""
SWAPPED = """
from django.contrib.auth.models import AbstractUser, User
from django.db.models.signals import post_save


class Person(AbstractUser):
    pass


def told(sender, **kwargs):
    print("told", sender.__name__)


post_save.connect(told, sender=SENDER)
"""
PERSON = """
from app.models import Person

Person.objects.create(username="ada")
"""


def test_the_field_never_sends(tmp_path):
    assert run_django(tmp_path, example(RULE, "Bad"), TAG).printed == ""


def test_the_table_between_does(tmp_path):
    printed = run_django(tmp_path, example(RULE, "Good"), TAG).printed
    assert printed == "pre_add Book object (1)\npost_add Book object (1)\n"


def test_a_model_at_its_side_never_sends_m2m_changed(tmp_path):
    files = {"app/models.py": example(RULE, "Bad")["app/models.py"].replace("sender=Book.tags", "sender=Book")}
    assert run_django(tmp_path, files, TAG).printed == ""


def test_an_abstract_model_never_sends(tmp_path):
    base = {"app/models.py": ABSTRACT.replace("SENDER", "Base")}
    assert run_django(tmp_path / "base", base, ROWS) == ("", "")
    book = {"app/models.py": ABSTRACT.replace("SENDER", "Book")}
    assert run_django(tmp_path / "book", book, ROWS).printed.count("told Book") == 8


def test_a_swapped_model_never_sends(tmp_path):
    settings = SETTINGS + 'AUTH_USER_MODEL = "app.Person"\n'
    user = {"settings.py": settings, "app/models.py": SWAPPED.replace("SENDER", "User")}
    assert run_django(tmp_path / "user", user, PERSON) == ("", "")
    person = {"settings.py": settings, "app/models.py": SWAPPED.replace("SENDER", "Person")}
    assert run_django(tmp_path / "person", person, PERSON).printed == "told Person\n"
