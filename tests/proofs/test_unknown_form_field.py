"""What unknown-form-field says is what Django's forms do."""

import pytest

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import run_django

RULE = registry.load("unknown-form-field")
IMPORT = "import app.forms"


def form(body: str, kind: str = "Good") -> dict[str, str]:
    files = dict(example(RULE, kind))
    files["app/models.py"] += "    created = models.DateTimeField(auto_now_add=True)\n"
    files["app/forms.py"] = f"""
from django import forms

from app.models import Book


class BookForm(forms.ModelForm):
{body}
"""
    return files


def test_a_name_that_is_no_field(tmp_path):
    said = run_django(tmp_path, example(RULE, "Bad"), IMPORT)
    assert said.raised == "django.core.exceptions.FieldError: Unknown field(s) (titel) specified for Book"
    assert run_django(tmp_path, example(RULE, "Good"), IMPORT).raised == ""


@pytest.mark.parametrize(
    ("fields", "raised"),
    [
        ('["created"]', "django.core.exceptions.FieldError: 'created' cannot be specified for Book model form as it is a non-editable field"),
        ('"title"', "TypeError: BookForm.Meta.fields cannot be a string. Did you mean to type: ('title',)?"),
    ],
)  # fmt: skip
def test_other_mistakes_at_import(tmp_path, fields, raised):
    files = form(f"    class Meta:\n        model = Book\n        fields = {fields}\n")
    assert run_django(tmp_path, files, IMPORT).raised == raised


def test_what_is_ignored_without_a_word(tmp_path):
    files = form(
        """
    class Meta:
        model = Book
        exclude = ["titel"]
        widgets = {"titel": forms.Textarea}
        labels = help_texts = error_messages = field_classes = {"titel": None}

    def clean_titel(self):
        raise forms.ValidationError("never")
"""
    )
    script = """
from app.forms import BookForm

form = BookForm({"title": "x"})
print(form.is_valid(), list(form.fields))
"""
    assert run_django(tmp_path, files, script).printed == "True ['title']\n"
