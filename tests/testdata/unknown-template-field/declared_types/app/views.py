from django.shortcuts import render


def show(request, thing, page):
    return render(request, page, {"check": thing, "checks": thing, "report": thing})
