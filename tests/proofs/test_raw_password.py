"""What raw-password says is what Django does: it stores the text, and lets nobody in with it."""

import pytest

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import run_django

RULE = registry.load("raw-password")

ASK = """
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.test import RequestFactory

from app.views import register

register(RequestFactory().post("/", {"name": "anna", "password": "secret"}))
user = User.objects.get()
print(user.password == "secret", user.check_password("secret"), authenticate(username="anna", password="secret"))
"""


@pytest.mark.parametrize(("section", "said"), [("Bad", "True False None\n"), ("Good", "False True anna\n")])
def test_the_text_is_stored_and_no_login_works(tmp_path, section, said):
    done = run_django(tmp_path, example(RULE, section), ASK)
    assert (done.raised, done.printed) == ("", said)


@pytest.mark.parametrize(
    "way",
    [
        "User(username='b', password='secret').save()",
        "User.objects.get_or_create(username='b', defaults={'password': 'secret'})",
    ],
)
def test_every_way_stores_it(tmp_path, way):
    script = f"{ASK}\n{way}\nprint(User.objects.get(username='b').check_password('secret'))"
    assert run_django(tmp_path, example(RULE, "Good"), script).printed.endswith("False\n")
