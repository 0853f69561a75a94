from django.shortcuts import redirect, render
from django.urls import reverse

PREFIX = "x"


def basket(request, *args, **kwargs):
    reverse("shop:basket", args=["here"])
    reverse("shop:basket", kwargs={"store": "here"})
    reverse("shop:basket")
    #       ^^^^^^^^^^^^^ wrong-url-arguments
    reverse("shop:detail", kwargs={"pk": 1})
    #       ^^^^^^^^^^^^^ wrong-url-arguments
    reverse("shop:detail", kwargs={"pk": 1, "store": "here"})
    reverse("shop:detail", args=("here", 1))
    reverse("shop:detail", args=args)
    reverse("shop:detail", kwargs={**kwargs, "pk": 1})
    reverse("two", args=[1])
    reverse("two", args=[1, 2])
    reverse("two", args=[1, 2, 3])
    #       ^^^^^ wrong-url-arguments
    reverse("translated", kwargs={"pk": 1})
    reverse("translated", kwargs={"slug": 1})
    #       ^^^^^^^^^^^^ wrong-url-arguments
    reverse("given", kwargs={"pk": 1})
    reverse("given", kwargs={"pk": 1, "kind": "given"})
    reverse("prefixed")
    reverse("old", args=[1, "a"])
    reverse("old", args=[1])
    #       ^^^^^ wrong-url-arguments
    reverse("perhaps")
    reverse("either")
    reverse("named")
    #       ^^^^^^^ wrong-url-arguments
    redirect("named", 1)
    redirect("named", 1, permanent=True)
    redirect("named", pk=1, permanent=True)
    redirect("named", *args)
    redirect("named", id=1)
    #        ^^^^^^^ wrong-url-arguments
    return render(request, "shop/basket.html")
