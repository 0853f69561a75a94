from .models import Notification


def site(request):
    context = {"site_name": "Operations"}
    if request.user.is_authenticated:
        context["unread_total"] = Notification.objects.filter(user=request.user, read=False).count()
    return context
