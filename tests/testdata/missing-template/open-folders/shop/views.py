from django.shortcuts import render


def basket(request):
    return render(request, "shop/theme.html")
