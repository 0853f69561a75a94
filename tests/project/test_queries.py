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
Odd.objects.filter(odd__like=1, other=2)  # odd__like unknown, other invalid
Shop.objects.get().products.filter(price=1, prce=2)  # price valid, prce invalid
[row.products.filter(prce=row) for row in Shop.objects.filter(name__in=given) if row]  # prce invalid, name__in valid
sorted(given, key=lambda row: Shop.objects.get(nme=row))  # nme invalid
Product.objects.annotate(x=Case(When(**{"price": 1, "prce": 2, "then": F("id")}), When(condition=Q(prce=1), then=Value(1))))  # price valid, prce invalid, id valid, prce invalid
Product.objects.filter(Q(("prce", 1)) | Q(("price", 1)), Q(**{"shop__nme": 1}), **{"shp": 1, "price": 1})  # prce invalid, price valid, shop__nme invalid, shp invalid, price valid
Product.objects.filter(**dict(prce=1), **{f"shop__nme__{given}": 1, f"shop__{given}": 1, f"{given}__x": 1})  # prce invalid, shop__nme invalid, shop valid
Product.objects.filter(**{f"shop___{given}__in": 1})  # shop valid
Product.objects.order_by(f"-shp__{given}", F("prce").desc(nulls_last=True), Lower("shop__nme"))  # -shp invalid, prce invalid, shop__nme invalid
Product.objects.filter(reduce(or_, [Q(prce=g) for g in given]), *[Q(shp=1)])  # prce invalid, shp invalid
Product.objects.annotate(**{"n": Count("tgas"), "m": F("n")})  # tgas invalid, n valid
Product.objects.annotate(n=Subquery(Shop.objects.filter(pk=OuterRef("shp"), nme=1).values("name")))  # shp invalid, pk valid, nme invalid, name valid
Product.objects.filter(Exists(Shop.objects.filter(Exists(Tag.objects.filter(pk=OuterRef("nme"))), id=OuterRef("prce"))))  # prce invalid, pk valid, nme invalid, id valid
Product.objects.annotate(n=Window(Sum("prce"), partition_by=["shp", "price"], order_by="-prize"))  # prce invalid, shp invalid, price valid, -prize invalid
Product.objects.annotate(n=Case(When(price=1, then="prce"), default="shp"), m=JSONObject(a="prize"))  # price valid, prce invalid, shp invalid, prize invalid
Product.objects.annotate(t=FilteredRelation("tgas", condition=Q(tags__wrd=1)), x=Coalesce("prce", "id"))  # tgas invalid, tags__wrd invalid, prce invalid, id valid
Product.objects.annotate(a=Concat("prce", Value("shp")), b=Own("prize"), c=Strange("anything"))  # prce invalid, prize invalid
Product.objects.prefetch_related(Prefetch("tags", to_attr="labels"), "labels__x")  # tags valid
prefetch_related_objects(Product.objects.all(), "tags", "tgas")  # tags valid, tgas invalid
unknown.filter(price=1)
unknown.select_related("price")  # price unknown
{}.get(price=1)
"""
MARK = re.compile(r"(\S+) (valid|invalid|unknown)")


def test_what_is_thought_of_each_name(build: Build) -> None:
    head = (
        "from functools import reduce\n"
        "from operator import or_\n"
        "from django.db.models import Case, Count, Exists, F, FilteredRelation, Max, OuterRef, Prefetch, Q, Subquery, Sum\n"
        "from django.db.models import Func, Value, When, Window, prefetch_related_objects\n"
        "from django.db.models.functions import Coalesce, Concat, JSONObject, Lower\n"
        "from django.shortcuts import get_object_or_404\n"
        "from shop.models import *\n"
        "class Own(Func):\n"
        "    function = 'OWN'\n"
        "class Strange(Func):\n"
        "    def __init__(self, hint): super().__init__()\n"
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


STEPS = """
def conditions(given):
    q = Q(price=1)
    if given:
        q |= Q(prce=1)
    return Product.objects.filter(q, shop=1)

def shared(given):
    q = Q(prce=1)
    return Product.objects.filter(q) if given else Shop.objects.filter(q)

def keys(given):
    names = {"price": 1}
    names["prce"] = 1
    if given:
        names["shop__nme"] = given
    names.update(shp=1, **given)
    return Product.objects.filter(**names)

def taken_away(given):
    less = {"prize": 1}
    del less["prize"]
    return Product.objects.filter(**less)

def cleaned(given):
    more = {"prize": 1}
    clean(more)
    return Product.objects.filter(**more)

def value(given):
    total = F("prices") + 1
    return Product.objects.filter(price=total)
"""


def test_what_is_built_in_steps(build: Build) -> None:
    head = "from django.db.models import F, Q\nfrom shop.models import Product, Shop\n"
    project = build({**FILES, "shop/code.py": head + STEPS})
    found = {(r["name"], r["line"], r["status"]) for r in records(project) if r["path"] == "shop/code.py"}
    assert found == {
        ("price", 5, "valid"),
        ("prce", 7, "invalid"),
        ("shop", 8, "valid"),
        ("prce", 11, "unknown"),
        ("price", 15, "valid"),
        ("prce", 16, "invalid"),
        ("shop__nme", 18, "invalid"),
        ("shp", 19, "invalid"),
        ("prices", 33, "invalid"),
        ("price", 34, "valid"),
    }


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


def test_a_module_beside_the_importer_is_meant_where_there_is_no_other(build: Build) -> None:
    files = {
        "old/__init__.py": "",
        "old/base.py": "from django.db import models\nclass Base(models.Model):\n    class Meta:\n        abstract = True\n",
        "old/celery.py": "from celery import Celery\napp = Celery()\n",
        "old/models.py": "from base import Base\nfrom celery import shared_task\nclass Old(Base):\n    pass\n",
        "old/code.py": "from old.models import Old, shared_task\nOld.objects.filter(nme=1)\n",
    }
    project = build(files)
    assert [(r["name"], r["status"]) for r in records(project)] == [("nme", "invalid")]
    symbol = project.names.find("old.models.shared_task")
    assert project.names.name_of(symbol) == "celery.app.shared_task"


def test_the_rows_that_a_filter_set_gets(build: Build) -> None:
    code = """
        from django_filters import FilterSet
        from django.db.models import Count, Q
        from shop.models import Product, Shop

        class Searching(FilterSet):
            def search(self, queryset, name, value):
                return queryset.filter(nme=value)

        class Shops(Searching):
            class Meta:
                model = Shop

            def search(self, queryset, name, value):
                return queryset.filter(Q(nam_icontains=value), n=1)

        class Products(Searching):
            class Meta:
                model = Product

        def shops():
            return Shops(queryset=Shop.objects.annotate(n=Count("product")))
    """
    project = build({**FILES, "shop/code.py": code})
    found = {(r["name"], r["line"]): r["status"] for r in records(project) if r["path"] == "shop/code.py"}
    assert found == {("nam_icontains", 14): "invalid", ("n", 14): "valid", ("product", 21): "valid"}
