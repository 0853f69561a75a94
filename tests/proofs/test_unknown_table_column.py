"""What unknown-table-column says is what django-tables2 does."""

from importlib.util import find_spec

import pytest

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import run_django

pytestmark = pytest.mark.skipif(find_spec("django_tables2") is None, reason="needs django-tables2")
RULE = registry.load("unknown-table-column")
SHOW = """
from app.models import Book
from app.tables import BookTable

for row in BookTable([Book(id=1, title="Emma")]).rows:
    print(list(row.cells))
"""


@pytest.mark.parametrize(("kind", "cells"), [("Bad", "[1, '—']\n"), ("Good", "[1, 'Emma']\n")])
def test_the_cells_are_empty(tmp_path, kind, cells):
    assert run_django(tmp_path, example(RULE, kind), SHOW).printed == cells


def test_so_are_those_of_an_accessor(tmp_path):
    files = dict(example(RULE, "Good"))
    files["app/tables.py"] = files["app/tables.py"].replace(
        "    class Meta", '    title = tables.Column(accessor="titel")\n\n    class Meta'
    )
    assert run_django(tmp_path, files, SHOW).printed == "[1, '—']\n"
