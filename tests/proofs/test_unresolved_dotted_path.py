"""What unresolved-dotted-path quotes is what Django raises, and only when the path is needed."""

import pytest

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import run_django

RULE = registry.load("unresolved-dotted-path")

ASK = """
from django.contrib.auth.hashers import make_password
from django.core.management import call_command

call_command("check")
print(make_password("secret").partition("$")[0])
"""


def test_the_bad_example_fails_when_it_is_used(tmp_path):
    done = run_django(tmp_path, example(RULE, "Bad"), ASK, tables=False)
    assert "System check identified no issues (0 silenced)." in done.printed
    assert 'Module "shop.hashers" does not define a "StrongHasher" attribute/class' in done.raised


def test_the_good_one_does_not(tmp_path):
    done = run_django(tmp_path, example(RULE, "Good"), ASK, tables=False)
    assert done.raised == ""
    assert "pbkdf2_sha256" in done.printed


@pytest.mark.parametrize(
    ("path", "raised"),
    [
        ("shop.nothing.StrongerHasher", "ModuleNotFoundError: No module named 'shop.nothing'"),
        ("shop.hashersshop.hashers.StrongerHasher", "ModuleNotFoundError: No module named 'shop.hashersshop'"),
    ],
)
def test_modules_that_are_not_there(tmp_path, path, raised):
    files = example(RULE, "Good")
    files["settings.py"] = files["settings.py"].replace("shop.hashers.StrongerHasher", path)
    assert run_django(tmp_path, files, ASK, tables=False).raised == raised
