"""Gates that look at the text of a function before it is parsed let through whatever may be asked about."""

from __future__ import annotations

import time

import pytest

from linter.project.queries.methods import may_call
from linter.project.queries.stores import assigned


@pytest.mark.parametrize(
    "text",
    [
        "Book(title=1)",
        "Book (title=1)",
        "(Book)(title=1)",
        "(Book  # a comment\n (title=1))",
        "models.Book\\\n(title=1)",
        "Élan(title=1)",
        "Caféx(title=1)",
        "cls(title=1)",
        "model(title=1)",
        "self.model(title=1)",
        "self.__class__(title=1)",
        "rows.filter(title=1)",
        "(rows.\n # a comment\n filter(title=1))",
        "await rows.aget(title=1)",
        "get_list_or_404(rows, title=1)",
        "await aprefetch_related_objects(rows, 'title')",
        "book.save(update_fields=['title'])",
    ],
)
def test_what_may_call_the_orm_is_looked_at(text: str) -> None:
    assert may_call(text.encode())


@pytest.mark.parametrize(
    "text", ["self.assertEqual(1, 2)", "self.setUp()", "model_of(1)", "book.save()", "HTTP_OK", "rows.filtered(a=1)"]
)
def test_what_calls_something_else_is_not(text: str) -> None:
    assert not may_call(text.encode())


@pytest.mark.parametrize(
    "text",
    [
        "book.author = 1",
        "book.author: int = 1",
        "book.author, x = 1, 2",
        "(x, book.author) = 1, 2",
        "[book.author] = rows",
        "for book.author in rows: pass",
        "with one() as book.author: pass",
        "book \\\n . author \\\n = 1",
    ],
)
def test_what_may_be_assigned_to_is_seen(text: str) -> None:
    assert b"author" in assigned(text.encode())


def test_what_is_only_read_is_not() -> None:
    assert b"author" not in assigned(b"return book.author.name == book.author == 1")


@pytest.mark.parametrize("text", ["字" * 200_000, "A" * 200_000, "A" + ")" * 200_000, ".x" * 100_000, "." * 200_000])
def test_no_text_takes_long(text: str) -> None:
    started = time.perf_counter()
    may_call(text.encode())
    assigned(text.encode())
    assert time.perf_counter() - started < 5
