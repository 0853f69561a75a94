from django.apps import AppConfig


class ApiConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "api"

    def ready(self):
        from django.db.models.signals import post_delete

        from . import signals
        from .models import ChecklistPhoto

        post_delete.connect(signals.remove_photo_file, sender=ChecklistPhoto)
