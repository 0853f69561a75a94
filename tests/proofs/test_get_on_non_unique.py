"""What get-on-non-unique says is what Django says."""

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import run_django

RULE = registry.load("get-on-non-unique")
LOOK = "from app.models import *\n{rows}\nprint(photo('1.jpg').image)\n"
ONE = "Photo.objects.create(image='1.jpg')"
TWO = f"{ONE}; Photo.objects.create(image='21.jpg')"


def test_the_second_row_raises_what_the_page_quotes(tmp_path):
    said = run_django(tmp_path, example(RULE, "Bad"), LOOK.format(rows=TWO))
    assert (
        said.raised == "app.models.Photo.MultipleObjectsReturned: get() returned more than one Photo -- it returned 2!"
    )
    assert said.raised in RULE.documentation()


def test_the_first_does_not(tmp_path):
    assert run_django(tmp_path, example(RULE, "Bad"), LOOK.format(rows=ONE)).printed == "1.jpg\n"


def test_the_good_example_does_not(tmp_path):
    assert run_django(tmp_path, example(RULE, "Good"), LOOK.format(rows=TWO)).printed == "1.jpg\n"


def test_the_shortcut_does_not_catch_it(tmp_path):
    script = f"from app.models import *\nfrom django.shortcuts import get_object_or_404\n{TWO}\n"
    script += "get_object_or_404(Photo, image__endswith='1.jpg')\n"
    said = run_django(tmp_path, example(RULE, "Bad"), script)
    assert said.raised.startswith("app.models.Photo.MultipleObjectsReturned")
