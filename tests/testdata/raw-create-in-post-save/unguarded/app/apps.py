from django.apps import AppConfig


class AppConfig(AppConfig):
    name = "app"

    def ready(self):
        from django.contrib.auth import get_user_model
        from django.db.models.signals import post_save

        from .signals import take_seat

        User = get_user_model()
        post_save.connect(take_seat, sender=User)
