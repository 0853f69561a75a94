from django.db.models.signals import post_save
from django.dispatch import receiver

from app.models import Book


@receiver(post_save, sender=Book)
def not_installed(sender, instance, **kwargs):
    print("the app is not installed", instance)
