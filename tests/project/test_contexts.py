"""Which code renders which template with what."""

from __future__ import annotations

from collections.abc import Callable
from textwrap import dedent

import pytest

from linter.project import Project
from tests.project.flow_texts import text

Build = Callable[[dict[str, str]], Project]

FILES = {
    "manage.py": "",
    "settings.py": """
        INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "shop"]
        TEMPLATES = [{
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {"context_processors": [
                "django.contrib.auth.context_processors.auth",
                "django.template.context_processors.request",
                "shop.context.shops",
            ]},
        }]
    """,
    "shop/__init__.py": "",
    "shop/context.py": """
        from shop.models import Shop

        def shops(request):
            return {"shops": Shop.objects.all()}
    """,
    "shop/models.py": """
        from django.db import models

        class Shop(models.Model):
            name = models.CharField(max_length=9)

        class Product(models.Model):
            shop = models.ForeignKey(Shop, models.CASCADE)
            price = models.IntegerField(default=0)
    """,
}
HEAD = """
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import get_template, render_to_string, select_template
from django.template.response import TemplateResponse
from django.views import View
from django.views.generic import CreateView, DetailView, ListView, TemplateView, UpdateView
from shop.models import Product, Shop
"""

# code, and {template: what it is given}, one text for each render
CASES: dict[str, tuple[str, dict[str, list[str]]]] = {
    "render": (
        """
        def page(request, pk):
            return render(request, "page.html", {"product": Product.objects.get(pk=pk)})

        def empty(request):
            return render(request, template_name="empty.html")

        def steps(request):
            context = {"a": 1}
            context["shop"] = Shop.objects.first()
            if request.GET:
                context.update(b=2)
                return render(request, "steps.html", context)
            return render(request, "steps.html", context=context)

        def unseen(request, more):
            return render(request, "unseen.html", {"a": 1, **more})
        """,
        {
            "page.html": ["{product: Product}"],
            "empty.html": ["{}"],
            "steps.html": ["{a: 1, shop: None | Shop, b: 2}", "{a: 1, shop: None | Shop}"],
            "unseen.html": ["{a: 1, ...}"],
        },
    ),
    "other ways of rendering": (
        """
        NAME = "constant.html"
        def f(request, kind):
            TemplateResponse(request, "response.html", {"shop": Shop()})
            render_to_string("text.txt", {"shop": Shop()}, request=request)
            get_template("got.html").render({"shop": Shop()}, request)
            template = get_template(NAME)
            template.render({"a": 1})
            select_template(["first.html", "second.html"]).render({"b": 1})
            render(request, ["third.html", f"{'fourth'}.html"], {"c": 1})
            render(request, "on.html" if kind else "off.html", {"d": 1})
        """,
        {
            "response.html": ["{shop: Shop}"],
            "text.txt": ["{shop: Shop}"],
            "got.html": ["{shop: Shop}"],
            "constant.html": ["{a: 1}"],
            "first.html": ["{b: 1}"],
            "second.html": ["{b: 1}"],
            "third.html": ["{c: 1}"],
            "fourth.html": ["{c: 1}"],
            "on.html": ["{d: 1}"],
            "off.html": ["{d: 1}"],
        },
    ),
    "a helper makes the context": (
        """
        def common(request, product):
            return {"product": product, "shop": product.shop}

        def page(request, pk):
            context = common(request, get_object_or_404(Product, pk=pk))
            context["extra"] = 1
            return render(request, "page.html", context)
        """,
        {"page.html": ["{product: Product, shop: Shop, extra: 1}"]},
    ),
    "a helper renders for its callers": (
        """
        def show(request, name, **context):
            return render(request, f"shop/{name}.html", context)

        def mail(name, to, context):
            return render_to_string(name, context)

        def product_mail(to, context):
            return mail("product.txt", to, context)

        def page(request):
            product_mail("x", {"product": Product()})
            if request.GET:
                return show(request, "list", products=Product.objects.all())
            return show(request, "shop", shop=Shop())

        class Transport:
            def tmpl(self, name, **context):
                return render_to_string(name, context)

        class Mail(Transport):
            def send(self, product):
                return self.tmpl("sent.txt", shop=Shop.objects.get())
        """,
        {
            "shop/list.html": ["{products: QuerySet[Product]}"],
            "shop/shop.html": ["{shop: Shop}"],
            "product.txt": ["{product: Product}"],
            "sent.txt": ["{shop: Shop}"],
        },
    ),
    "a method renders for each class that has it": (
        """
        class Base(View):
            template_name = None
            queryset = None

            def get(self, request, pk):
                return render(request, self.get_template(), {"object": self.queryset.get(pk=pk), **self.extra()})

            def get_template(self):
                if self.template_name is not None:
                    return self.template_name
                meta = self.queryset.model._meta
                return f"{meta.app_label}/{meta.model_name}.html"

            def extra(self):
                return {}

        class ShopView(Base):
            queryset = Shop.objects.all()

        class ProductView(Base):
            queryset = Product.objects.all()
            template_name = "special.html"

            def extra(self):
                return {"shop": Shop()}
        """,
        {
            "shop/shop.html": ["{object: Shop}"],
            "special.html": ["{object: Product, shop: Shop}"],
            "shop/product.html": ["{object: Product, shop: Shop}"],  # a test is not evaluated: both returns may be
        },
    ),
    "generic views": (
        """
        class ProductDetail(DetailView):
            model = Product

        class Named(DetailView):
            queryset = Product.objects.all()
            template_name = "named.html"
            context_object_name = "thing"
            extra_context = {"more": 1}

        class Mixin:
            def get_context_data(self, **kwargs):
                return super().get_context_data(mixed=Shop(), **kwargs)

        class Listed(Mixin, ListView):
            template_name = "listed.html"

            def get_queryset(self):
                return Product.objects.filter(shop__name=self.kwargs["name"])

            def get_context_data(self, **kwargs):
                context = super().get_context_data(**kwargs)
                context["own"] = self.object_list.count()
                return context

        class Given(DetailView):
            template_name = "given.html"

            def get_object(self):
                return Shop.objects.first()
        """,
        {
            "shop/product_detail.html": ["{view: ProductDetail(), object: Product, product: Product}"],
            "named.html": ["{view: Named(), object: Product, thing: Product, more: 1}"],
            "listed.html": [
                "{view: Listed(), object_list: QuerySet[Product], product_list: QuerySet[Product], paginator: Paginator(), "
                "page_obj: Page(), is_paginated: bool, mixed: Shop, own: int}"
            ],
            "given.html": ["{view: Given(), object: None | Shop, shop: None | Shop}"],
        },
    ),
    "generic views with forms": (
        """
        from django import forms

        class ProductForm(forms.ModelForm):
            class Meta:
                model = Product
                fields = ["price"]

        class Change(UpdateView):
            model = Product
            form_class = ProductForm
        """,
        {"shop/product_form.html": ["{view: Change(), form: ProductForm(), object: Product, product: Product}"]},
    ),
    "views made in a URLconf": (
        """
        from django.urls import path
        urlpatterns = [path("about", TemplateView.as_view(template_name="about.html", extra_context={"shop": Shop()}))]
        """,
        {"about.html": ["{view: TemplateView(), shop: Shop}"]},
    ),
    "views whose attributes a URLconf replaces": (
        """
        class Pick(DetailView):
            model = Product
            template_name = "pick.html"

        urlpatterns = [Pick.as_view(), Pick.as_view(model=Shop)]
        """,
        {"pick.html": ["{view: Pick(), object: Product, product: Product}", "{...}"]},
    ),
    "a base that was not read may change anything": (
        """
        from elsewhere import Mixin

        class Mixed(Mixin, DetailView):
            model = Product
            template_name = "mixed.html"
        """,
        {"mixed.html": ["{...}"]},
    ),
    "what one branch may have put there unseen": (
        """
        def f(request, given):
            context = {"product": Product.objects.get(), "a": 1} if given else {"a": 1, **given}
            return render(request, "maybe.html", context)
        """,
        {"maybe.html": ["{a: 1, product: ?, ...}"]},
    ),
    "inclusion tags": (
        """
        from django import template
        register = template.Library()

        @register.inclusion_tag("tag.html", takes_context=True)
        def best(context, count):
            return {"products": Product.objects.all()[:count], "request": context["request"]}
        """,
        {"tag.html": ["{products: QuerySet[Product], request: ?}"]},
    ),
    "names that cannot be said": (
        """
        def f(request, name):
            return render(request, name, {"a": 1})
        """,
        {},
    ),
    "another function called render": (
        """
        from elsewhere import render
        def f(request):
            return render(request, "page.html", {"a": 1})
        """,
        {},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_a_template_is_given(build: Build, name: str) -> None:
    code, wanted = CASES[name]
    project = build({**FILES, "shop/views.py": HEAD + dedent(code)})
    contexts = project.contexts
    found: dict[str, list[str]] = {}
    for render in contexts.renders:
        for template in render.names:
            found.setdefault(template, []).append(text(render.context))
    assert {template: sorted(texts) for template, texts in found.items()} == {
        template: sorted(texts) for template, texts in wanted.items()
    }
    for template, texts in wanted.items():
        assert len(contexts.renders_of(template)) == len(texts)


def test_a_render_has_its_place_and_its_view(build: Build) -> None:
    code = 'from django.shortcuts import render\n\n\ndef page(request):\n    return render(request, "page.html")\n'
    project = build({**FILES, "shop/views.py": code})
    (render,) = project.contexts.renders_of("page.html")
    assert (render.place.path, render.place.range.line, render.place.range.column) == ("shop/views.py", 5, 11)
    assert render.view is not None
    assert render.view.dotted == "shop.views.page"


def test_renders_without_a_known_name_are_counted(build: Build) -> None:
    project = build({**FILES, "shop/views.py": HEAD + dedent(CASES["names that cannot be said"][0])})
    assert project.contexts.unknown_renders == 1


def test_what_every_template_is_given(build: Build) -> None:
    found = build(FILES).contexts.globals()
    assert {name for name, _ in found.items} == {"csrf_token", "user", "perms", "request", "shops"}
    shops = found.get("shops")
    user = found.get("user")
    assert shops is not None
    assert user is not None
    assert text(shops) == "QuerySet[Shop]"
    assert text(user).startswith("User")
    assert not found.is_open


def test_a_processor_that_was_not_read_may_give_any_name(build: Build) -> None:
    settings = FILES["settings.py"].replace("shop.context.shops", "elsewhere.context.things")
    assert build({**FILES, "settings.py": settings}).contexts.globals().is_open


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        (
            'from flask import render_template\ndef f(x):\n    return render_template("a.html", n=1, **x)\n',
            "{n: 1, ...}",
        ),
        (
            "from starlette.templating import Jinja2Templates\ntemplates = Jinja2Templates(directory='t')\n"
            'def f(request):\n    return templates.TemplateResponse("a.html", {"request": request, "n": 1})\n',
            "{request: HttpRequest(), n: 1}",
        ),
        (
            "from fastapi.templating import Jinja2Templates\ntemplates = Jinja2Templates(directory='t')\n"
            'def f(request):\n    return templates.TemplateResponse(request, "a.html", {"n": 1})\n',
            "{n: 1}",
        ),
        (
            "from fastapi.templating import Jinja2Templates\ntemplates = Jinja2Templates(directory='t')\n"
            'def f(request):\n    return templates.TemplateResponse(request=request, name="a.html", context={"n": 1})\n',
            "{n: 1}",
        ),
        (
            "from jinja2 import Environment\nenv = Environment()\n"
            'def f():\n    return env.get_template("a.html").render(n=1)\n',
            "{n: 1}",
        ),
    ],
)
def test_jinja(build: Build, code: str, wanted: str) -> None:
    (render,) = build({"app.py": code}).contexts.renders_of("a.html")
    assert render.engine == "jinja"
    assert text(render.context) == wanted
