"""What wrong-url-arguments says is what Django does."""

import pytest

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import SETTINGS, run_django

RULE = registry.load("wrong-url-arguments")
LAST = """
from django.test import RequestFactory
from views import last

print(last(RequestFactory().get("/")).url)
"""
URLS = """
from django.urls import include, path, re_path

view = lambda request: None
below = [path("", view, name="home"), path("<int:pk>/", view, {"kind": "a"}, name="detail")]
urlpatterns = [
    path("<slug:store>/", include((below, "shop"))),
    re_path(r"^old/(\\d+)/([a-z]+)/$", view, name="old"),
    re_path(r"^perhaps/(?:(?P<pk>\\d+)/)?$", view, name="perhaps"),
]
"""


def said_by(folder, files, script):
    return run_django(folder, {**files, "settings.py": SETTINGS}, script, tables=False)


def test_the_view_raises(tmp_path):
    assert said_by(tmp_path, example(RULE, "Bad"), LAST).raised == (
        "django.urls.exceptions.NoReverseMatch: Reverse for 'basket' with keyword arguments '{'id': 1}' not found. "
        "1 pattern(s) tried: ['basket/(?P<pk>[0-9]+)/\\\\Z']"
    )


def test_with_the_right_name_it_redirects(tmp_path):
    assert said_by(tmp_path, example(RULE, "Good"), LAST).printed.splitlines()[-1] == "/basket/1/"


@pytest.mark.parametrize(
    ("asked", "is_found"),
    [
        ("'shop:home'", False),
        ("'shop:home', args=['here']", True),
        ("'shop:detail', kwargs={'pk': 1}", False),
        ("'shop:detail', kwargs={'pk': 1, 'store': 'here'}", True),
        ("'shop:detail', kwargs={'pk': 1, 'store': 'here', 'kind': 'a'}", True),
        ("'shop:detail', args=['here', 1]", True),
        ("'old', args=[1]", False),
        ("'old', args=[1, 'a']", True),
        ("'perhaps'", True),
        ("'perhaps', args=[1]", True),
    ],
)
def test_what_is_accepted(tmp_path, asked, is_found):
    said = said_by(tmp_path, {"urls.py": URLS}, f"from django.urls import reverse\nreverse({asked})\n")
    assert said.raised.startswith("" if is_found else "django.urls.exceptions.NoReverseMatch: Reverse for ")
    assert bool(said.raised) is not is_found
