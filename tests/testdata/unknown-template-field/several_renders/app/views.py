from django.shortcuts import render

from app.models import Notification, Project


def notification(request):
    return render(request, "app/either.html", {"object": Notification.objects.first()})


def project(request):
    return render(request, "app/either.html", {"object": Project.objects.first()})


def known(request):
    return render(request, "app/unknown.html", {"object": Project.objects.first()})


def unknown(request, thing):
    return render(request, "app/unknown.html", {"object": thing})


def named(request):
    return render(request, "app/named.html", {"object": Project.objects.first()})
