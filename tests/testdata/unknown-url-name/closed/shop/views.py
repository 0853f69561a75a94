from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse, reverse_lazy
from django.views.generic import FormView
from rest_framework.viewsets import ViewSet


class CartViewSet(ViewSet):
    pass


class BasketForm(FormView):
    success_url = reverse_lazy("shop:baskets")
    #                          ^^^^^^^^^^^^^^ unknown-url-name


def basket(request):
    reverse("shop:basket")
    reverse("shop:detail", args=[1])
    reverse("detail", args=[1])
    #       ^^^^^^^^ unknown-url-name
    reverse("store:detail", args=[1])
    #       ^^^^^^^^^^^^^^ unknown-url-name
    reverse("blog:index")
    reverse("journal:index")
    reverse("journal:all")
    #       ^^^^^^^^^^^^^ unknown-url-name
    reverse("all:shop:basket")
    reverse("all:shop:gone")
    #       ^^^^^^^^^^^^^^^ unknown-url-name
    reverse("others:whatever")
    reverse("cart-detail")
    reverse("cart-some-action")
    reverse("api-root")
    reverse("admin:shop_order_changelist")
    return render(request, "shop/basket.html")


def go(request, name):
    if name == "orders":
        return redirect("orders")
    if name == "path":
        return redirect("/orders/")
    if name == "page":
        return redirect("page.html")
    if name == "unused":
        return redirect("unused")
    if name == "worked out":
        return redirect(f"{name}-detail")
    if name == "wrong":
        return redirect("order")
        #               ^^^^^^^ unknown-url-name
    if name == "elsewhere":
        return HttpResponseRedirect(reverse("nowhere", urlconf="somebody.urls"))
    return redirect(resolve_url("nowhere"))
    #                           ^^^^^^^^^ unknown-url-name
