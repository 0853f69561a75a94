"""What raw-create-in-post-save says is what Django does."""

import pytest

from linter import registry
from linter.examples import example
from linter.testing import read_case
from tests.proofs.django_runner import run_django

RULE = registry.load("raw-create-in-post-save")

SAVE_TWICE = """
from django.contrib.auth.models import User

user = User.objects.create_user("ada")
user.save()
print("saved")
"""

# Adds a user on the admin's page; `{changed}` is what is typed into the inline.
ADD_USER = """
from django.contrib.auth.models import User
from django.test import Client
from django.test.utils import setup_test_environment

setup_test_environment()
client = Client(raise_request_exception=True)
client.force_login(User.objects.create_superuser("root"))
form = {{
    "username": "ada", "password1": "correct horse battery", "password2": "correct horse battery",
    "usable_password": "true", "limits-TOTAL_FORMS": "0", "limits-INITIAL_FORMS": "0",
    "profile-TOTAL_FORMS": "1", "profile-INITIAL_FORMS": "0", "profile-0-timezone": "{timezone}",
}}
answer = client.post("/admin/auth/user/add/", form)
assert answer.status_code == 302, answer.context["errors"]
"""


def test_the_second_save_fails(tmp_path):
    said = run_django(tmp_path, example(RULE, "Bad"), SAVE_TWICE)
    assert said.raised == "django.db.utils.IntegrityError: UNIQUE constraint failed: app_profile.user_id"


def test_get_or_create_does_not(tmp_path):
    assert run_django(tmp_path, example(RULE, "Good"), SAVE_TWICE).printed == "saved\n"


def files_of(testdata, case):
    files = dict(read_case(testdata / "raw-create-in-post-save" / case).files)
    del files["settings.py"], files["manage.py"]
    return files


@pytest.mark.parametrize(
    ("timezone", "raised"), [("UTC", ""), ("CET", "UNIQUE constraint failed: app_profile.user_id")]
)
def test_an_inline_that_is_filled_in_fails(tmp_path, testdata, timezone, raised):
    said = run_django(tmp_path, files_of(testdata, "inline"), ADD_USER.format(timezone=timezone))
    assert raised in said.raised
    assert bool(raised) == bool(said.raised)


@pytest.mark.parametrize(
    ("script", "column"),
    [
        ("Profile.objects.create(user=user)", "app_profile.user_id"),  # what save_model does
        ("Wallet(owner=user).save()", "app_wallet.owner_id"),  # what sign_up does
        ("Desk(user=user).save()", "app_desk.user_id"),
        ("Passport(user_id=user.pk).save()", "app_passport.user_id"),
        ("Locker.objects.create(user=user)", "app_locker.user_id"),
    ],
)
def test_the_second_creator_fails(tmp_path, testdata, script, column):
    files = files_of(testdata, "second_creator")
    files = {path: files[path] for path in ("app/models.py", "app/signals.py")}
    files["app/models.py"] += "\nimport app.signals  # noqa\n"
    files["app/signals.py"] = files["app/signals.py"].partition(
        "@receiver(post_save, sender=User)\ndef ensure_account"
    )[0]
    start = "from django.contrib.auth.models import User\nfrom app.models import *\nuser = User.objects.create_user('ada')\n"
    assert run_django(tmp_path, files, start + script).raised.endswith(f"UNIQUE constraint failed: {column}")


def test_after_a_receiver_that_made_the_row_the_raw_one_fails(tmp_path, testdata):
    files = files_of(testdata, "second_creator")
    files = {path: files[path] for path in ("app/models.py", "app/signals.py")}
    files["app/models.py"] += "\nimport app.signals  # noqa\n"
    said = run_django(tmp_path, files, "from django.contrib.auth.models import User\nUser.objects.create_user('ada')\n")
    assert said.raised.endswith("UNIQUE constraint failed: app_account.user_id")
