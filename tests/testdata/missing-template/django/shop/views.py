from django.shortcuts import render
from django.template.loader import get_template, render_to_string, select_template
from django.views.generic import TemplateView


def basket(request):
    return render(request, "shop/baskte.html")
    #                      ^^^^^^^^^^^^^^^^^^ missing-template


def fallbacks(request, kind):
    select_template(["shop/fast.html", "shop/basket.html"])
    select_template(["shop/fast.html", "shop/slow.html"])
    #               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ missing-template
    get_template("shop/parts/gone.html")
    #            ^^^^^^^^^^^^^^^^^^^^^^ missing-template
    get_template(f"shop/{kind}.html")
    return render(request, ["shop/gone.html", "shop/basket.html"])


def of_others(request):
    render(request, "account/login_by_code.html")
    render(request, "shop/export.csv")
    render(request, "base.html")
    render(request, "pages/home.html")
    return render_to_string("admin/login.html")


class Basket(TemplateView):
    template_name = "shop/basket.html"


class Wishes(TemplateView):
    template_name = "shop/wishes.html"
    #               ^^^^^^^^^^^^^^^^^^ missing-template


class Cache:
    template_name = "shop/no_view.html"

    def get_template(self, name):
        return name

    def load(self):
        return self.get_template("shop/own_method.html")
