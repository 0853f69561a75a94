"""What clean-method-without-return says is what forms and serializers do."""

import pytest

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import run_django

RULE = registry.load("clean-method-without-return")
CLEAN = """
from app.forms import BookForm

form = BookForm({"isbn": "9780141439587"})
print(form.is_valid(), form.cleaned_data)
print(dict(form.errors))
"""


def test_the_value_is_lost(tmp_path):
    assert run_django(tmp_path, example(RULE, "Bad"), CLEAN).printed == "True {'isbn': None}\n{}\n"


def test_a_field_that_must_not_be_blank_refuses_everything(tmp_path):
    files = dict(example(RULE, "Bad"))
    files["app/models.py"] = files["app/models.py"].replace(", blank=True, null=True", "")
    assert run_django(tmp_path, files, CLEAN).printed == "False {}\n{'isbn': ['This field cannot be null.']}\n"


def test_the_value_is_kept(tmp_path):
    assert run_django(tmp_path, example(RULE, "Good"), CLEAN).printed == "True {'isbn': '9780141439587'}\n{}\n"


def test_clean_itself_may_return_nothing(tmp_path):
    files = dict(example(RULE, "Good"))
    files["app/forms.py"] += "\n    def clean(self):\n        pass\n"
    assert run_django(tmp_path, files, CLEAN).printed == "True {'isbn': '9780141439587'}\n{}\n"


SERIALIZER = """
from rest_framework import serializers


class BookSerializer(serializers.Serializer):
    title = serializers.CharField()

    def {name}(self, value):
        pass


serializer = BookSerializer(data={{"title": "Emma"}})
print(serializer.is_valid(), dict(serializer.validated_data))
"""


def test_a_serializer_loses_it_too(tmp_path):
    pytest.importorskip("rest_framework")
    said = run_django(tmp_path, {}, SERIALIZER.format(name="validate_title"))
    assert said.printed == "True {'title': None}\n"
    said = run_django(tmp_path, {}, SERIALIZER.format(name="validate"))
    assert said.raised == "AssertionError: .validate() should return the validated data"
