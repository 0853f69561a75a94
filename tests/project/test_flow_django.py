"""What expressions of Django projects are: querysets, instances, views, forms, receivers."""

from __future__ import annotations

from collections.abc import Callable
from textwrap import dedent

import pytest

from linter.project import Project
from linter.project.types import ModelInstance, QuerySet
from tests.project.flow_texts import expected, revealed

Build = Callable[[dict[str, str]], Project]

FILES = {
    "manage.py": "",
    "settings.py": """
        INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "shop"]
        TEMPLATE = "shop/page.html"
    """,
    "shop/__init__.py": "",
    "shop/managers.py": """
        from django.db import models

        class ProductQuerySet(models.QuerySet):
            def cheap(self):
                return self.filter(price__lt=5)

            def rated(self):
                return self.annotate(rating=models.Avg("review__stars"))

        class CountedManager(models.Manager):
            def get_queryset(self):
                return super().get_queryset().annotate(total=models.Count("product"))
    """,
    "shop/models.py": """
        from django.conf import settings
        from django.db import models
        from shop.managers import CountedManager, ProductQuerySet

        class Shop(models.Model):
            name = models.CharField(max_length=9)
            owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True)
            objects = CountedManager()

            def best(self):
                return self.product_set.cheap().first()

            @property
            def title(self):
                return self.name

        class Product(models.Model):
            shop = models.ForeignKey(Shop, models.CASCADE)
            price = models.IntegerField(default=0)
            tags = models.ManyToManyField("Tag", related_name="products")
            created = models.DateField(null=True)
            objects = ProductQuerySet.as_manager()
            note: str

            def mark(self):
                self.marked = True

        class Tag(models.Model):
            word = models.CharField(max_length=9)

        class Review(models.Model):
            product = models.ForeignKey(Product, models.CASCADE)
            stars = models.IntegerField()

        class Details(models.Model):
            product = models.OneToOneField(Product, models.CASCADE)
            color = models.CharField(max_length=9, choices=[("r", "red")])
    """,
}

CASES = {
    "querysets": """
        def f(n):
            reveal(Product.objects)  # Manager[Product]
            reveal(Product.objects.filter(price=1).exclude(id=2).order_by("price"))  # QuerySet[Product]
            reveal(Product.objects.get(id=1))  # Product
            reveal(Product.objects.filter(id=1).first())  # None | Product
            reveal(Product.objects.get_or_create(price=1))  # (Product, bool)
            obj, created = Product.objects.update_or_create(price=1)
            reveal(obj)  # Product
            reveal(Product.objects.count())  # int
            reveal(Product.objects.all()[0])  # Product
            reveal(Product.objects.all()[:5])  # QuerySet[Product]
            reveal([p for p in Product.objects.all()])  # [Product]
            reveal(Product.objects.filter(id=1) | Product.objects.filter(id=2))  # QuerySet[Product]
            reveal(Product.objects.create(price=1))  # Product
            reveal(Product(price=1))  # Product
            reveal(Product.objects.in_bulk()[1])  # Product
            reveal(list(Product.objects.all()))  # [Product]
            reveal(Product.objects.cheap().cheap())  # QuerySet[Product]
            reveal(Product.objects.cheap().model)  # type Product
            reveal(Product.objects.unheard_of())  # ?
            qs = Product.objects.all()
            if n:
                qs = qs.filter(price=n)
            for word in n:
                qs = qs.filter(tags__word=word)
            reveal(qs)  # QuerySet[Product]
        """,
    "names given to rows": """
        def f(**names):
            reveal(Product.objects.annotate(n=Count("review")).first())  # None | Product+n
            reveal(Product.objects.annotate(Count("review")))  # QuerySet[Product+review__count]
            reveal(Product.objects.rated().cheap())  # QuerySet[Product+rating]
            reveal(Product.objects.extra(select={"a": "1"}))  # QuerySet[Product+a]
            reveal(Product.objects.annotate(**names))  # QuerySet[Product~]
            reveal(Product.objects.annotate(**{"b": Count("id")}))  # QuerySet[Product+b]
            reveal(Shop.objects.get(id=1))  # Shop+total
            reveal(Product.objects.prefetch_related(Prefetch("tags", to_attr="words")))  # QuerySet[Product+words]
            reveal(Product.objects.values("id", "price").first())  # None | {id: BigAutoField, price: IntegerField}
            reveal(Product.objects.values_list("id", flat=True))  # QuerySet[Product:flat]
            reveal(Product.objects.aggregate(most=Max("price")))  # {most: ?}
        """,
    "instances": """
        def f():
            product = Product.objects.get(id=1)
            reveal(product.shop)  # Shop
            reveal(product.shop.owner)  # None | User
            reveal(product.shop_id)  # key
            reveal(product.price)  # IntegerField
            reveal(product.tags)  # Manager[Tag]
            reveal(product.tags.all())  # QuerySet[Tag]
            reveal(product.review_set.first().product)  # Product
            reveal(product.details)  # Details
            reveal(product.details.get_color_display())  # ?
            reveal(product.shop.best())  # None | Product
            reveal(product.shop.title)  # CharField
            reveal(product.tags.first().products.first().shop)  # Shop
        """,
    "shortcuts": """
        from django.apps import apps
        from django.contrib.auth import get_user_model
        from django.core.paginator import Paginator
        from django.shortcuts import get_list_or_404, get_object_or_404

        def f(request, page):
            reveal(get_object_or_404(Product, id=1))  # Product
            reveal(get_object_or_404(Product.objects.rated(), id=1))  # Product+rating
            reveal(get_list_or_404(Product))  # [Product]
            reveal(get_user_model())  # type User
            reveal(get_user_model().objects.create_user("x"))  # User
            reveal(apps.get_model("shop", "Product").objects.first())  # None | Product
            reveal(apps.get_model("shop.Tag"))  # type Tag
            page = Paginator(Product.objects.all(), 10).get_page(page)
            for product in page:
                reveal(product)  # Product
            reveal(page.object_list)  # QuerySet[Product]
            reveal(request.user.username)  # CharField
            reveal(request.GET)  # ?
            reveal(Product._meta.model_name)  # 'product'
            reveal(f"{Product._meta.app_label}/x.html")  # 'shop/x.html'
        """,
    "receivers": """
        from django.db.models.signals import post_save
        from django.dispatch import receiver

        @receiver(post_save, sender=Product)
        def saved(sender, instance, created, **kwargs):
            reveal(instance)  # Product
            reveal(sender)  # type Product

        @receiver(post_save)
        def any_saved(sender, instance, **kwargs):
            reveal(instance)  # ?
        """,
    "admin": """
        from django.contrib import admin

        @admin.register(Product)
        class ProductAdmin(admin.ModelAdmin):
            def shown(self, obj):
                reveal(obj)  # Product

        class TagAdmin(admin.ModelAdmin):
            def act(self, request, queryset):
                reveal(queryset)  # QuerySet[Tag]

        admin.site.register(Tag, TagAdmin)
        """,
    "forms": """
        from django import forms

        class ProductForm(forms.ModelForm):
            class Meta:
                model = Product
                fields = ["price"]

        def f(request):
            form = ProductForm(request.POST)
            reveal(form.save(commit=False))  # Product
            reveal(form.instance.shop)  # Shop
            reveal(form.cleaned_data["price"])  # ?
        """,
    "settings and requests, read as Django defines them": """
        from django.apps import apps
        from django.conf import settings
        from django.http import HttpRequest

        def name():
            return getattr(settings, "SHOP_PRODUCT_MODEL", "shop.Product")

        def product_model():
            try:
                return apps.get_model(name(), require_ready=False)
            except LookupError as error:
                raise ValueError(name()) from error

        class MemberRequest(HttpRequest):
            member: Shop

        def f(request: HttpRequest, own: MemberRequest):
            reveal(settings.TEMPLATE)  # 'shop/page.html'
            reveal(apps.get_model(settings.AUTH_USER_MODEL))  # type User
            reveal(product_model().objects)  # Manager[Product]
            reveal(request.user.email)  # EmailField
            reveal(own.user.email)  # EmailField
            reveal(own.member)  # Shop
        """,
    "classes of instances, and what _meta says": """
        def f(product: Product):
            reveal(Product().__class__)  # type Product
            reveal(type(product).objects.get())  # Product
            reveal(product.shop.__class__._default_manager.filter())  # QuerySet[Shop+total]
            reveal(Product._meta.get_field("shop").related_model)  # type Shop
            reveal(Product._meta.get_field("shop").remote_field.model.objects.get())  # Shop+total
            reveal(Product._meta.get_field("tags").related_model)  # type Tag
            reveal(Product._meta.get_field("price").related_model)  # ?
            reveal(Product()._meta.model)  # type Product
        """,
    "managers that make their own querysets": """
        from django.db.models import Manager, Model, ForeignKey, CASCADE

        class OrderedManager(Manager):
            def get_queryset(self):
                return self._queryset_class(self.model, using=self._db).order_by("id")

        class Part(Model):
            product = ForeignKey(Product, CASCADE, related_name="parts")
            objects = OrderedManager()
            plain = Manager()

        def f(product: Product):
            reveal(Part.objects)  # Manager[Part]
            reveal(Part.objects.filter().first())  # None | Part
            reveal(product.parts(manager="plain").all())  # QuerySet[Part]
            reveal(product.parts(manager="unheard_of"))  # ?
        """,
    "models chosen by a key": """
        MODELS = {"product": Product, "shop": Shop}

        def f(word):
            reveal(MODELS[word].objects.filter())  # QuerySet[Product] | QuerySet[Shop+total]
            reveal({"a": 1}[word])  # 1
            reveal({"a": 1, **word}[word])  # ?
        """,
    "self of abstract models and of their mixins": """
        from django.db.models import CASCADE, CharField, ForeignKey, Model

        class Base(Model):
            class Meta:
                abstract = True

            def items(self):
                reveal(self)  # Basket
                reveal(self.lines.filter())  # QuerySet[Line]
                reveal(self.__class__.objects.filter())  # QuerySet[Basket]

            @classmethod
            def make(cls):
                reveal(cls.objects.all())  # QuerySet[Basket]

        class Basket(Base):
            name = CharField(max_length=9)

        class Line(Model):
            basket = ForeignKey(Basket, CASCADE, related_name="lines")

        class InShop:
            def neighbours(self):
                reveal(self.shop)  # Shop

        class Thing(InShop, Model):
            shop = ForeignKey(Shop, CASCADE)

        class InNothing:
            def neighbours(self):
                reveal(self.shop)  # ?

        class Odd(InNothing):
            pass
        """,
    "views of Django REST framework, filter sets": """
        import django_filters
        from rest_framework import viewsets
        from rest_framework.request import Request

        class ProductFilter(django_filters.FilterSet):
            class Meta:
                model = Product

            def search(self, queryset, name, value):
                reveal(queryset)  # QuerySet[Product+n+rating+total]
                reveal(self.qs)  # QuerySet[Product+n+rating+total~]

        class Products(viewsets.ModelViewSet):
            queryset = Product.objects.filter(id=1)

            def get_queryset(self):
                rows = super().get_queryset()
                reveal(rows)  # QuerySet[Product]
                return rows.annotate(n=Count("id"))

            def act(self, request: Request):
                reveal(self.get_object())  # Product+n
                reveal(self.filter_queryset(self.get_queryset()))  # QuerySet[Product+n]
                reveal(self.request.user.email)  # EmailField
                reveal(request.user.email)  # EmailField
        """,
    "forms that views are given": """
        from django import forms
        from django.views.generic import CreateView, UpdateView

        class Change(UpdateView):
            model = Product
            fields = ["price"]

            def form_valid(self, form):
                reveal(form.instance)  # Product
                reveal(form.save())  # Product

        class ShopForm(forms.ModelForm):
            class Meta:
                model = Shop

        class Create(CreateView):
            form_class = ShopForm

            def form_invalid(self, form):
                reveal(form)  # ShopForm()
                reveal(form.instance.product_set)  # Manager[Product]
        """,
    "makers of test data": """
        from django_dynamic_fixture import G
        from model_bakery import baker

        def f(key):
            reveal(baker.make(Product).shop)  # Shop
            reveal(baker.make("shop.Tag"))  # Tag
            reveal(baker.make("shop.Tag", _quantity=3))  # ?
            reveal(G(Product))  # Product
            reveal({"a": Product, "b": Tag}.get(key))  # None | type Product | type Tag
        """,
    "annotated querysets may carry names": """
        def f(products: "QuerySet[Product]", product: Product, both: list[Product] | None):
            reveal(products)  # QuerySet[Product~]
            reveal(product.shop)  # Shop
            for each in both or []:
                reveal(each)  # Product
        """,
}


@pytest.mark.parametrize("name", CASES)
def test_what_an_expression_is(build: Build, name: str) -> None:
    head = (
        "from django.db.models import Count, Max, Prefetch, QuerySet\n"
        "from shop.models import Details, Product, Review, Shop, Tag\n"
    )
    project = build({**FILES, "shop/code.py": head + dedent(CASES[name])})
    assert revealed(project, "shop/code.py") == expected(project, "shop/code.py")


def test_what_an_instance_surely_lacks(build: Build) -> None:
    project = build(
        {
            **FILES,
            "shop/views.py": """
                def f(product, rows):
                    product.given = 1
                    rows.annotate(counted=1)
            """,
        }
    )
    model = project.models.by_label("shop.Product")
    assert model is not None
    product = ModelInstance(model)
    lacks = {name for name in LACKED | HAD if project.flow.attribute(product, name) is None}
    assert lacks == LACKED
    assert project.flow.attribute(ModelInstance(model, frozenset({"colour"})), "colour") is not None
    assert project.flow.attribute(ModelInstance(model, is_open=True), "colour") is not None


LACKED = {"colour", "reviews", "tag_set", "get_price_display", "objectss", "details_set"}
HAD = {
    "id", "pk", "shop", "shop_id", "price", "tags", "review_set", "details", "marked", "note", "given", "counted", "save",
    "delete", "DoesNotExist", "_meta", "full_clean",
}  # fmt: skip


def test_what_a_queryset_surely_lacks(build: Build) -> None:
    project = build(FILES)
    model = project.models.by_label("shop.Product")
    assert model is not None
    products = project.flow.attribute(project.flow.of_symbol(model.symbol), "objects")
    assert isinstance(products, QuerySet)
    names = ("filter", "cheap", "model", "iterator", "price", "id", "ordered")
    assert [name for name in names if project.flow.attribute(products, name) is None] == ["price", "id"]


def test_a_subclass_has_names_that_its_parent_s_rows_may_have(build: Build) -> None:
    project = build(
        {
            **FILES,
            "shop/more.py": """
                from django.db import models
                from shop.models import Product

                class Book(Product):
                    isbn = models.CharField(max_length=13)
            """,
        }
    )
    model = project.models.by_label("shop.Product")
    assert model is not None
    assert project.flow.attribute(ModelInstance(model), "isbn") is not None


def test_what_a_middleware_puts_on_requests(build: Build) -> None:
    project = build(
        {
            **FILES,
            "shop/middleware.py": """
                from shop.models import Shop

                class ShopMiddleware:
                    def __call__(self, request):
                        request.shop = Shop.objects.get(owner=request.user)

                def other(get_response):
                    def middleware(request):
                        request.count = 1
                        return get_response(request)
                    return middleware
            """,
            "shop/code.py": """
                def f(request):
                    reveal(request.shop)  # Shop+total
                    reveal(request.count)  # 1
                    reveal(request.nothing)  # ?
            """,
        }
    )
    assert revealed(project, "shop/code.py") == expected(project, "shop/code.py")
