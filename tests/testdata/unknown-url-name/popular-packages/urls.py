import debug_toolbar
from django.urls import include, path

from shop import views
from shop.api import ninja, pages, router

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("__debug__/", include(debug_toolbar.urls)),
    path("api/", include(router.urls)),
    path("pages/", include(pages.urls)),
    path("ninja/", ninja.urls),
    path("silk/", include("silk.urls", namespace="profiling")),
    path("list/", views.page, name="list_page"),
]
