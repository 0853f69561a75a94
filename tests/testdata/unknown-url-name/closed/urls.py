from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.contrib import admin
from django.urls import include, path, re_path
from rest_framework.routers import DefaultRouter

from shop import views

ORDERS = "orders"
more = [path("orders/", views.basket, name=ORDERS)]
router = DefaultRouter()
router.register("carts", views.CartViewSet, basename="cart")
blog_patterns = [path("", views.basket, name="index")]

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/", include(router.urls)),
    path("blog/", include((blog_patterns, "blog"), namespace="journal")),
    path("shop/", include("shop.urls")),
    path("pages/", include([path("home/", views.basket, name="home"), path("help/", views.basket, {}, "help")])),
    path("others/", include("somebody.urls", namespace="others")),
    *more,
] + static(settings.MEDIA_URL)
urlpatterns += i18n_patterns(re_path("^news/$", views.basket, name="news"))
if settings.DEBUG:
    urlpatterns.append(path("debug/", views.basket, name="debug"))
urlpatterns = [path("", include((urlpatterns, "all"))), *urlpatterns]
