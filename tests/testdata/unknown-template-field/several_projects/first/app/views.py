from django.shortcuts import render

from app.models import Thing


def thing(request):
    return render(request, "thing.html", {"thing": Thing.objects.first()})
