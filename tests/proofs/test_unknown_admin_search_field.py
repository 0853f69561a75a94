"""What unknown-admin-search-field says is what Django's admin does at the first search."""

from linter import registry
from linter.examples import example
from linter.testing import read_case
from tests.proofs.django_runner import run_django

RULE = registry.load("unknown-admin-search-field")
SEARCH = """
from django.contrib.auth.models import User
from django.test import Client

client = Client()
client.force_login(User.objects.create_superuser("ada"))
print(client.get("/admin/app/book/").status_code)
print(client.get("/admin/app/book/?q=x").status_code)
"""
EACH = """
from django.contrib import admin
from django.core.exceptions import FieldError
from django.test import RequestFactory
from app.models import Book

mine = admin.site._registry[Book]
for name in list(mine.search_fields):
    mine.search_fields = [name]
    try:
        list(mine.get_search_results(None, Book.objects.all(), "1")[0])
    except FieldError:
        print(name)
"""


def test_the_list_opens_and_the_search_fails(tmp_path):
    said = run_django(tmp_path, example(RULE, "Bad"), SEARCH)
    assert said.printed.split() == ["200"]
    assert said.raised == (
        "django.core.exceptions.FieldError: Cannot resolve keyword 'titel' into field. Choices are: author, author_id, id, title"
    )


def test_with_the_right_name_it_works(tmp_path):
    assert run_django(tmp_path, example(RULE, "Good"), SEARCH).printed.split() == ["200", "200"]


def test_a_relation_has_no_text(tmp_path):
    files = {path: text.replace('"titel"', '"author"') for path, text in example(RULE, "Bad").items()}
    said = run_django(tmp_path, files, SEARCH)
    assert said.raised == (
        "django.core.exceptions.FieldError: Unsupported lookup 'icontains' for ForeignKey or join on the field not permitted."
    )


def test_each_marked_name_fails_and_no_other(tmp_path, testdata):
    case = read_case(testdata / "unknown-admin-search-field" / "names_and_traps")
    lines = case.files["app/admin.py"].splitlines()
    marked = {lines[m.line - 1][m.start : m.end].strip("\"'") for m in case.marks if m.line < 35}
    said = run_django(tmp_path, case.files, EACH)
    assert said.raised == ""
    full_text = {"@title"}  # which needs django.contrib.postgres
    assert set(said.printed.split()) == marked - {"book__titel"} | full_text


def test_no_system_check_looks_at_it(tmp_path):
    script = "from django.core.management import call_command\ncall_command('check')"
    assert run_django(tmp_path, example(RULE, "Bad"), script).raised == ""
