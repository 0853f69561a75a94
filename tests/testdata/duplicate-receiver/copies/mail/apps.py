from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "mail"

    def ready(self):
        from django.db.models.signals import m2m_changed, post_save

        from app.models import Team

        from . import handlers

        post_save.connect(handlers.user_saved, sender="auth.User")
        m2m_changed.connect(handlers.members_changed, sender=Team.members.through)
