from django.contrib.auth.decorators import login_required
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from api import services
from api.models import Notification


@login_required
def notification_list(request):
    notifications = Notification.objects.filter(user=request.user).select_related("user")
    return render(request, "notifications/list.html", {"notifications": notifications})


@login_required
def feed(request):
    latest = Notification.objects.filter(user=request.user).order_by("-timestamp")[:20]
    return JsonResponse({"notifications": [{"message": row.message, "link": row.link} for row in latest]})


@login_required
def unread(request):
    rows = Notification.objects.filter(user=request.user, read=False)
    return JsonResponse({"unread": rows.count()})


@require_POST
@login_required
def mark_read(request):
    services.mark_all_read(request.user)
    return redirect("notification-list")
