"""What unknown-serializer-field says is what Django REST framework does."""

import pytest

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import run_django

pytest.importorskip("rest_framework")
RULE = registry.load("unknown-serializer-field")
IMPORT = "import app.serializers\n"
USE = """
from app.models import Book
from app.serializers import BookSerializer

print(sorted(BookSerializer(Book(title="Emma")).data))
"""


def serializer(body: str) -> dict[str, str]:
    files = dict(example(RULE, "Good"))
    files["app/serializers.py"] = f"""
from rest_framework import serializers

from app.models import Book


class BookSerializer(serializers.ModelSerializer):
{body}
"""
    return files


def test_importing_it_says_nothing_and_using_it_fails(tmp_path):
    assert run_django(tmp_path, example(RULE, "Bad"), IMPORT).raised == ""
    assert run_django(tmp_path, example(RULE, "Bad"), USE).raised == (
        "django.core.exceptions.ImproperlyConfigured: Field name `titel` is not valid for model `Book` in "
        "`app.serializers.BookSerializer`."
    )
    assert run_django(tmp_path, example(RULE, "Good"), USE).printed == "['id', 'title']\n"


@pytest.mark.parametrize(
    ("body", "raised"),
    [
        (
            "    shelf = serializers.CharField()\n\n    class Meta:\n        model = Book\n        fields = ['title']\n",
            "AssertionError: The field 'shelf' was declared on serializer BookSerializer, but has not been included in the 'fields' option.",
        ),
        (
            "    class Meta:\n        model = Book\n        exclude = ['titel']\n",
            "AssertionError: The field 'titel' was included on serializer BookSerializer in the 'exclude' option, but does not match any model field.",
        ),
        (
            "    class Meta:\n        model = Book\n        fields = 'title'\n",
            'TypeError: The `fields` option must be a list or tuple or "__all__". Got str.',
        ),
    ],
)  # fmt: skip
def test_other_mistakes(tmp_path, body, raised):
    assert run_django(tmp_path, serializer(body), USE).raised == raised


def test_what_is_ignored_without_a_word(tmp_path):
    body = """
    class Meta:
        model = Book
        fields = ["title"]
        read_only_fields = ["titel"]
        extra_kwargs = {"titel": {"required": False}}

    def validate_titel(self, value):
        raise serializers.ValidationError("never")
"""
    script = """
from app.serializers import BookSerializer

serializer = BookSerializer(data={"title": "Emma"})
print(serializer.is_valid(), dict(serializer.validated_data))
"""
    assert run_django(tmp_path, serializer(body), script).printed == "True {'title': 'Emma'}\n"
