"""What unknown-permission says is what Django does."""

import pytest

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import SETTINGS, run_django

RULE = registry.load("unknown-permission")

ASK = """
from django.contrib.auth.models import Permission, User
from django.test import RequestFactory
from shop.views import edit

made = Permission.objects.filter(content_type__app_label="shop")
print(" ".join(sorted(made.values_list("codename", flat=True))))
plain, root = User.objects.create(username="plain"), User.objects.create(username="root", is_superuser=True)
plain.user_permissions.set(made)
for user in (plain, root):
    request = RequestFactory().get("/")
    request.user = user
    print(edit(request).status_code)
"""


@pytest.mark.parametrize(("name", "status"), [("Bad", "403"), ("Good", "200")])
def test_only_superusers_have_a_permission_that_does_not_exist(tmp_path, name, status):
    settings = SETTINGS + 'INSTALLED_APPS += ["shop"]\n'
    said = run_django(tmp_path, {**example(RULE, name), "settings.py": settings, "shop/__init__.py": ""}, ASK)
    assert said.raised == ""
    assert said.printed.splitlines() == ["add_book change_book delete_book view_book", status, "200"]
