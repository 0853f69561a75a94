from django.db.models import Count, Prefetch
from django.shortcuts import get_object_or_404, render

from app.models import Notification, Project


def notification(request, pk):
    return render(request, "app/notification.html", {"object": get_object_or_404(Notification, pk=pk)})


def projects(request):
    found = Project.objects.annotate(unread=Count("notification"), number=Count("pk")).annotate(Count("owner"))
    found = found.prefetch_related(Prefetch("notification_set", to_attr="news"))
    for project in found:
        project.label = project.name.upper()
    return render(request, "app/projects.html", {"projects": found, "states": Project.States})
