from django.apps import AppConfig
from django.db.models.signals import post_migrate


class Config(AppConfig):
    name = "app"

    def ready(self):
        from app.models import Topic

        def seed(**kwargs):
            Topic.objects.get_or_create(name="general")

        post_migrate.connect(seed, weak=False)
