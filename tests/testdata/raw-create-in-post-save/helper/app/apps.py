from django.apps import AppConfig


class OwnConfig(AppConfig):
    name = "app"

    def ready(self):
        from app import signals

        print(signals)
