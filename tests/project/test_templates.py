"""Templates linked: names, contexts, what a condition comes to, and what paths are after loops, filters and tags."""

from __future__ import annotations

import pytest

from linter.examples import options, written
from linter.extract.templates import extract_template
from linter.facts import template as t
from linter.inspect.templates import records
from linter.project.circles import Circles
from linter.project.templates.context import CLOSED, Context, hope, join
from linter.project.templates.evaluation import _operands, _truth, dotted
from linter.project.types import INT, STR, UNKNOWN, union
from linter.run import index

# --- contexts --------------------------------------------------------------------------------------------------------


def test_a_name_that_one_closed_context_lacks_is_as_the_others_have_it():
    assert join([Context({"a": INT}), CLOSED]).get("a") == INT


def test_a_name_that_an_open_context_may_have_is_not_known():
    assert join([Context({"a": INT}), Context(is_open=True)]).get("a") == UNKNOWN


def test_a_name_is_all_that_it_is_in_any_context():
    joined = join([Context({"a": INT, "b": STR}), Context({"a": STR, "b": UNKNOWN})])
    assert joined.get("a") == union(INT, STR)
    assert joined.get("b") == UNKNOWN


def test_what_is_shown_is_what_some_context_is_known_to_give():
    assert hope([Context({"a": INT}), Context({"a": UNKNOWN}, True)]).get("a") == INT


def test_only_blocks_that_every_child_fills_are_filled():
    one = Context({}, filled=frozenset({"a", "b"}))
    assert join([one, Context({}, filled=frozenset({"b"}))]).filled == {"b"}
    assert join([one, CLOSED]).filled == frozenset()


# --- circles ---------------------------------------------------------------------------------------------------------


def test_a_circle_is_all_that_leads_back():
    before = {"leaf": ("a",), "a": ("b", "root"), "b": ("a",), "root": ()}
    circles = Circles(before.__getitem__)
    assert [circles.of(name) for name in before] == [("leaf",), ("a", "b"), ("a", "b"), ("root",)]


def test_a_chain_of_any_length_needs_no_recursion():
    circles = Circles(lambda name: (str(int(name) + 1),) if int(name) < 5000 else ())
    assert circles.of("0") == ("0",)
    assert circles.of("5000") == ("5000",)


# --- conditions ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("condition", "comes_to"),
    [
        ("x.no", False),
        ("not x.no", True),
        ("not not x.no", False),
        ("x.no and y", False),
        ("y and x.no", False),
        ("y and not x.no", None),
        ("x.no or y", None),
        ("not x.no or y", True),
        ("not y or not x.no", True),
        ("not (x.no and y)", True),
        ("x.no == 'a'", False),
        ("x.no != 'a'", True),
        ("x.no == y", None),
        ("x.no == none", None),
        ("x.no > 3", None),
        ("y", None),
    ],
)
def test_what_a_condition_comes_to_without_one_of_its_names(condition, comes_to):
    facts = extract_template(f"{{%- if {condition} %}}{{% endif %}}".encode())
    test = facts.nodes[0].test
    missing = [path for path in _operands(test) if dotted(path) == "x.no"]
    assert _truth(test, missing[0] if missing else t.Attr(t.Name("x"), "no")) is comes_to


# --- paths -----------------------------------------------------------------------------------------------------------

MODELS = """
from django.db import models


class Author(models.Model):
    name = models.CharField(max_length=10)


class Book(models.Model):
    title = models.CharField(max_length=10)
    author = models.ForeignKey(Author, models.CASCADE, related_name="books")

    def readers(self, number=3):
        return Author.objects.all()[:number]

    def sequel(self, volume):
        return Book.objects.get(pk=volume)
"""
VIEWS = """
from django.shortcuts import render

from app.models import Author, Book


class Shelf:
    def __init__(self):
        self.best = Book.objects.get(pk=1)


def page(request):
    books = Book.objects.all()
    context = {
        "book": Book.objects.get(pk=1), "books": books, "pairs": [(book, book.author) for book in books],
        "by_name": {"first": books.first(), "author": Author.objects.get(pk=1)}, "shelf": Shelf(), "Book": Book,
    }
    return render(request, "page.html", context)
"""


def types_in(text: str, **more: str) -> dict[str, list[str]]:
    """The types of the roots of the paths in a template that the view renders."""
    files = {"manage.py": "", "app/__init__.py": "", "app/models.py": MODELS, "app/views.py": VIEWS}
    files |= {"app/templates/page.html": text, **{f"app/templates/{k}.html": v for k, v in more.items()}}
    with written(files) as root:
        rows = records(index(options(root)))
    return {row["name"]: row["types"] for row in rows}


@pytest.mark.parametrize(
    ("text", "path", "types"),
    [
        ("{% for b in books %}{{ b.x }}{% endfor %}", "b.x", ["app.Book"]),
        ("{% for b in book.author.books.all %}{{ b.x }}{% endfor %}", "b.x", ["app.Book"]),
        ("{% for a in book.readers %}{{ a.x }}{% endfor %}", "a.x", ["app.Author"]),
        ("{% with s=book.sequel %}{{ s.x }}{% endwith %}", "s.x", []),
        ("{% for b, a in pairs %}{{ b.x }}{{ a.y }}{% endfor %}", "a.y", ["app.Author"]),
        ("{% for pair in pairs %}{% with p=pair.1 %}{{ p.x }}{% endwith %}{% endfor %}", "p.x", ["app.Author"]),
        ("{% for key, value in by_name.items %}{{ value.x }}{% endfor %}", "value.x", ["app.Author", "app.Book"]),
        ("{% with f=by_name.author %}{{ f.x }}{% endwith %}", "f.x", ["app.Author"]),
        ("{% with b=shelf.best %}{{ b.x }}{% endwith %}", "b.x", ["app.Book"]),
        ("{% with b=books|first|default:book %}{{ b.x }}{% endwith %}", "b.x", ["app.Book"]),
        ("{% for b in books|slice:':2'|dictsort:'title' %}{{ b.x }}{% endfor %}", "b.x", ["app.Book"]),
        ("{% with b=books|anything %}{{ b.x }}{% endwith %}", "b.x", []),
        ("{% regroup books by author as groups %}{% for g in groups %}{% for b in g.list %}{{ b.x }}{% endfor %}{% endfor %}", "b.x", ["app.Book"]),
        ("{% firstof book as b %}{{ b.x }}", "b.x", ["app.Book"]),
        ("{% if y %}{% with book=books %}{% endwith %}{% endif %}{{ book.x }}", "book.x", ["app.Book"]),
        ("{% for book in pairs %}{% endfor %}{{ book.x }}", "book.x", ["app.Book"]),
        ("{% for x in books %}{{ forloop.counter }}{{ forloop.parentloop.first }}{% endfor %}", "forloop.counter", ["dict"]),
    ],
)  # fmt: skip
def test_what_a_path_starts_from_in_a_django_template(text, path, types):
    assert types_in(text)[path] == types


@pytest.mark.parametrize(
    ("text", "path", "types"),
    [
        ("{{ f(1) }}{% for b in books if b.x %}{% endfor %}", "b.x", ["app.Book"]),
        ("{% for a in book.readers() %}{{ a.x }}{% endfor %}", "a.x", ["app.Author"]),
        ("{% set s = book.sequel(2) %}{{ s.x }}", "s.x", ["app.Book"]),
        ("{{ f(1) }}{% set b, a = pairs[0] %}{{ a.x }}", "a.x", ["app.Author"]),
        ("{% set b = by_name['author'] %}{{ b.x }}", "b.x", ["app.Author"]),
        ("{{ f(1) }}{% for k, v in by_name.items() %}{{ v.x }}{% endfor %}", "v.x", ["app.Author", "app.Book"]),
        ("{% set b = book if y else books|first %}{{ b.x }}", "b.x", ["app.Book"]),
        ("{% set b = books|list|last %}{{ b.x }}", "b.x", ["app.Book"]),
        ("{% for group in books|batch(3) %}{% for b in group %}{{ b.x }}{% endfor %}{% endfor %}", "b.x", ["app.Book"]),
        ("{% macro m(book) %}{{ book.x }}{% endmacro %}", "book.x", []),
        (
            "{% macro m(b) %}{{ b.x }}{% endmacro %}{{ m(book) }}{{ m(b=by_name.author) }}",
            "b.x",
            ["app.Author", "app.Book"],
        ),
        ("{% macro m(b, a=none) %}{{ a.x }}{% endmacro %}{{ m(1) }}{{ m(1, by_name.author) }}", "a.x", ["app.Author"]),
        (
            "{% macro m(b) %}{{ b.x }}{% if b.y %}{{ m(b.author.books[0]) }}{% endif %}{% endmacro %}{{ m(book) }}",
            "b.x",
            ["app.Book"],
        ),
        ("{% from 'lib.html' import book %}{{ f(book.x) }}", "book.x", []),
    ],
)
def test_what_a_path_starts_from_in_a_jinja_template(text, path, types):
    assert types_in(text)[path] == types


def test_an_included_template_gets_the_context_and_what_it_is_given():
    found = types_in(
        "{% include 'part.html' with b=book %}",
        part="{{ b.x }}{{ books.y }}{% include './leaf.html' %}",
        leaf="{{ b.z }}",
    )
    assert found["b.x"] == found["b.z"] == ["app.Book"]
    assert found["books.y"] == ["django.db.models.query.QuerySet[app.Book]"]


def test_only_keeps_the_context_outside():
    found = types_in("{% include 'part.html' with b=book only %}", part="{{ b.x }}{{ books.y }}")
    assert found == {"b.x": ["app.Book"], "books.y": []}


def test_a_relative_name_that_leaves_the_folder_of_templates_is_nobodys():
    path = "app/templates/pages/a.html"
    with written({path: "", "app/templates/pages/b.html": ""}) as root:
        names = index(options(root)).templates.names
    assert names.find("../../../other.html", path) == ()
    assert names.find("./b.html", path) == ("app/templates/pages/b.html",)


def test_templates_that_include_each_other():
    found = types_in(
        "{% include 'a.html' with n=book %}",
        a="{{ n.x }}{% include 'b.html' %}",
        b="{{ n.y }}{% include 'a.html' with n=n.author %}",
    )
    assert found == {
        "n.x": ["app.Author", "app.Book"],
        "n.y": ["app.Author", "app.Book"],
        "n.author": ["app.Author", "app.Book"],
    }


def test_a_macro_of_another_template_is_called_from_several():
    found = types_in(
        "{% from 'lib.html' import row as line %}{% import 'lib.html' as lib %}{{ line(book) }}{{ lib.row(item=books[0].author) }}",
        lib="{% macro row(item) %}{{ item.x }}{% endmacro %}{% macro unused(item) %}{{ item.y }}{% endmacro %}",
    )
    assert found["item.x"] == ["app.Author", "app.Book"]
    assert found["item.y"] == []


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("{{ row(book) }}", "invalid"),
        ("{{ row(book) }}{{ row(books) }}", "invalid"),
        ("{{ row(book) }}{{ row(1) }}", "unknown"),
        ("{{ row(book) }}{{ row(*books) }}", "unknown"),
        ("{{ row(book) }}{% include 'part.html' %}", "unknown"),
        ("{{ row(book) }}{% include 'other.html' %}", "invalid"),
    ],
)
def test_a_macro_of_which_not_every_call_is_understood_is_not_known(text, status):
    row = "{% from 'lib.html' import row %}"
    lib = "{% macro row(item) %}{{ item.nothing }}{% endmacro %}"
    files = {"manage.py": "", "app/__init__.py": "", "app/models.py": MODELS, "app/views.py": VIEWS}
    files |= {"app/templates/page.html": row + text, "app/templates/lib.html": lib}
    files |= {"app/templates/part.html": "{{ row(books) }}", "app/templates/other.html": "{{ book.title }}"}
    with written(files) as root:
        rows = records(index(options(root)))
    assert [r["status"] for r in rows if r["name"] == "item.nothing"] == [status]
