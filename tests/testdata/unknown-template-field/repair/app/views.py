from django.shortcuts import render

from app.models import Notification


def notification(request, pk):
    return render(request, "notification.html", {"notification": Notification.objects.get(pk=pk)})
