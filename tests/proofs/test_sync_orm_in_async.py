"""What sync-orm-in-async says is what Django raises."""

import pytest

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import SETTINGS, run_django

RULE = registry.load("sync-orm-in-async")
URLS = """
from app.views import books
from django.urls import path

urlpatterns = [path("books", books)]
"""
ASK = """
import asyncio
from django.test import AsyncClient

print(asyncio.run(AsyncClient().get("/books")).json())
"""
IN_A_LOOP = """
import asyncio
from app.models import Book
from asgiref.sync import sync_to_async

book = Book.objects.create(title="a")

async def work():
    {}

asyncio.run(work())
"""
# Other threads see the tables only where they stand in a file.
IN_A_FILE = {"settings.py": SETTINGS.replace(":memory:", "db.sqlite3")}
REFUSED = "SynchronousOnlyOperation: You cannot call this from an async context - use a thread or sync_to_async."


def test_the_bad_example_is_refused(tmp_path):
    said = run_django(tmp_path, {**example(RULE, "Bad"), "urls.py": URLS}, ASK)
    assert said.raised.endswith(REFUSED)
    assert REFUSED in RULE.documentation()


def test_the_good_example_answers(tmp_path):
    assert (
        run_django(tmp_path, {**example(RULE, "Good"), **IN_A_FILE, "urls.py": URLS}, ASK).printed.strip()
        == "{'number': 0}"
    )


@pytest.mark.parametrize(
    "line", ["book.save()", "list(Book.objects.all())", "for book in Book.objects.all(): pass", "Book.objects.exists()"]
)
def test_all_that_asks_the_database_is_refused(tmp_path, line):
    assert run_django(tmp_path, example(RULE, "Bad"), IN_A_LOOP.format(line)).raised.endswith(REFUSED)


@pytest.mark.parametrize(
    "line", ["Book.objects.filter(title='a').order_by('pk')", "await sync_to_async(lambda: book.save())()"]
)
def test_what_asks_nothing_there_is_not(tmp_path, line):
    assert run_django(tmp_path, {**example(RULE, "Bad"), **IN_A_FILE}, IN_A_LOOP.format(line)).raised == ""
