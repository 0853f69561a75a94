from django.shortcuts import render
from django.template.loader import render_to_string

from app.models import Notification, Project


def notifications(request):
    found = Notification.objects.filter(user=request.user).select_related("project__owner")
    context = {"notifications": found, "title": "Näwes"}
    context["project"] = Project.objects.first()
    return render(request, "app/notifications.html", context)


def mail(notification_id):
    notification = Notification.objects.get(pk=notification_id)
    return render_to_string("app/mail.txt", {"notification": notification, "pairs": {"a": notification}})
