from django.apps import AppConfig


class Config(AppConfig):
    name = "app"

    def ready(self):
        from app.models import Topic

        Topic.objects.get_or_create(name="general")
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^ query-at-import
