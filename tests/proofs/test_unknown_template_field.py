"""What unknown-template-field says is what Django and Jinja do."""

import jinja2
import pytest

from linter import registry
from linter.examples import example
from linter.testing import read_case
from tests.proofs.django_runner import run_django

RULE = registry.load("unknown-template-field")

RENDER = """
import logging
from django.test import RequestFactory
from app.models import Notification
from app.views import notifications


class Printer(logging.Handler):
    def emit(self, record):
        print(record.getMessage())


logging.getLogger("django.template").addHandler(Printer())
logging.getLogger("django.template").setLevel(logging.DEBUG)
Notification.objects.create(text="seen long ago", read=True)
print(" ".join(notifications(RequestFactory().get("/")).content.decode().split()))
"""


def test_the_condition_always_holds_and_only_the_debug_log_says_so(tmp_path):
    said = run_django(tmp_path, example(RULE, "Bad"), RENDER)
    assert said.raised == ""
    assert said.printed.splitlines() == [
        "Exception while resolving variable 'is_read' in template 'notifications.html'.",
        "<p>seen long ago new</p>",
    ]


def test_with_the_right_name_it_does_not(tmp_path):
    said = run_django(tmp_path, example(RULE, "Good"), RENDER)
    assert said.printed.splitlines() == ["<p>seen long ago </p>"]


@pytest.mark.parametrize(
    ("text", "rendered"),
    [
        ("[{{ n.created_at }}][{{ n.created_at|upper }}]", "[][]"),
        ("{% if not n.is_read %}new{% endif %}", "new"),
        ("{% if n.is_read %}seen{% endif %}", ""),
        ("{% if n.kind == 'a' and n.urgent %}urgent{% endif %}", ""),
        ("{% if n.urgency != 'low' %}urgent{% endif %}", "urgent"),
        ("{% for x in n.parts %}x{% endfor %}", ""),
    ],
)
def test_jinja_is_silent_too(text, rendered):
    notification = type("Notification", (), {"read": True, "kind": "a"})()
    assert jinja2.Template(text).render(n=notification) == rendered


VIEWS = {
    "from_view_to_path": "views.notifications(request), views.mail(1)",
    "what_instances_have": "views.notification(request, 1), views.projects(request)",
    "class_based_views": (
        "views.ProjectDetail.as_view()(request, pk=1).render(), "
        "views.NotificationList.as_view()(request).render(), views.Home.as_view()(request).render()"
    ),
    "tags": "views.project(request)",
}
WHAT_IS_MISSING = """
import logging, re
from django.contrib.auth.models import User
from django.test import RequestFactory
from app import views
from app.models import Notification, Project

missing = set()


class Collector(logging.Handler):
    def emit(self, record):
        missing.add(re.search("variable '(.*?)'", record.getMessage())[1])


request = RequestFactory().get("/")
request.user = User.objects.create_user("ada")
project = Project.objects.create(name="engine", owner=request.user, started="1843-01-01")
for text in ("first", "second", "third"):
    Notification.objects.create(user=request.user, project=project, text=text, kind="info")
logging.getLogger("django.template").addHandler(Collector())
logging.getLogger("django.template").setLevel(logging.DEBUG)
{views}
print(" ".join(sorted(missing)))
"""
# `{% empty %}` is not reached where there are rows; an include was not given a variable; a tag put another value there.
NOT_LOGGED = {"from_view_to_path": {"size"}}
NO_FIELDS = {"from_view_to_path": {"notification"}, "tags": {"whatever"}}


@pytest.mark.parametrize("case", VIEWS)
def test_django_misses_what_the_testdata_marks_and_nothing_else(case, tmp_path, testdata):
    read = read_case(testdata / "unknown-template-field" / case)
    lines = {path: text.splitlines() for path, text in read.files.items()}
    marked = {lines[m.path][m.line - 1][m.start : m.end].rpartition(".")[2] for m in read.marks}
    said = run_django(tmp_path, read.files, WHAT_IS_MISSING.replace("{views}", VIEWS[case]))
    assert said.raised == ""
    logged = set(said.printed.split())
    assert logged - NO_FIELDS.get(case, set()) == marked - NOT_LOGGED.get(case, set())
