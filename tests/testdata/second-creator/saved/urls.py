from django.urls import path

from app.views import ensure, join, sign_up, sync

urlpatterns = [path("sign-up/", sign_up), path("join/", join), path("sync/", sync), path("ensure/", ensure)]
