"""What duplicate-receiver says is what Django does."""

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import run_django

RULE = registry.load("duplicate-receiver")

ADD_USER = """
from django.conf import settings
from django.core import mail

settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
mail.outbox = []
from django.contrib.auth.models import User

User.objects.create_user("ada", email="ada@example.com")
print(len(mail.outbox), "sent")
"""


def test_a_copy_that_is_imported_does_the_job_again(tmp_path):
    files = example(RULE, "Bad")
    assert run_django(tmp_path / "waiting", files, ADD_USER).printed == "1 sent\n"
    files["app/models.py"] += "\nimport app.models_backup  # noqa\n"
    assert run_django(tmp_path / "imported", files, ADD_USER).printed == "2 sent\n"


def test_the_same_function_connected_again_does_not(tmp_path):
    assert run_django(tmp_path, example(RULE, "Good"), ADD_USER).printed == "1 sent\n"
