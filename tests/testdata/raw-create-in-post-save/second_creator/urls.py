from django.urls import path

from app.views import sign_up, travel

urlpatterns = [path("sign-up/", sign_up), path("travel/", travel)]
