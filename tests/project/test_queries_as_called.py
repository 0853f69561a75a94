"""Names asked of what callers hand in, of querysets with methods of their own, and of lookups that the project registers."""

from __future__ import annotations

from collections.abc import Callable
from textwrap import dedent

import pytest

from linter.inspect.queries import records
from linter.project import Project

Build = Callable[[dict[str, str]], Project]

FILES = {
    "manage.py": "",
    "settings.py": 'INSTALLED_APPS = ["shop"]',
    "shop/__init__.py": "",
    "shop/models.py": """
        from django.db import models
        from django.db.models import Field, Lookup

        class ReverseStarts(Lookup):
            pass

        Field.register_lookup(ReverseStarts, "rstartswith")

        class SpecificQuerySet(models.QuerySet):
            def select_related(self, *fields, for_specific=False):
                return super().select_related(*fields)

            def only(self, *fields):
                return super().only(*fields)

        class Shop(models.Model):
            name = models.CharField(max_length=9)

        class Product(models.Model):
            shop = models.ForeignKey(Shop, models.CASCADE)
            price = models.IntegerField()
            objects = SpecificQuerySet.as_manager()
    """,
    "shop/helpers.py": """
        def everyone_tells(rows, by=None):
            rows = rows.exclude(id=1)
            return rows.filter(told=1)

        def both_lack_it(rows):
            return rows.filter(lacked=1)

        def one_has_it(rows):
            return rows.filter(price=1)

        def of_a_row(shop):
            return shop.product_set.filter(of_row=1)

        def handed_on(rows):
            return deeper(rows.exclude(id=1))

        def deeper(rows):
            return rows.filter(deep=1)

        def of_a_class(model):
            return model.objects.filter(of_class=1)

        def one_is_unsure(rows):
            return rows.filter(unsure=1)

        def nobody_calls(rows):
            return rows.filter(nobody=1).order_by("nobody")

        def only_tests_are_unsure(rows):
            return rows.filter(tested=1)
    """,
    "shop/views.py": """
        from shop import helpers
        from shop.helpers import *
        from shop.models import Product, Shop

        def view(something):
            everyone_tells(Product.objects.all())
            helpers.everyone_tells(rows=Product.objects.filter(id=2))
            both_lack_it(Product.objects), both_lack_it(Shop.objects)
            one_has_it(Product.objects), one_has_it(Shop.objects)
            of_a_row(Product.objects.get().shop)
            handed_on(Product.objects)
            of_a_class(Product)
            one_is_unsure(Product.objects), one_is_unsure(something)
            only_tests_are_unsure(Product.objects)
            Product.objects.select_related("specific").only("owned")
            Product.objects.filter(shop__name__rstartswith="a", shop__name__startswth="b")

        class View:
            def of_method(self, rows):
                return rows.filter(of_method=1)

            def get(self):
                return self.of_method(Product.objects.all())
    """,
    "tests/test_helpers.py": """
        from shop.helpers import only_tests_are_unsure

        def test_it(rows):
            only_tests_are_unsure(rows)
    """,
}
EXPECTED = {
    "told": "invalid",
    "lacked": "invalid",
    "price": "unknown",
    "of_row": "invalid",
    "deep": "invalid",
    "of_class": "invalid",
    "of_method": "invalid",
    "unsure": None,
    "nobody": "unknown",
    "tested": "invalid",
    "specific": "unknown",
    "owned": "invalid",
    "shop__name__rstartswith": "valid",
    "shop__name__startswth": "invalid",
}


@pytest.mark.parametrize("name", EXPECTED)
def test_what_is_thought_of_a_name(build: Build, name: str) -> None:
    project = build({path: dedent(text) for path, text in FILES.items()})
    found = {record["status"] for record in records(project) if record["name"] == name}
    assert found == ({EXPECTED[name]} if EXPECTED[name] else set())
