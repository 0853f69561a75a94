from django.apps import AppConfig


class AppConfig(AppConfig):
    name = "app"

    def ready(self):
        from django.db.models.signals import post_delete

        from . import late, models

        post_delete.connect(late.forget, sender=self.get_model("Note"), dispatch_uid="note_gone")
        post_delete.connect(models.greet, sender=self.get_model("Note"), dispatch_uid="note_gone")
        #                                                                             ^^^^^^^^^^^ shared-dispatch-uid
