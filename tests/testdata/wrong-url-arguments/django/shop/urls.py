from django.urls import path

from shop import views

app_name = "shop"
urlpatterns = [path("", views.basket, name="basket"), path("<int:pk>/", views.basket, name="detail")]
