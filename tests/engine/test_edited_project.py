"""A Django project under the edits that people make: a warm run says what a run from scratch says, after each of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linter.config import load
from linter.finding import Finding
from linter.registry import Selection, entries
from linter.run import Options, run

PROJECT = {
    "manage.py": "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'site_.settings')\n",
    "requirements.txt": "django==5.2\n",
    "site_/__init__.py": "",
    "site_/settings.py": (
        "SECRET_KEY = 'x'\n"
        "INSTALLED_APPS = ['django.contrib.auth', 'django.contrib.contenttypes', 'shop']\n"
        "ROOT_URLCONF = 'site_.urls'\n"
        "DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': 'x'}}\n"
        "TEMPLATES = [{'BACKEND': 'django.template.backends.django.DjangoTemplates', 'APP_DIRS': True,\n"
        "    'OPTIONS': {'context_processors': ['django.template.context_processors.request']}}]\n"
    ),
    "site_/urls.py": (
        "from django.urls import path\n\nfrom shop import views\n\n"
        "urlpatterns = [path('', views.orders), path('one', views.Detail.as_view())]\n"
    ),
    "shop/__init__.py": "",
    "shop/apps.py": (
        "from django.apps import AppConfig\n\n\nclass ShopConfig(AppConfig):\n    name = 'shop'\n\n"
        "    def ready(self):\n        from shop import signals  # noqa\n"
    ),
    "shop/base.py": (
        "from django.db import models\n\n\nclass Dated(models.Model):\n    made = models.DateTimeField(auto_now_add=True)\n\n"
        "    class Meta:\n        abstract = True\n"
    ),
    "shop/models.py": (
        "from django.contrib.auth.models import User\nfrom django.db import models\n\nfrom shop.base import Dated\n\n\n"
        "class Customer(models.Model):\n"
        "    user = models.OneToOneField(User, on_delete=models.CASCADE)\n"
        "    name = models.CharField(max_length=20)\n\n"
        "    def title(self):\n        return self.name\n\n\n"
        "class Order(Dated):\n"
        "    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name='orders')\n"
        "    total = models.IntegerField(default=0)\n"
    ),
    "shop/signals.py": (
        "from django.contrib.auth.models import User\nfrom django.db.models.signals import post_save\n"
        "from django.dispatch import receiver\n\nfrom shop.models import Customer\n\n\n"
        "@receiver(post_save, sender=User)\ndef make_customer(sender, instance, created, **kwargs):\n"
        "    if created:\n        Customer.objects.get_or_create(user=instance)\n"
    ),
    "shop/views.py": (
        "from django.shortcuts import render\nfrom django.views.generic import DetailView\n\n"
        "from shop.models import Customer, Order\n\n\n"
        "def latest():\n    return Order.objects.select_related('customer').order_by('made')\n\n\n"
        "def orders(request):\n    found = latest().filter(total__gt=1)\n"
        "    return render(request, 'shop/orders.html', {'orders': found})\n\n\n"
        "class Detail(DetailView):\n    model = Customer\n    template_name = 'shop/customer.html'\n"
    ),
    "shop/templates/shop/base.html": "{% block main %}{% endblock %}{{ request.path }}\n",
    "shop/templates/shop/orders.html": (
        "{% extends 'shop/base.html' %}{% block main %}{% for order in orders %}{{ order.total }} {{ order.customer.name }}\n"
        "{% include 'shop/line.html' %}{% endfor %}{% endblock %}\n"
    ),
    "shop/templates/shop/line.html": "{{ order.made }}\n",
    "shop/templates/shop/customer.html": "{{ object.title }}{% for order in object.orders.all %}{{ order.total }}{% endfor %}\n",
}

Edit = Callable[[Path], None]


def _replace(path: str, old: str, new: str) -> Edit:
    def edit(root: Path) -> None:
        file = root / path
        if file.exists():
            text = file.read_text()
            file.write_text(text.replace(old, new) if old in text else text.replace(new, old))

    return edit


def _append(path: str, text: str) -> Edit:
    def edit(root: Path) -> None:
        file = root / path
        if file.exists():
            old = file.read_text()
            file.write_text(old.replace(text, "") if text in old else old + text)

    return edit


def _there_or_not(path: str, text: str) -> Edit:
    def edit(root: Path) -> None:
        file = root / path
        if file.exists():
            file.unlink()
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)

    return edit


# Each of them undone by making it again.
EDITS = {
    "rename a field": _replace("shop/models.py", "total = ", "amount = "),
    "rename a field of a base": _replace("shop/base.py", "made = ", "created = "),
    "rename a relation's other end": _replace("shop/models.py", "related_name='orders'", "related_name='bought'"),
    "rename a method": _replace("shop/models.py", "def title", "def heading"),
    "take a base away": _replace("shop/models.py", "class Order(Dated)", "class Order(models.Model)"),
    "point at a model that is not there": _replace("shop/models.py", "ForeignKey(Customer", "ForeignKey('shop.Client'"),
    "create in the receiver": _replace("shop/signals.py", "get_or_create(", "create("),
    "another sender": _replace("shop/signals.py", "sender=User", "sender=Customer"),
    "another receiver": _append(
        "shop/signals.py",
        "\n\n@receiver(post_save, sender=User)\ndef again(sender, instance, **kwargs):\n"
        "    Customer.objects.create(user=instance)\n",
    ),
    "receivers that nobody imports": _replace("shop/apps.py", "from shop import signals", "pass"),
    "another lookup": _replace("shop/views.py", "total__gt", "total__gtt"),
    "another order": _replace("shop/views.py", "order_by('made')", "order_by('makes')"),
    "a relation that is not loaded": _replace("shop/views.py", "select_related('customer').", ""),
    "another context": _replace("shop/views.py", "{'orders': found}", "{'orders': Customer.objects.all()}"),
    "another template": _replace("shop/views.py", "'shop/orders.html'", "'shop/customer.html'"),
    "a class that nobody knows": _append("shop/models.py", "\n\nclass Plain:\n    pass\n"),
    "a function that nobody calls": _append("shop/views.py", "\n\ndef more():\n    return Order.objects.get(pk=1).x\n"),
    "a name given anywhere": _append("shop/views.py", "\n\ndef mark(order):\n    order.made_up = order.total = 1\n"),
    "a comment": _append("shop/models.py", "# nothing\n"),
    "a path in a template": _replace("shop/templates/shop/line.html", "order.made", "order.made_up"),
    "an include": _replace("shop/templates/shop/orders.html", "shop/line.html", "shop/missing.html"),
    "a base template": _replace("shop/templates/shop/base.html", "request.path", "request.user.customer.nam"),
    "an app less": _replace("site_/settings.py", ", 'shop'", ""),
    "another database": _replace("site_/settings.py", "backends.sqlite3", "backends.postgresql"),
    "no processors": _replace("site_/settings.py", "'django.template.context_processors.request'", ""),
    "a new module": _there_or_not(
        "shop/more.py", "from shop.models import Order\n\n\nclass Special(Order):\n    gift = True\n    made_up = 1\n"
    ),
    "a module less": _there_or_not("shop/base.py", PROJECT["shop/base.py"]),
    "signals less": _there_or_not("shop/signals.py", PROJECT["shop/signals.py"]),
    "a template less": _there_or_not("shop/templates/shop/line.html", PROJECT["shop/templates/shop/line.html"]),
    "a template that hides another": _there_or_not("site_/templates/shop/line.html", "{{ order.nothing }}\n"),
    "tests": _there_or_not(
        "shop/tests.py",
        "from django.test import TestCase\n\nfrom shop.models import Order\n\n\nclass Tests(TestCase):\n"
        "    def test_it(self):\n        Order.objects.filter(totals=1)\n",
    ),
}


def said(root: Path, cache: Path | None) -> tuple[list[Finding], list[str]]:
    found = run(Options(root, load(root), Selection(tuple(entries())), jobs=1, cache_dir=cache))
    return found.findings, sorted(map(repr, found.problems))


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(sorted(EDITS)), min_size=1, max_size=6))
def test_edits(tmp_path_factory: pytest.TempPathFactory, names: list[str]) -> None:
    root, cache = tmp_path_factory.mktemp("project"), tmp_path_factory.mktemp("cache")
    for path, text in PROJECT.items():
        _there_or_not(path, text)(root)
    assert said(root, cache) == ([], [])
    for name in names:
        EDITS[name](root)
        assert said(root, cache) == said(root, None)


def test_the_edits_matter(tmp_path: Path) -> None:
    """Many of them break something, else the test above would say little."""
    breaking = set()
    for name, edit in EDITS.items():
        root = tmp_path / name.replace(" ", "_")
        for path, text in PROJECT.items():
            _there_or_not(path, text)(root)
        edit(root)
        if said(root, None)[0]:
            breaking.add(name)
    assert len(breaking) >= 10, breaking
    assert {"rename a field", "rename a method", "another receiver", "a path in a template"} <= breaking
