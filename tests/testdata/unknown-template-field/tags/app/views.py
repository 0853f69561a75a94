from django.shortcuts import render

from app.models import Notification, Project


def project(request):
    context = {"project": Project.objects.first(), "notes": list(Notification.objects.select_related("project"))}
    return render(request, "app/project.html", context)
