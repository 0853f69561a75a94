"""What unknown-view-option says is what Django's views and those of Django REST framework do."""

import pytest

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import run_django

RULE = registry.load("unknown-view-option")
ASK = """
from django.test import RequestFactory
from app.views import {view}

request = RequestFactory().get("/{query}")
response = {view}.as_view({actions})(request{arguments})
print(response.status_code, len(response.data if hasattr(response, "data") else response.context_data["object_list"]))
"""


def ask(view: str, query: str = "", actions: str = "", arguments: str = "") -> str:
    return ASK.format(view=view, query=query, actions=actions, arguments=arguments)


def test_ordering(tmp_path):
    said = run_django(tmp_path, example(RULE, "Bad"), ask("BookList"))
    assert said.raised == (
        "django.core.exceptions.FieldError: Cannot resolve keyword 'titel' into field. Choices are: id, title"
    )
    assert run_django(tmp_path, example(RULE, "Good"), ask("BookList")).printed == "200 0\n"


def views(body: str) -> dict[str, str]:
    files = dict(example(RULE, "Good"))
    files["app/views.py"] = (
        f"from django.views.generic import *\n\nfrom app.models import Book\n\n\nclass Mine({body}\n"
    )
    return files


@pytest.mark.parametrize(
    ("body", "arguments", "raised"),
    [
        ('CreateView):\n    model = Book\n    fields = ["titel"]', "", "django.core.exceptions.FieldError: Unknown field(s) (titel) specified for Book"),
        ('ArchiveIndexView):\n    model = Book\n    date_field = "created"', "", "django.core.exceptions.FieldError: Cannot resolve keyword 'created' into field. Choices are: id, title"),
        ('DetailView):\n    model = Book\n    slug_field = "slugg"', ", slug='x'", "django.core.exceptions.FieldError: Cannot resolve keyword 'slugg' into field. Choices are: id, title"),
    ],
)  # fmt: skip
def test_generic_views(tmp_path, body, arguments, raised):
    assert run_django(tmp_path, views(body), ask("Mine", arguments=arguments)).raised == raised


def test_a_keyword_that_is_no_attribute(tmp_path):
    said = run_django(tmp_path, example(RULE, "Good"), "from app.views import BookList\nBookList.as_view(modle=1)")
    assert said.raised == (
        "TypeError: BookList() received an invalid keyword 'modle'. as_view only accepts arguments that are already "
        "attributes of the class."
    )


REST = """
from rest_framework import filters, generics, serializers

from app.models import Book


class BookSerializer(serializers.ModelSerializer):
    class Meta:
        model = Book
        fields = ["title"]


class Mine(generics.{base}):
    queryset = Book.objects.all()
    serializer_class = BookSerializer
    permission_classes = authentication_classes = []
    {options}
"""
CHOICES = " into field. Choices are: id, title"


@pytest.mark.parametrize(
    ("base", "options", "query", "arguments", "raised"),
    [
        ("RetrieveAPIView", 'lookup_field = "titel"', "", ", titel='x'", "FieldError: Cannot resolve keyword 'titel'" + CHOICES),
        ("ListAPIView", 'filter_backends = [filters.OrderingFilter]; ordering = "titel"', "", "", "FieldError: Cannot resolve keyword 'titel'" + CHOICES),
        ("ListAPIView", 'filter_backends = [filters.OrderingFilter]; ordering_fields = ["titel"]', "?ordering=titel", "", "FieldError: Cannot resolve keyword 'titel'" + CHOICES),
        ("ListAPIView", 'filter_backends = [filters.SearchFilter]; search_fields = ["titel"]', "?search=x", "", "FieldError: Cannot resolve keyword 'titel'" + CHOICES),
    ],
)  # fmt: skip
def test_rest_views(tmp_path, base, options, query, arguments, raised):
    pytest.importorskip("rest_framework")
    files = {**example(RULE, "Good"), "app/views.py": REST.format(base=base, options=options)}
    said = run_django(tmp_path, files, ask("Mine", query=query, arguments=arguments))
    assert said.raised == f"django.core.exceptions.{raised}"


def test_filterset_fields(tmp_path):
    pytest.importorskip("rest_framework")
    pytest.importorskip("django_filters")
    options = 'from django_filters.rest_framework import DjangoFilterBackend; filter_backends = [DjangoFilterBackend]; filterset_fields = ["titel"]'
    files = {**example(RULE, "Good"), "app/views.py": REST.format(base="ListAPIView", options=options)}
    said = run_django(tmp_path, files, ask("Mine"))
    assert said.raised == "TypeError: 'Meta.fields' must not contain non-model field names: titel"
