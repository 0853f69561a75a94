from django.contrib.auth.views import PasswordResetCompleteView
from django.shortcuts import render


class Done(PasswordResetCompleteView):
    template_name = "done.html"


def basket(request):
    return render(request, "basket.html", {"total_price": 3, "rows": []})


def anything(request, context):
    return render(request, "anything.html", context)


def later(request, context):
    context["set_elsewhere"] = 1
    return render(request, "anything.html", context)
