"""What second-creator says is what Django does."""

import pytest

from linter import registry
from linter.examples import example
from linter.testing import read_case
from tests.proofs.django_runner import run_django

RULE = registry.load("second-creator")

# Adds a user on the admin's page.
ADD_USER = """
from django.contrib.auth.models import User
from django.test import Client
from django.test.utils import setup_test_environment

setup_test_environment()
client = Client(raise_request_exception=True)
client.force_login(User.objects.create_superuser("root"))
form = {
    "username": "ada", "password1": "correct horse battery", "password2": "correct horse battery",
    "usable_password": "true",
}
answer = client.post("/admin/auth/user/add/", form)
assert answer.status_code == 302, answer.context["errors"]
print(User.objects.get(username="ada").profile.role)
"""


def test_the_second_creator_fails(tmp_path):
    said = run_django(tmp_path, example(RULE, "Bad"), ADD_USER)
    assert said.raised == "django.db.utils.IntegrityError: UNIQUE constraint failed: app_profile.user_id"


def test_update_or_create_does_not(tmp_path):
    assert run_django(tmp_path, example(RULE, "Good"), ADD_USER).printed == "admin\n"


def models_of(testdata, case):
    files = read_case(testdata / "second-creator" / case).files
    return {path: files[path] for path in ("app/models.py", "app/forms.py") if path in files}


START = """
from django.contrib.auth.models import User
from app.models import *
"""


@pytest.mark.parametrize(
    ("script", "column"),
    [
        ("user = User.objects.create_user('ada'); Profile.objects.create(user=user)", "app_profile.user_id"),
        ("user = User(username='ada'); user.save(); Wallet(owner=user).save()", "app_wallet.owner_id"),
        (
            "user, _ = User.objects.get_or_create(username='ada'); Profile(user_id=user.pk).save()",
            "app_profile.user_id",
        ),
        ("Shop(name='corner').save()", "app_sign.shop_id"),
        (
            "from app.forms import SignUpForm\n"
            "word = 'correct horse battery'\n"
            "form = SignUpForm({'username': 'ada', 'password1': word, 'password2': word})\n"
            "assert form.is_valid(), form.errors\n"
            "form.save()",
            "app_profile.user_id",
        ),
    ],
)
def test_after_a_save_the_row_is_there(tmp_path, testdata, script, column):
    said = run_django(tmp_path, models_of(testdata, "saved"), START + script)
    assert said.raised.endswith(f"UNIQUE constraint failed: {column}")


@pytest.mark.parametrize(
    "script",
    [
        "Key(user=user).save()",  # the relation is the key: `save()` changes the row
        "Badge.objects.create(user=user)",  # the receiver made none
        "Note.objects.create(user=user)",  # there may be many
        "for one in User.objects.bulk_create([User(username='grace')]): Profile.objects.create(user=one)",
    ],
)
def test_what_is_silent_does_not_fail(tmp_path, testdata, script):
    said = run_django(
        tmp_path, models_of(testdata, "traps"), f"{START}user = User.objects.create_user('ada')\n{script}"
    )
    assert said.raised == ""


def test_in_a_transaction_on_commit_comes_later(tmp_path, testdata):
    script = "from django.db import transaction\nwith transaction.atomic():\n"
    script += "    Desk.objects.create(user=User.objects.create_user('ada'))\nprint(Desk.objects.count())"
    assert run_django(tmp_path, models_of(testdata, "traps"), START + script).printed == "1\n"


def test_with_the_relation_as_key_create_still_fails(tmp_path, testdata):
    script = "Key.objects.create(user=User.objects.create_user('ada'))"
    said = run_django(tmp_path, models_of(testdata, "traps"), START + script)
    assert said.raised.endswith("UNIQUE constraint failed: app_key.user_id")
