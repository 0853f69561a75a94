"""What update-fields-skip-auto-now says is what Django does."""

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import run_django

RULE = registry.load("update-fields-skip-auto-now")
RENAME = """
from app.models import Page

page = Page.objects.create(title="old")
before = page.updated
page.rename("new")
page = Page.objects.get()
print(page.title, page.updated > before)
"""


def test_the_bad_example_leaves_the_time_as_it_was(tmp_path):
    assert run_django(tmp_path, example(RULE, "Bad"), RENAME).printed == "new False\n"


def test_the_good_example_does_not(tmp_path):
    assert run_django(tmp_path, example(RULE, "Good"), RENAME).printed == "new True\n"
