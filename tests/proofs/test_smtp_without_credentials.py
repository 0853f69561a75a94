"""What smtp-without-credentials says is what Django does."""

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import run_django

RULE = registry.load("smtp-without-credentials")

SEND = """
from django.core.mail import send_mail

send_mail("Welcome", "to the site", "site@example.com", ["ada@example.com"])
"""


def test_the_first_mail_fails(tmp_path):
    raised = run_django(tmp_path, example(RULE, "Bad"), SEND, tables=False).raised
    assert raised.startswith("ConnectionRefusedError: [Errno ")
    assert raised.endswith("] Connection refused")


def test_with_a_check_it_is_printed(tmp_path):
    said = run_django(tmp_path, example(RULE, "Good"), SEND, tables=False)
    assert said.raised == ""
    assert "to the site" in said.printed


def test_the_checks_of_django_find_nothing(tmp_path):
    check = 'from django.core.management import call_command\ncall_command("check", deploy=True, tags=["mail"])\n'
    done = run_django(tmp_path, example(RULE, "Bad"), check.replace(', tags=["mail"]', ""), tables=False)
    assert done.raised == ""
