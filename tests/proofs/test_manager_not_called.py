"""What manager-not-called says is what Django and Jinja do."""

import pytest

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import run_django

RULE = registry.load("manager-not-called")
VIEW = """
from django.test import RequestFactory
from app.models import Book, Tag
from app.views import book

made = Book.objects.create()
made.tags.add(Tag.objects.create(name="prose"))
print(book(RequestFactory().get("/"), made.pk).content.decode().strip())
"""


def test_the_loop_raises(tmp_path):
    assert run_django(tmp_path, example(RULE, "Bad"), VIEW).raised == (
        "TypeError: 'ManyRelatedManager' object is not iterable"
    )


def test_the_rows_are_shown(tmp_path):
    assert run_django(tmp_path, example(RULE, "Good"), VIEW).printed.splitlines()[-1] == "prose"


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("{% if book.tags %}tags{% endif %}", "tags"),
        ("{% if book.tags.all %}tags{% endif %}.", "."),
        ("{{ book.tags|length }}", "0"),
    ],
)
def test_without_a_word(tmp_path, text, printed):
    script = f"""
from django.template import engines
from app.models import Book

print(engines["django"].from_string({text!r}).render({{"book": Book.objects.create()}}))
"""
    assert run_django(tmp_path, example(RULE, "Good"), script).printed.splitlines()[-1] == printed


def test_the_other_end_and_jinja(tmp_path):
    script = """
import jinja2
from app.models import Book, Tag

tag = Tag.objects.create(name="prose")
for text in ("{{ tag.book_set|length }}", "{% for book in tag.book_set %}{% endfor %}"):
    try:
        jinja2.Template(text).render(tag=tag)
    except TypeError as error:
        print(error)
"""
    said = run_django(tmp_path, example(RULE, "Good"), script)
    assert said.printed.splitlines()[-2:] == [
        "object of type 'ManyRelatedManager' has no len()",
        "'ManyRelatedManager' object is not iterable",
    ]
