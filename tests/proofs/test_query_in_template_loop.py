"""What query-in-template-loop says is what Django asks of the database."""

import pytest

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import run_django

RULE = registry.load("query-in-template-loop")
URLS = """
from app.views import books
from django.urls import path

urlpatterns = [path("books", books)]
"""
ASK = """
from app.models import Author, Book
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

for number in range(ROWS):
    Book.objects.create(title=str(number), author=Author.objects.create(name=str(number)))
with CaptureQueriesContext(connection) as asked:
    assert Client().get("/books").content.count(b"<li>") == ROWS
print(len(asked))
"""


@pytest.mark.parametrize(("section", "rows", "queries"), [("Bad", 3, 4), ("Bad", 7, 8), ("Good", 3, 1), ("Good", 7, 1)])
def test_a_template_asks_once_for_each_row(tmp_path, section, rows, queries):
    files = {**example(RULE, section), "urls.py": URLS}
    assert run_django(tmp_path, files, ASK.replace("ROWS", str(rows))).printed.strip() == str(queries)


MODELS = """
from django.db import models


class Author(models.Model):
    name = models.CharField(max_length=50)


class Book(models.Model):
    title = models.CharField(max_length=50)
    author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="books")


class Cover(models.Model):
    book = models.OneToOneField(Book, on_delete=models.CASCADE)
"""
COUNT = """
from app.models import Author, Book, Cover
from django.db import connection
from django.db.models import Count
from django.template import Context, Engine
from django.test.utils import CaptureQueriesContext

for number in range(3):
    author = Author.objects.create(name=str(number))
    for _ in range(4):
        Cover.objects.create(book=Book.objects.create(title=str(number), author=author))
template = Engine().from_string(TEMPLATE)
with CaptureQueriesContext(connection) as asked:
    template.render(Context({"rows": ROWS}))
print(len(asked))
"""


@pytest.mark.parametrize(
    ("rows", "template", "queries"),
    [
        ("Author.objects.all()", "{% for a in rows %}{{ a.books.count }}{% endfor %}", 4),
        ("Author.objects.all()", "{% for a in rows %}{{ a.books.all|length }}{% endfor %}", 4),
        ("Author.objects.prefetch_related('books')", "{% for a in rows %}{{ a.books.count }}{% endfor %}", 2),
        ("Author.objects.prefetch_related('books')", "{% for a in rows %}{{ a.books.all.count }}{% endfor %}", 2),
        ("Author.objects.prefetch_related('books')", "{% for a in rows %}{{ a.books.exists }}{% endfor %}", 2),
        ("Author.objects.prefetch_related('books')", "{% for a in rows %}{{ a.books.all.0 }}{% endfor %}", 2),
        ("Author.objects.prefetch_related('books')", "{% for a in rows %}{{ a.books.first }}{% endfor %}", 5),
        ("Book.objects.all()", "{% for b in rows %}{{ b.cover }}{% endfor %}", 13),
        ("Book.objects.select_related('cover')", "{% for b in rows %}{{ b.cover }}{% endfor %}", 1),
        ("Book.objects.all()", "{% for b in rows %}{% if b.author %}.{% endif %}{% endfor %}", 13),
        ("Book.objects.all()", "{% for b in rows %}{{ b.author_id }}{% endfor %}", 1),
        ("Book.objects.all()", "{% regroup rows by author as authors %}", 13),
        ("Author.objects.first().books.all()", "{% for b in rows %}{{ b.author.name }}{% endfor %}", 2),
    ],
)
def test_what_is_loaded(tmp_path, rows, template, queries):
    script = COUNT.replace("TEMPLATE", repr(template)).replace("ROWS", rows)
    assert int(run_django(tmp_path, {"app/models.py": MODELS}, script).printed.strip()) == queries
