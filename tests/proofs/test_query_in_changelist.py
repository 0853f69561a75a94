"""What query-in-changelist says is what Django's admin asks of the database."""

import pytest

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import run_django

RULE = registry.load("query-in-changelist")
ASK = """
from app.models import Author, Book
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

client = Client()
client.force_login(User.objects.create_superuser("ada"))


def asked(rows):
    for number in range(rows):
        Book.objects.create(title=str(number), author=Author.objects.create(name=str(number)))
    with CaptureQueriesContext(connection) as found:
        assert client.get("/admin/app/book/").status_code == 200
    return len(found)



asked(1)
first = asked(2)
print(asked(6) - first)
"""


@pytest.mark.parametrize(("section", "more"), [("Bad", 6), ("Good", 0)])
def test_the_list_asks_once_for_each_row(tmp_path, section, more):
    assert run_django(tmp_path, example(RULE, section), ASK).printed.strip() == str(more)


ADMIN = """
from django.contrib import admin

from app.models import Book


@admin.register(Book)
class BookAdmin(admin.ModelAdmin):
    OPTIONS
"""
METHOD = "\n\n    def written_by(self, book):\n        return book.author.name"
PLAIN = 'search_fields = ["title"]'
TEXT = "\n\n    def __str__(self):\n        return self.author.name\n"
KEY = "models.ForeignKey(Author, on_delete=models.CASCADE)"
NULL = "models.ForeignKey(Author, null=True, on_delete=models.CASCADE)"


@pytest.mark.parametrize(
    ("options", "field", "more"),
    [
        ('list_display = ["title"]', "", 0),
        ('list_display = ["author"]', "", 0),
        ('list_display = ["author_id"]', "", 0),
        ('list_display = ["author"]', NULL, 6),
        ('list_display = ["author", "written_by"]' + METHOD, "", 0),
        ('list_display = ["author", "written_by"]' + METHOD, NULL, 6),
        ('list_display = ["written_by"]\n    list_select_related = True' + METHOD, "", 0),
        ('list_display = ["written_by"]\n    list_select_related = True' + METHOD, NULL, 6),
        ('list_display = ["written_by"]\n    list_select_related = ["author"]' + METHOD, NULL, 0),
        (PLAIN, "", 6),
    ],
)
def test_what_is_selected_by_itself(tmp_path, options, field, more):
    files = dict(example(RULE, "Bad"))
    files["app/admin.py"] = ADMIN.replace("OPTIONS", options)
    files["app/models.py"] = files["app/models.py"].replace(KEY, field or KEY)
    if options == PLAIN:  # nothing says what to show: the text of each book, which names its author
        files["app/models.py"] = files["app/models.py"].rstrip() + TEXT
    assert run_django(tmp_path, files, ASK).printed.strip() == str(more)
