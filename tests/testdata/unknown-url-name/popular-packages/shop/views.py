from django.shortcuts import redirect
from django.urls import reverse


def page(request):
    reverse("profiling:summary")
    reverse("account_login")
    reverse("google_callback")
    reverse("djdt:render_panel")
    reverse("headless:app:account:login")
    reverse("user-list")
    reverse("group_list")
    reverse("ninja:api-root")
    reverse("ninjas:api-root")
    #       ^^^^^^^^^^^^^^^^^ unknown-url-name
    reverse("users-list")
    #       ^^^^^^^^^^^^ unknown-url-name
    return redirect("list_pages")
    #               ^^^^^^^^^^^^ unknown-url-name
