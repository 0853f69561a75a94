"""Which field names the ORM would know: each call is one line, and the comment after it says what is thought of its names."""

from __future__ import annotations

import re
from collections.abc import Callable
from textwrap import dedent

import pytest

from linter.inspect.queries import records
from linter.project import Project
from linter.project.queries.paths import Paths
from linter.project.queries.verdicts import Names, Status

Build = Callable[[dict[str, str]], Project]

FILES = {
    "manage.py": "",
    "settings.py": 'INSTALLED_APPS = ["django.contrib.contenttypes", "shop"]',
    "shop/__init__.py": "",
    "shop/models.py": """
        from django.contrib.contenttypes.fields import GenericForeignKey
        from django.db import models
        from somewhere import OddField

        class ProductQuerySet(models.QuerySet):
            def filter(self, *args, **kwargs):
                kwargs.pop("odd", None)
                return super().filter(*args, **kwargs)

            def counted(self):
                return self.annotate(n=models.Count("review"))

        class Shop(models.Model):
            name = models.CharField(max_length=9)
            opened = models.DateTimeField(null=True)
            data = models.JSONField(default=dict)
            objects = models.Manager()

        class Product(models.Model):
            shop = models.ForeignKey(Shop, models.CASCADE, related_name="products", related_query_name="product")
            price = models.IntegerField(default=0)
            tags = models.ManyToManyField("Tag")
            objects = ProductQuerySet.as_manager()

            def __init__(self, *args, **kwargs):
                self.hint = kwargs.pop("hint", None)
                super().__init__(*args, **kwargs)

            @property
            def euros(self):
                return self.price / 100

            @property
            def cents(self):
                return self.price

            @cents.setter
            def cents(self, value):
                self.price = value

        class Tag(models.Model):
            word = models.CharField(max_length=9)

        class Review(models.Model):
            product = models.ForeignKey(Product, models.CASCADE)
            content_type = models.ForeignKey("contenttypes.ContentType", models.CASCADE)
            object_id = models.IntegerField()
            about = GenericForeignKey()

        class Details(models.Model):
            product = models.OneToOneField(Product, models.CASCADE)

        class Odd(models.Model):
            odd = OddField()
    """,
}

LINES = """
Shop.objects.filter(name=1, nme=2, pk=3)  # name valid, nme invalid, pk valid
Shop.objects.filter(name__icontains=1, name__icontain=2, name__length=3)  # name__icontains valid, name__icontain invalid, name__length invalid
Shop.objects.filter(opened__year__gte=1, opened__yeer=2, name__year=3)  # opened__year__gte valid, opened__yeer invalid, name__year invalid
Shop.objects.filter(data__a__b__gt=1)  # data__a__b__gt valid
Shop.objects.filter(product__price=1, products__price=2, product_set=3)  # product__price valid, products__price invalid, product_set invalid
Product.objects.filter(shop__name=1, shop__nme=2, shop_id__in=3, shop__icontains=4)  # shop__name valid, shop__nme invalid, shop_id__in valid, shop__icontains invalid
Product.objects.filter(odd=1, other=2)  # odd unknown, other invalid
Product.objects.exclude(review__product__tags__word="a").get(prices=1)  # review__product__tags__word valid, prices invalid
Product.objects.filter(Q(price=1) | ~Q(prce=2), shop__in=Shop.objects.filter(nam=1))  # price valid, prce invalid, shop__in valid, nam invalid
Product.objects.filter(price=F("shop__id"), shop=F("shp"))  # price valid, shop__id valid, shop valid, shp invalid
Product.objects.order_by("-price", "?", "-prize", "shop__name", "details")  # -price valid, ? valid, -prize invalid, shop__name valid, details valid
Product.objects.values("price", "tags__word", "prize")  # price valid, tags__word valid, prize invalid
Product.objects.values_list("price__gt", flat=True)  # price__gt invalid
Product.objects.only("shop__name", "prise")  # shop__name valid, prise invalid
Product.objects.select_related("shop", "details", "tags", "price", "shp")  # shop valid, details valid, tags invalid, price invalid, shp invalid
Product.objects.prefetch_related("tags", "review_set", "review", Prefetch("tgas"))  # tags valid, review_set valid, review invalid, tgas invalid
Shop.objects.prefetch_related("products__tags", "product")  # products__tags valid, product invalid
Product.objects.create(price=1, shop=2, shop_id=3, cents=4, euros=5, prce=6, hint=7)  # price valid, shop valid, shop_id valid, cents valid, euros invalid, prce invalid, hint unknown
Product(price=1, prce=6)  # price valid, prce invalid
Review(about=1, abuot=2)  # about valid, abuot invalid
Review.objects.filter(about=1)  # about invalid
Product.objects.update(price=1, prce=2, shop__name=3)  # price valid, prce invalid, shop__name invalid
Product.objects.get_or_create(price=1, prce=2, defaults={"shop": 1, "shp": 2})  # price valid, prce invalid, shop valid, shp invalid
Product.objects.get().save(update_fields=["price", "prce"])  # price valid, prce invalid
Product.objects.bulk_update([], ["price", "prce"])  # price valid, prce invalid
Product.objects.annotate(n=Count("tags"), m=F("n"), k=Sum("prce", filter=Q(tgas=1)))  # tags valid, n valid, prce invalid, tgas invalid
Product.objects.annotate(n=Count("tags")).filter(n__gt=1, m=2)  # tags valid, n__gt valid, m invalid
Product.objects.annotate(Count("tags")).order_by("tags__count", "tags__sum")  # tags valid, tags__count valid, tags__sum invalid
Product.objects.counted().filter(n=1).values("n", "m")  # n valid, n valid, m invalid
Product.objects.annotate(**given).filter(m=1)  # m unknown
Product.objects.aggregate(Max("price"), most=Max("prize"))  # price valid, prize invalid
Product.objects.annotate(x=Case(When(price=1, then=F("id")), When(prce=1, then=Value("a"))))  # price valid, id valid, prce invalid
Product.objects.latest("price")  # price valid
get_object_or_404(Product, pk=1, prce=2)  # pk valid, prce invalid
get_object_or_404(Product.objects.filter(price=1), Q(shp=1))  # price valid, shp invalid
Odd.objects.filter(odd__like=1, other=2)  # odd__like unknown, other unknown
Shop.objects.get().products.filter(price=1, prce=2)  # price valid, prce invalid
[row.products.filter(prce=row) for row in Shop.objects.filter(name__in=given) if row]  # prce invalid, name__in valid
sorted(given, key=lambda row: Shop.objects.get(nme=row))  # nme invalid
unknown.filter(price=1)
unknown.select_related("price")  # price unknown
{}.get(price=1)
"""
MARK = re.compile(r"(\S+) (valid|invalid|unknown)")


def test_what_is_thought_of_each_name(build: Build) -> None:
    head = (
        "from django.db.models import Case, Count, F, Max, Prefetch, Q, Sum, Value, When\n"
        "from django.shortcuts import get_object_or_404\n"
        "from shop.models import *\n"
        "def f(unknown, given):\n"
    )
    code = head + "".join(f"    {line}\n" for line in LINES.strip().splitlines())
    project = build({**FILES, "shop/code.py": code})
    found: dict[int, list[tuple[str, str]]] = {}
    for record in records(project):
        if record["path"] == "shop/code.py":
            found.setdefault(record["line"], []).append((record["name"], record["status"]))
    for number, line in enumerate(code.splitlines(), 1):
        wanted = MARK.findall(line.partition("  # ")[2])
        assert sorted(found.get(number, [])) == sorted(wanted), line


def test_places_models_and_methods(build: Build) -> None:
    code = """
        from shop.models import Product
        def f():
            return Product.objects.filter(
                price=1,
            ).order_by(
                "shop")
    """
    project = build({**FILES, "shop/code.py": code})
    found = [r for r in records(project) if r["path"] == "shop/code.py"]
    assert [(r["name"], r["method"], r["model"], r["line"], r["column"]) for r in found] == [
        ("price", "filter", "shop.Product", 4, 8),
        ("shop", "order_by", "shop.Product", 6, 8),
    ]


def test_migrations_speak_of_other_models(build: Build) -> None:
    code = "from shop.models import Shop\nShop.objects.filter(nme=1)\n"
    project = build({**FILES, "shop/migrations/__init__.py": "", "shop/migrations/0001_initial.py": code})
    assert not any(r["name"] == "nme" for r in records(project))


def test_several_possible_models_must_agree(build: Build) -> None:
    code = """
        from shop.models import Product, Shop
        def f(n):
            rows = Product.objects.all() if n else Shop.objects.all()
            rows.filter(price=1)
            rows.filter(nope=1)
            rows.filter(id=1)
    """
    project = build({**FILES, "shop/code.py": code})
    found = {r["name"]: (r["status"], r["model"]) for r in records(project) if r["path"] == "shop/code.py"}
    assert found == {"price": ("unknown", None), "nope": ("invalid", None), "id": ("valid", None)}


@pytest.mark.parametrize(
    ("registration", "path", "status"),
    [
        ("", "name__shout", Status.INVALID),
        (
            "@CharField.register_lookup\nclass Shout(Transform):\n    lookup_name = 'shout'\n",
            "name__shout",
            Status.VALID,
        ),
        ("CharField.register_lookup(Shout)\n", "name__shout", Status.UNKNOWN),
        ("CharField.register_lookup(Shout)\n", "name__icontain", Status.INVALID),
    ],
)
def test_lookups_that_a_project_registers(build: Build, registration: str, path: str, status: Status) -> None:
    head = "from django.db.models import CharField, Transform\nfrom elsewhere import Shout\n"
    project = build({**FILES, "shop/lookups.py": head + dedent(registration)})
    model = project.models.by_label("shop.Shop")
    assert model is not None
    assert project.queries.paths.filter(model, path, Names()).status is status


def test_an_invalid_path_names_the_part_and_the_model_that_lacks_it(build: Build) -> None:
    project = build(FILES)
    review, tag = project.models.by_label("shop.Review"), project.models.by_label("shop.Tag")
    assert review is not None
    verdict = Paths().filter(review, "product__tags__words", Names())
    assert (verdict.status, verdict.part, verdict.model) == (Status.INVALID, 2, tag)
