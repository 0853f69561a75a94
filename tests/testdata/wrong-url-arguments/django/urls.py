from django.urls import include, path, re_path
from django.utils.translation import gettext_lazy as _
from somebody import urls as others

from shop import views

PREFIX = views.PREFIX

urlpatterns = [
    path("<slug:store>/", include("shop.urls")),
    path("two/<int:pk>/", views.basket, name="two"),
    path("two/<int:pk>/<int:page>/", views.basket, name="two"),
    path(_("translated/<int:pk>/"), views.basket, name="translated"),
    path("given/<int:pk>/", views.basket, {"kind": "given"}, name="given"),
    path(f"{PREFIX}/<int:pk>/", views.basket, name="prefixed"),
    re_path(r"^old/(\d+)/([a-z(]+)/$", views.basket, name="old"),
    re_path(r"^perhaps/(?:(?P<pk>\d+)/)?$", views.basket, name="perhaps"),
    re_path(r"^either/(?P<pk>\d+|all)/$", views.basket, name="either"),
    re_path(r"^named/(?P<pk>\d{1,3})/\(x\)/$", views.basket, name="named"),
    path("others/", include(others)),
]
