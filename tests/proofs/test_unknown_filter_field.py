"""What unknown-filter-field says is what django-filter does."""

import pytest

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import run_django

pytest.importorskip("django_filters")
RULE = registry.load("unknown-filter-field")
USE = """
from app.filters import BookFilter

print(len(BookFilter({"titel": "x", "title": "x"}).qs))
"""


def test_the_import_fails(tmp_path):
    said = run_django(tmp_path, example(RULE, "Bad"), "import app.filters")
    assert said.raised == "TypeError: 'Meta.fields' must not contain non-model field names: titel"
    assert run_django(tmp_path, example(RULE, "Good"), USE).printed == "0\n"


@pytest.mark.parametrize("declared", ["titel = django_filters.CharFilter()", 'title = django_filters.CharFilter(field_name="titel")'])  # fmt: skip
def test_a_declared_filter_fails_when_it_is_used(tmp_path, declared):
    files = dict(example(RULE, "Good"))
    files["app/filters.py"] = files["app/filters.py"].replace("    class Meta", f"    {declared}\n\n    class Meta")
    assert run_django(tmp_path, files, "import app.filters").raised == ""
    said = run_django(tmp_path, files, USE)
    assert said.raised == (
        "django.core.exceptions.FieldError: Cannot resolve keyword 'titel' into field. Choices are: id, title"
    )
