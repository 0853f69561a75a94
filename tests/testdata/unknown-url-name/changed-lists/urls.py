from django.conf import settings
from django.urls import include, path

from shop import views
from shop.plugins import plugin_patterns

app_patterns = []
for page in settings.PAGES:
    if page:
        app_patterns.append(path(page, views.page, name=page))

made_patterns = [path(page, views.page, name=f"page-{page}") for page in settings.PAGES]

urlpatterns = [
    path("plugins/", include((plugin_patterns, "plugins"))),
    path("pages/", include((app_patterns, "pages"))),
    path("made/", include((made_patterns, "made"))),
]
