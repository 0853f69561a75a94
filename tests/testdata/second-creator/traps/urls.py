from django.urls import path

from app import views

urlpatterns = [path(view.__name__, view) for view in (
    views.sign_up, views.careful, views.catching, views.silenced, views.in_bulk, views.found, views.either, views.on_demand,
    views.again, views.seated,
)]
