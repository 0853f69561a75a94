"""What http404-in-json-view says is what Django answers."""

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import run_django

RULE = registry.load("http404-in-json-view")
ASK = """
from django.test import Client

answer = Client().get("/photo/none")
print(answer.status_code, answer.headers["Content-Type"].partition(";")[0], answer.content.decode().strip()[:15].lower())
"""
URLS = """
from app.views import photo
from django.urls import path

urlpatterns = [path("photo/<name>", photo)]
"""


def asked(tmp_path, section):
    return run_django(tmp_path, {**example(RULE, section), "urls.py": URLS}, ASK).printed.strip()


def test_the_bad_example_answers_html(tmp_path):
    status, kind, start = asked(tmp_path, "Bad").split(" ", 2)
    assert (status, kind) == ("404", "text/html")
    assert start.startswith("<!doctype")
    assert '"<!doctype "' in RULE.documentation()


def test_the_good_example_answers_json(tmp_path):
    assert asked(tmp_path, "Good").startswith("404 application/json {")
