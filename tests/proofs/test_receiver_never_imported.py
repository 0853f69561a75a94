"""What receiver-never-imported says is what Django does: it imports no `signals.py` by itself."""

import pytest

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import run_django

RULE = registry.load("receiver-never-imported")
SAVE = "from app.models import Book\nBook.objects.create(title='Emma')\nprint('done')"


def files(section):
    return {path: text for path, text in example(RULE, section).items() if path != "settings.py"}


@pytest.mark.parametrize(("section", "printed"), [("Bad", "done\n"), ("Good", "saved Emma\ndone\n")])
def test_only_what_is_imported_is_called(tmp_path, section, printed):
    assert run_django(tmp_path, files(section), SAVE).printed == printed


def test_a_misspelt_ready_is_not_called(tmp_path):
    good = files("Good")
    good["app/apps.py"] = good["app/apps.py"].replace("def ready", "def reddy")
    assert run_django(tmp_path, good, SAVE).printed == "done\n"
