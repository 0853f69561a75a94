"""What unresolved-serializer-source says is what Django REST framework does."""

import pytest

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import run_django

pytest.importorskip("rest_framework")
RULE = registry.load("unresolved-serializer-source")
USE = """
from app.models import Author, Book
from app.serializers import BookSerializer

try:
    print(dict(BookSerializer(Book(author=Author(name="Jane"))).data))
except AttributeError as error:
    raise AttributeError(" ".join(str(error).splitlines())) from None
"""


def field(declaration: str) -> dict[str, str]:
    files = dict(example(RULE, "Good"))
    files["app/serializers.py"] = files["app/serializers.py"].replace(
        'serializers.CharField(source="author.name")', declaration
    )
    return files


def test_the_wrong_attribute(tmp_path):
    said = run_django(tmp_path, example(RULE, "Bad"), USE)
    assert said.raised == (
        "AttributeError: Got AttributeError when attempting to get a value for field `author_name` on serializer "
        "`BookSerializer`. The serializer field might be named incorrectly and not match any attribute or key on the `Book` "
        "instance. Original exception text was: 'Author' object has no attribute 'names'."
    )


def test_the_right_attribute(tmp_path):
    assert run_django(tmp_path, example(RULE, "Good"), USE).printed == "{'author_name': 'Jane'}\n"


@pytest.mark.parametrize("more", ["read_only=True", "required=False"])
def test_it_is_left_out(tmp_path, more):
    files = field(f'serializers.CharField(source="author.names", {more})')
    assert run_django(tmp_path, files, USE).printed == "{}\n"


def test_a_default_takes_its_place(tmp_path):
    files = field('serializers.CharField(source="author.names", default="nobody")')
    assert run_django(tmp_path, files, USE).printed == "{'author_name': 'nobody'}\n"


@pytest.mark.parametrize(
    ("declaration", "raised"),
    [
        ("serializers.SerializerMethodField()", "AttributeError: 'BookSerializer' object has no attribute 'get_author_name'"),
        (
            'serializers.CharField(source="author_name")',
            "AssertionError: It is redundant to specify `source='author_name'` on field 'CharField' in serializer "
            "'BookSerializer', because it is the same as the field name. Remove the `source` keyword argument.",
        ),
    ],
)  # fmt: skip
def test_what_fails_at_once(tmp_path, declaration, raised):
    assert run_django(tmp_path, field(declaration), USE).raised == raised
