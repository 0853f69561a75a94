"""What weak-local-receiver says is what Django does: it holds receivers by weak references."""

import pytest

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import run_django

RULE = registry.load("weak-local-receiver")
SAVE = "from app.models import Book\nBook.objects.create(title='Emma')\nprint('done')"


@pytest.mark.parametrize(("section", "printed"), [("Bad", "done\n"), ("Good", "saved Emma\ndone\n")])
def test_what_nothing_keeps_is_never_called(tmp_path, section, printed):
    assert run_django(tmp_path, example(RULE, section), SAVE).printed == printed


MODELS = """
from functools import partial
from django.db import models
from django.db.models.signals import post_save
from django.dispatch import receiver

class Book(models.Model):
    title = models.CharField(max_length=9)

def say(sender, text="called", **kwargs):
    print(text)

def connect():
    @receiver(post_save, sender=Book{weak})
    def inner(sender, **kwargs):
        print("called")

{line}
"""


@pytest.mark.parametrize(
    ("line", "weak", "called"),
    [
        ("post_save.connect(lambda sender, **kwargs: print('called'), sender=Book)", "", False),
        ("post_save.connect(partial(say, text='called'), sender=Book)", "", False),
        ("post_save.connect(lambda sender, **kwargs: print('called'), Book, False)", "", True),
        ("connect()", "", False),
        ("connect()", ", weak=False", True),
        ("kept = partial(say)\npost_save.connect(kept, sender=Book)", "", True),
    ],
)
def test_which_are_kept(tmp_path, line, weak, called):
    files = {"app/models.py": MODELS.format(line=line, weak=weak)}
    assert run_django(tmp_path, files, SAVE).printed == ("called\n" if called else "") + "done\n"
