from django.urls import include, path

urlpatterns = [path("", include("somebody.urls")), path("shop/", include("shop.urls"))]
