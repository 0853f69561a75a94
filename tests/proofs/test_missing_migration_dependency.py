"""What missing-migration-dependency says is what Django says when an app is migrated alone."""

import pytest

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import SETTINGS, run_django

RULE = registry.load("missing-migration-dependency")
MIGRATE = """
from django.core.management import call_command

call_command("migrate", {app}verbosity=0)
"""
INITS = {f"{app}/{name}": "" for app in ("basket", "catalogue") for name in ("__init__.py", "migrations/__init__.py")}


def migrated(folder, files, app='"basket", '):
    settings = SETTINGS.replace('"app",', '"basket", "catalogue",')
    return run_django(folder, {**INITS, **files, "settings.py": settings}, MIGRATE.format(app=app), tables=False).raised


def test_the_bad_example_fails(tmp_path):
    assert migrated(tmp_path, example(RULE, "Bad")) == "LookupError: No installed app with label 'catalogue'."


def test_here_it_fails_too_where_all_is_migrated(tmp_path):
    assert migrated(tmp_path, example(RULE, "Bad"), "") == "LookupError: No installed app with label 'catalogue'."


def test_the_good_example_does_not(tmp_path):
    assert migrated(tmp_path, example(RULE, "Good")) == ""


@pytest.mark.parametrize("model", ["Line", "Lines"])
def test_a_model_has_to_be_there(tmp_path, model):
    files = dict(example(RULE, "Good"))
    path = "basket/migrations/0001_initial.py"
    files[path] = files[path].replace('get_model("basket", "Line")', f'get_model("basket", "{model}")')
    assert migrated(tmp_path, files) == (
        "" if model == "Line" else "LookupError: App 'basket' doesn't have a 'Lines' model."
    )


@pytest.mark.parametrize(("needs", "fails"), [("", True), ('("auth", "0001_initial")', False)])
def test_what_djangos_apps_depend_on_comes_with_them(tmp_path, needs, fails):
    files = dict(example(RULE, "Good"))
    path = "basket/migrations/0001_initial.py"
    files[path] = files[path].replace('("catalogue", "Product")', '("contenttypes", "ContentType")')
    files[path] = files[path].replace('("catalogue", "0001_initial")', needs)
    assert ("No installed app with label 'contenttypes'" in migrated(tmp_path, files)) is fails
